#include "search/kwic_text.h"

#include "search/cut.h"
#include "text/space.h"
#include "text/utf8.h"

enum { WORDS_AT_ONCE = 64, NEAR_WORDS = 2048 /* that are read at once */ };

void kwic_text_release(struct kwic_text *text)
{
    region_release(&text->region);
    bytes_release(&text->flat);
}

/* White space runs are one space each, at the ends too; in the arena, valid UTF-8. */
static struct slice flatten(struct kwic_text *text, size_t start, size_t end)
{
    const char *data = (const char *)text->region.text.data;
    bool space = false;
    bytes_clear(&text->flat);
    for (size_t at = start; at < end;) {
        uint32_t c;
        char encoded[4];
        at += utf8_decode(data + at, end - at, &c);
        if (!space_is(c))
            bytes_append(&text->flat, encoded, utf8_encode(c, encoded));
        else if (!space)
            bytes_put_u8(&text->flat, ' ');
        space = space_is(c);
    }
    if (text->flat.status != STATUS_OK)
        text->arena->status = text->flat.status;
    return arena_copy(text->arena, bytes_slice(&text->flat));
}

/* What is cut off is cut at words, so that nothing but white space can stand at an outer end. */
static struct slice trim(struct slice s, bool front)
{
    while (s.size && front && s.data[0] == ' ')
        s = slice_from(s, 1);
    while (s.size && !front && s.data[s.size - 1] == ' ')
        s.size--;
    return s;
}

/* A line of the region, which holds its words. */
static enum status make_line(struct kwic_text *text, const struct match_span *span,
                             struct kwic_line *line)
{
    const struct region_word *words = region_words(&text->region);
    size_t from = span->start - text->region.position, to = from + span->words;
    struct cut cut = cut_around(&text->region, from, to, LINE_CONTEXT_CHARS);
    size_t start = words[from].start, end = words[to - 1].end;
    line->left = trim(flatten(text, cut.start, start), true);
    size_t shown =
        utf8_floor(slice_of(text->region.text.data + start, end - start), SHOWN_BYTES_MOST);
    line->match = flatten(text, start, start + shown);
    line->right = trim(flatten(text, end, cut.end), false);
    return text->arena->status;
}

static enum status read_title(struct kwic_text *text, struct slice title)
{
    struct region *region = &text->region;
    struct word words[WORDS_AT_ONCE];
    size_t count;
    bytes_clear(&region->text);
    bytes_clear(&region->words);
    bytes_append_slice(&region->text, title);
    region->position = 0;
    region->first = region->last = region->whole = true;
    analyzer_begin(text->analyzer, bytes_slice(&region->text));
    while ((count = analyzer_read(text->analyzer, words, WORDS_AT_ONCE)) > 0) {
        if (!match_budget_spend(text->budget, 1))
            return text->budget->status;
        for (size_t i = 0; i < count; i++)
            bytes_append(&region->words, &(struct region_word){words[i].start, words[i].end},
                         sizeof(struct region_word));
    }
    if (region->text.status != STATUS_OK || region->words.status != STATUS_OK)
        return STATUS_NO_MEMORY;
    return text->budget->status != STATUS_OK ? text->budget->status
                                             : analyzer_status(text->analyzer);
}

enum status kwic_text_of_title(struct kwic_text *text, struct slice title,
                               const struct match_span *spans, size_t count,
                               struct kwic_line *lines)
{
    enum status status = count ? read_title(text, title) : STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if ((uint64_t)spans[i].start + spans[i].words > region_word_count(&text->region))
            return STATUS_CORRUPT;
        status = make_line(text, &spans[i], &lines[i]);
        lines[i].at = spans[i].start;
        lines[i].in_title = true;
    }
    return status;
}

/* How many of the spans, one at least, are read at once; *end: one past their last word. */
static size_t take_near(const struct match_span *spans, size_t count, uint32_t *end)
{
    size_t taken = 0;
    for (*end = 0; taken < count && (!taken || spans[taken].start - spans[0].start <= NEAR_WORDS);
         taken++)
        if (spans[taken].start + spans[taken].words > *end)
            *end = spans[taken].start + spans[taken].words;
    return taken;
}

enum status kwic_text_of_body(struct kwic_text *text, struct documents *documents, uint32_t doc,
                              uint32_t body_start, const struct match_span *spans, size_t count,
                              struct kwic_line *lines)
{
    enum status status = STATUS_OK;
    for (size_t i = 0, end; status == STATUS_OK && i < count; i = end) {
        uint32_t behind;
        end = i + take_near(spans + i, count - i, &behind);
        status = region_read(&text->region, documents, doc, spans[i].start, behind, text->analyzer,
                             text->budget);
        for (size_t j = i; status == STATUS_OK && j < end; j++) {
            status = make_line(text, &spans[j], &lines[j]);
            lines[j].at = spans[j].start - body_start;
        }
    }
    return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}
