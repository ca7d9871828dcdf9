#include "query/words.h"

#include "base/ascii.h"
#include "text/scripts.h"
#include "text/utf8.h"

static bool count_word(struct parser *p)
{
    if (++p->word_count > QUERY_MAX_WORDS)
        parser_fail(p, STATUS_LIMIT, "the query has more than %d words", QUERY_MAX_WORDS);
    return p->status == STATUS_OK;
}

static bool append(struct parser *p, struct words *words, const struct query_word *word)
{
    if (words->count == words->capacity) {
        size_t capacity = words->capacity ? 2 * words->capacity : 2;
        void *items =
            arena_regrow(p->arena, words->items, words->count, capacity, sizeof *words->items);
        if (!items)
            return false;
        words->items = items;
        words->capacity = capacity;
    }
    words->items[words->count++] = *word;
    return true;
}

bool words_add(struct parser *p, struct words *words, const struct query_word *word)
{
    /* One that stands in the text was counted when it was read. */
    return (word->kind != WORD_ANY || count_word(p)) && append(p, words, word);
}

struct words words_read(struct parser *p, struct slice text, size_t offset)
{
    struct words words = {0};
    struct word read[32];
    size_t n;
    analyzer_begin(p->analyzer, text);
    while (p->status == STATUS_OK && (n = analyzer_read(p->analyzer, read, 32)) > 0)
        for (size_t i = 0; i < n; i++) {
            if (!count_word(p))
                return words;
            struct query_word word = {.text = arena_copy(p->arena, read[i].text),
                                      .joint = read[i].joint,
                                      .start = offset + read[i].start,
                                      .end = offset + read[i].end};
            if (!append(p, &words, &word))
                return words;
            words.last_joint = read[i].joint;
        }
    bool good = parser_has_memory(p, analyzer_status(p->analyzer)) &&
                parser_has_memory(p, p->arena->status);
    return good ? words : (struct words){0};
}

bool word_is_number(struct slice folded)
{
    for (size_t i = 0; i < folded.size; i++)
        if (folded.data[i] != '.' && !ascii_is_digit(folded.data[i]))
            return false;
    return folded.size > 0;
}

bool word_is_cluster(struct slice folded)
{
    uint32_t c = 0;
    if (folded.size)
        utf8_decode(folded.data, folded.size, &c);
    return script_is_clustered(c);
}
