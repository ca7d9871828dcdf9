#include "search/quote_written.h"

#include "base/hash.h"
#include "match/budget.h"
#include "search/hit.h"
#include "store/documents_read.h"
#include "store/settings.h"
#include "text/analyzer.h"
#include "text/utf8.h"

enum { WORDS_AT_ONCE = 64, READS_OF_BLOCK = 16, WORDS_BEHIND = 8 };

static void release_text(struct written_text *text)
{
    bytes_release(&text->text);
    bytes_release(&text->words);
}

void quote_written_release(struct quote_written *written)
{
    release_text(&written->title);
    release_text(&written->body);
}

static enum status put_words(struct written_text *text, const struct word *words, size_t count)
{
    struct written_word *to = bytes_extend(&text->words, count * sizeof(struct written_word));
    for (size_t i = 0; to && i < count; i++)
        to[i] = (struct written_word){words[i].start, words[i].end,
                                      hash_bytes(words[i].text.data, words[i].text.size)};
    return text->words.status;
}

/* At least so many words, where there are as many. */
static enum status read_words(struct quote_written *written, struct written_text *text,
                              uint64_t most)
{
    struct analyzer *analyzer = written->analyzer;
    struct word words[WORDS_AT_ONCE];
    enum status status = text->text.status;
    size_t count, reads = 0;
    bytes_clear(&text->words);
    text->byte = text->place = 0;
    analyzer_begin(analyzer, bytes_slice(&text->text));
    while (status == STATUS_OK && written_count(text) < most &&
           (count = analyzer_read(analyzer, words, WORDS_AT_ONCE)) > 0) {
        if (reads++ % READS_OF_BLOCK == 0 && !match_budget_spend(written->budget, 1))
            return written->budget->status;
        status = put_words(text, words, count);
    }
    if (status == STATUS_OK)
        status = written->budget->status;
    return status == STATUS_OK ? analyzer_status(analyzer) : status;
}

enum status quote_written_read(struct quote_written *written, struct documents *documents,
                               uint32_t doc, uint32_t title_words, struct slice title,
                               uint32_t last)
{
    written->body_start = settings_body_start(title_words);
    bytes_clear(&written->title.text);
    bytes_append_slice(&written->title.text, title);
    bytes_clear(&written->body.text);
    enum status status = documents_body(documents, doc, &written->body.text);
    if (status == STATUS_OK)
        status = read_words(written, &written->title, UINT64_MAX);
    uint64_t most =
        last < written->body_start ? 0 : (uint64_t)last - written->body_start + WORDS_BEHIND;
    return status == STATUS_OK ? read_words(written, &written->body, most) : status;
}

/* Code points before a byte. Counting goes on from the last call where it can. */
static uint32_t place_of(struct written_text *text, uint64_t byte)
{
    if (byte < text->byte)
        text->byte = text->place = 0;
    text->place += utf8_length(slice_of(text->text.data + text->byte, byte - text->byte));
    text->byte = byte;
    return (uint32_t)text->place;
}

bool written_stretch(struct written_text *text, uint64_t from, uint64_t to, struct slice *bytes,
                     struct range *range)
{
    const struct written_word *words = written_words(text);
    size_t count = written_count(text);
    if (from > to || to > count || (from == to && from > count))
        return false;
    uint64_t start = from < to ? words[from].start : from > 0 ? words[from - 1].end : 0;
    uint64_t end = from < to ? words[to - 1].end : start;
    *bytes = slice_of(text->text.data + start, end - start);
    range->start = place_of(text, start);
    range->end = place_of(text, end);
    return true;
}
