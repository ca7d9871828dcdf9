#include "search/quote_words.h"

#include "base/hash.h"
#include "search/quotation.h"
#include "search/quote_terms.h"
#include "text/analyzer.h"
#include "text/utf8.h"

enum { WORDS_AT_ONCE = 64 };

/* --- Reading -----------------------------------------------------------------------------------*/

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0xAD || c == 0xAC || (c >= 0x2010 && c <= 0x2013);
}

static bool ends_line(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Whether a hyphen and one line's end stand between two words, blanks around it allowed. */
static bool is_break(struct slice text, uint32_t from, uint32_t to)
{
    bool hyphen = false, line = false, good = true;
    uint32_t before = 0;
    for (uint32_t at = from, c = 0; at < to && good; before = c) {
        at += (uint32_t)utf8_decode(text.data + at, text.size - at, &c);
        if (!hyphen)
            good = is_hyphen(c);
        else if (ends_line(c))
            good = !line || (before == '\r' && c == '\n');
        else
            good = c == ' ' || c == '\t' || c == 0xA0 || (!line && c == 0xAD);
        hyphen = true;
        line = line || ends_line(c);
    }
    return good && line;
}

static void find_breaks(struct quote_words *words)
{
    for (size_t i = 0; i + 1 < words->count; i++) {
        struct quote_word *word = &words->items[i];
        word->breaks = word->end < words->items[i + 1].start &&
                       is_break(words->text, word->end, words->items[i + 1].start);
    }
}

static void find_ranges(struct quote_words *words)
{
    uint32_t byte = 0, place = 0;
    for (size_t i = 0; i < words->count; i++) {
        struct quote_word *word = &words->items[i];
        if (word->start < byte) /* it comes from the same character as the word before */
            byte = place = 0;
        place += (uint32_t)utf8_length(slice_of(words->text.data + byte, word->start - byte));
        word->range.start = place;
        place += (uint32_t)utf8_length(
            slice_of(words->text.data + word->start, word->end - word->start));
        word->range.end = place;
        byte = word->end;
    }
}

/* All are counted, at most QUOTE_WORDS_MOST kept. */
static size_t read_all(struct analyzer *analyzer, struct arena *arena, struct quote_words *words)
{
    struct word read[WORDS_AT_ONCE];
    size_t total = 0, count;
    analyzer_begin(analyzer, words->text);
    while ((count = analyzer_read(analyzer, read, WORDS_AT_ONCE)) > 0) {
        for (size_t i = 0; i < count && words->count < QUOTE_WORDS_MOST; i++)
            words->items[words->count++] =
                (struct quote_word){.text = arena_copy(arena, read[i].text),
                                    .hash = hash_bytes(read[i].text.data, read[i].text.size),
                                    .start = (uint32_t)read[i].start,
                                    .end = (uint32_t)read[i].end};
        total += count;
    }
    return total;
}

enum status quote_words_read(const struct quotation *quotation, struct analyzer *analyzer,
                             struct arena *arena, struct quote_words *words, struct error *error)
{
    *words = (struct quote_words){0};
    if (quotation->text.size > QUOTE_BYTES_MOST)
        return error_set(error, STATUS_LIMIT,
                         "the text is too long: at most %d bytes are compared at once",
                         QUOTE_BYTES_MOST);
    words->text = utf8_valid_copy(quotation->text, arena);
    words->items = arena_allocate(arena, QUOTE_WORDS_MOST, sizeof *words->items);
    size_t total = words->items && words->text.data ? read_all(analyzer, arena, words) : 0;
    if (arena->status != STATUS_OK || analyzer_status(analyzer) != STATUS_OK)
        return error_set(error, STATUS_NO_MEMORY, "out of memory for the quotation");
    if (total > QUOTE_WORDS_MOST)
        return error_set(error, STATUS_LIMIT,
                         "the text is too long: it has %zu words, and at most %d are compared at "
                         "once",
                         total, QUOTE_WORDS_MOST);
    if (total < quotation->min)
        return error_set(error, STATUS_INVALID,
                         "the text is too short: it has %zu word%s, and runs of %u or more are "
                         "looked for",
                         total, total == 1 ? "" : "s", quotation->min);
    find_breaks(words);
    find_ranges(words);
    return STATUS_OK;
}

/* --- Line ends ---------------------------------------------------------------------------------*/

static struct slice joined_text(const struct quote_word *word, struct arena *arena)
{
    char text[2 * WORD_MAX_BYTES];
    size_t left = word[0].text.size, right = word[1].text.size;
    if (left + right > WORD_MAX_BYTES)
        return (struct slice){0};
    memcpy(text, word[0].text.data, left);
    memcpy(text + left, word[1].text.data, right);
    return arena_copy(arena, slice_of(text, left + right));
}

static void put_joined(struct quote_words *words, struct quote_word *to,
                       const struct quote_word *word, struct slice text)
{
    *to = (struct quote_word){.text = text,
                              .hash = hash_bytes(text.data, text.size),
                              .start = word[0].start,
                              .end = word[1].end,
                              .range = {word[0].range.start, word[1].range.end},
                              .breaks = word[1].breaks};
    words->joined++;
}

void quote_words_join(struct quote_words *words, const struct collection *collection,
                      struct match_budget *budget, struct arena *arena, struct arena *matchers)
{
    size_t kept = 0;
    for (size_t i = 0; i < words->count; i++) {
        const struct quote_word *word = &words->items[i];
        struct slice one = {0};
        if (word->breaks && i + 1 < words->count)
            one = joined_text(word, arena);
        if (one.size &&
            quote_terms_prefer_one(collection, word[0].text, word[1].text, one, budget, matchers))
            put_joined(words, &words->items[kept++], &words->items[i++], one);
        else
            words->items[kept++] = *word;
    }
    words->count = kept;
}
