#include "model/slow.h"

#include <stdlib.h>
#include <string.h>

/* --- Patterns ----------------------------------------------------------------------------------*/

/* Characters of a text as numbers; any that tell them apart will do. */
static size_t characters(const char *text, size_t size, uint32_t *out)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            out[count++] = (unsigned char)text[i];
        else
            out[count - 1] = out[count - 1] << 8 | (unsigned char)text[i];
    }
    return count;
}

static bool is_like(const uint32_t *pattern, size_t pattern_count, const uint32_t *word,
                    size_t count)
{
    if (pattern_count == 0)
        return count == 0;
    if (*pattern == '*')
        return is_like(pattern + 1, pattern_count - 1, word, count) ||
               (count && is_like(pattern, pattern_count, word + 1, count - 1));
    return count && (*pattern == '?' || *pattern == *word) &&
           is_like(pattern + 1, pattern_count - 1, word + 1, count - 1);
}

/* Optimal string alignment, by the whole table. */
static uint32_t edits_between(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    uint32_t table[130][130];
    for (size_t i = 0; i <= a_count; i++)
        for (size_t j = 0; j <= b_count; j++) {
            uint32_t best = (uint32_t)(i + j);
            if (i && table[i - 1][j] + 1 < best)
                best = table[i - 1][j] + 1;
            if (j && table[i][j - 1] + 1 < best)
                best = table[i][j - 1] + 1;
            if (i && j && table[i - 1][j - 1] + (a[i - 1] != b[j - 1]) < best)
                best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                table[i - 2][j - 2] + 1 < best)
                best = table[i - 2][j - 2] + 1;
            table[i][j] = best;
        }
    return table[a_count][b_count];
}

uint32_t slow_distance(const struct query_word *pattern, const char *word)
{
    uint32_t a[130], b[130];
    if (pattern->kind != WORD_EDITS)
        return 0;
    size_t a_count = characters(pattern->text.data, pattern->text.size, a);
    return edits_between(a, a_count, b, characters(word, strlen(word), b));
}

bool slow_fits(const struct query_word *pattern, const char *word)
{
    uint32_t a[130], b[130];
    size_t size = strlen(word), text_size = pattern->text.size;
    if (pattern->kind == WORD_ANY)
        return true;
    if (pattern->kind == WORD_ITSELF)
        return size == text_size && memcmp(word, pattern->text.data, size) == 0;
    if (pattern->kind == WORD_PREFIX)
        return size >= text_size && memcmp(word, pattern->text.data, text_size) == 0;
    size_t a_count = characters(pattern->text.data, text_size, a);
    size_t b_count = characters(word, size, b);
    if (pattern->kind == WORD_WILDCARD)
        return is_like(a, a_count, b, b_count);
    return slow_distance(pattern, word) <= pattern->edits;
}

/* --- Spans -------------------------------------------------------------------------------------*/

static void add(struct slow_spans *spans, uint32_t start, uint32_t end)
{
    spans->items = realloc(spans->items, (spans->count + 1) * sizeof *spans->items);
    spans->items[spans->count++] = (struct slow_span){start, end};
}

static int by_start(const void *a, const void *b)
{
    const struct slow_span *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->end > right->end) - (left->end < right->end);
}

static void sort(struct slow_spans *spans)
{
    size_t kept = 0;
    if (spans->count)
        qsort(spans->items, spans->count, sizeof *spans->items, by_start);
    for (size_t i = 0; i < spans->count; i++)
        if (i == 0 || by_start(&spans->items[kept - 1], &spans->items[i]) != 0)
            spans->items[kept++] = spans->items[i];
    spans->count = kept;
}

/* Without those that hold another one; equal ones once. */
static void keep_smallest(struct slow_spans *spans)
{
    struct slow_spans kept = {0};
    sort(spans);
    for (size_t i = 0; i < spans->count; i++) {
        bool holds = false;
        for (size_t j = 0; j < spans->count; j++)
            holds = holds || (i != j && spans->items[j].start >= spans->items[i].start &&
                              spans->items[j].end <= spans->items[i].end);
        if (!holds)
            add(&kept, spans->items[i].start, spans->items[i].end);
    }
    free(spans->items);
    *spans = kept;
}

/* Whether the words of the phrase stand in [start, end) in order, the first at its beginning, the
 * last at its end: each of the others where it first fits behind the one before. */
static bool spread_over(bool fits[][SLOW_WORDS_MOST], size_t phrase_count, uint32_t start,
                        uint32_t end)
{
    uint32_t at = start;
    if (!fits[0][start] || !fits[phrase_count - 1][end - 1])
        return false;
    for (size_t i = 1; i + 1 < phrase_count; i++) {
        do
            at++;
        while (at < end && !fits[i][at]);
        if (at >= end)
            return false;
    }
    return phrase_count == 1 ? end - start == 1 : at < end - 1;
}

static void phrase_in(const struct query_node *node, const char *const *words, uint32_t count,
                      uint32_t position, struct slow_spans *spans)
{
    bool fits[16][SLOW_WORDS_MOST];
    uint64_t most = node->word_count + (uint64_t)node->slop;
    for (size_t i = 0; i < node->word_count; i++)
        for (uint32_t j = 0; j < count; j++)
            fits[i][j] = slow_fits(&node->words[i], words[j]);
    for (uint32_t start = 0; start < count; start++)
        for (uint32_t end = start + 1; end <= count && end - start <= most; end++)
            if (spread_over(fits, node->word_count, start, end)) {
                add(spans, position + start, position + end);
                break; /* a longer one from here holds this one */
            }
}

static void phrase_spans(const struct query_node *node, const struct slow_article *article,
                         struct slow_spans *spans)
{
    uint32_t title = article->title_count, gap = title ? SLOW_GAP : 0;
    phrase_in(node, article->words, title, 0, spans);
    if (node->field != FIELD_TITLE)
        phrase_in(node, article->words + title, article->count - title, title + gap, spans);
    keep_smallest(spans);
}

static void add_pairs(const struct query_node *node, const struct slow_spans *earlier,
                      const struct slow_spans *later, struct slow_spans *spans)
{
    for (size_t i = 0; i < earlier->count; i++)
        for (size_t j = 0; j < later->count; j++) {
            uint32_t end = earlier->items[i].end, start = later->items[j].start;
            if (start >= end && start - end + 1 <= node->distance)
                add(spans, earlier->items[i].start, later->items[j].end);
        }
}

void slow_spans(const struct query_node *node, const struct slow_article *article,
                struct slow_spans *spans)
{
    *spans = (struct slow_spans){0};
    if (node->kind == QUERY_PHRASE) {
        phrase_spans(node, article, spans);
    } else if (node->kind == QUERY_OR) {
        for (size_t i = 0; i < node->child_count; i++) {
            struct slow_spans child;
            slow_spans(node->children[i], article, &child);
            for (size_t j = 0; j < child.count; j++)
                add(spans, child.items[j].start, child.items[j].end);
            free(child.items);
        }
        sort(spans);
    } else {
        struct slow_spans sides[2];
        slow_spans(node->children[0], article, &sides[0]);
        slow_spans(node->children[1], article, &sides[1]);
        add_pairs(node, &sides[0], &sides[1], spans);
        if (!node->ordered)
            add_pairs(node, &sides[1], &sides[0], spans);
        keep_smallest(spans);
        free(sides[0].items);
        free(sides[1].items);
    }
}

bool slow_matches(const struct query_node *node, const struct slow_article *article)
{
    struct slow_spans spans;
    switch (node->kind) {
    case QUERY_AND:
        return slow_matches(node->children[0], article) && slow_matches(node->children[1], article);
    case QUERY_OR:
        return slow_matches(node->children[0], article) || slow_matches(node->children[1], article);
    case QUERY_NOT:
        return slow_matches(node->children[0], article) &&
               !slow_matches(node->children[1], article);
    default:
        slow_spans(node, article, &spans);
        free(spans.items);
        return spans.count > 0;
    }
}
