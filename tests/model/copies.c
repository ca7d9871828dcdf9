#include "model/copies.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/hash.h"
#include "text/analyzer.h"

enum { RUN = 5, FEW = 20 };

struct article_runs {
    uint64_t *runs; /* ascending, each once */
    size_t count;
    uint64_t title;
    size_t first;
};

struct node {             /* of a run: a first that has it */
    uint32_t first, next; /* next: + 1 */
};

struct copies {
    struct analyzer *analyzer;
    struct article_runs *articles;
    size_t count, capacity;
    uint64_t *keys; /* a table of the runs of firsts */
    uint32_t *heads;
    size_t slots, used;
    struct node *nodes;
    size_t node_count, node_capacity;
    uint32_t *common; /* by article: while one is compared */
};

static void *grow(void *items, size_t size)
{
    void *grown = realloc(items, size);
    if (!grown && size) {
        fprintf(stderr, "out of memory for a brute force of %zu bytes\n", size);
        exit(1);
    }
    return grown;
}

struct copies *copies_open(void)
{
    struct copies *copies = grow(NULL, sizeof *copies);
    *copies = (struct copies){.analyzer = analyzer_open(), .slots = 1 << 16};
    copies->keys = calloc(copies->slots, sizeof *copies->keys);
    copies->heads = calloc(copies->slots, sizeof *copies->heads);
    return copies;
}

void copies_close(struct copies *copies)
{
    for (size_t i = 0; i < copies->count; i++)
        free(copies->articles[i].runs);
    analyzer_close(copies->analyzer);
    free(copies->articles);
    free(copies->keys);
    free(copies->heads);
    free(copies->nodes);
    free(copies->common);
    free(copies);
}

/* --- Runs --------------------------------------------------------------------------------------*/

/* Words with a line end behind each; where each begins in ends. */
static size_t read_text(struct copies *copies, struct slice text, struct bytes *words,
                        struct bytes *starts)
{
    struct word read[64];
    size_t all = 0;
    bytes_clear(words);
    bytes_clear(starts);
    analyzer_begin(copies->analyzer, text);
    for (size_t n; (n = analyzer_read(copies->analyzer, read, 64)) > 0; all += n)
        for (size_t i = 0; i < n; i++) {
            bytes_append(starts, &words->size, sizeof words->size);
            bytes_append_slice(words, read[i].text);
            bytes_append_string(words, "\n");
        }
    bytes_append(starts, &words->size, sizeof words->size);
    return all;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void read_runs(struct copies *copies, const struct article *article,
                      struct article_runs *out)
{
    struct bytes words = {0}, starts = {0};
    read_text(copies, article->title, &words, &starts);
    out->title = hash_bytes(words.data, words.size);
    size_t count = read_text(copies, article->body, &words, &starts), kept = 0;
    const size_t *at = (const size_t *)(const void *)starts.data;
    out->runs = grow(NULL, (count + 1) * sizeof *out->runs);
    out->count = count < RUN ? 0 : count - RUN + 1;
    for (size_t i = 0; i < out->count; i++)
        out->runs[i] = hash_bytes(words.data + at[i], at[i + RUN] - at[i]) | 1;
    qsort(out->runs, out->count, sizeof *out->runs, compare);
    for (size_t i = 0; i < out->count; i++)
        if (i == 0 || out->runs[i] != out->runs[i - 1])
            out->runs[kept++] = out->runs[i];
    out->count = kept;
    bytes_release(&words);
    bytes_release(&starts);
}

/* --- Firsts by their runs ----------------------------------------------------------------------*/

static size_t slot_of(const struct copies *copies, uint64_t run)
{
    size_t at = (size_t)(run >> 20) & (copies->slots - 1);
    while (copies->keys[at] && copies->keys[at] != run)
        at = (at + 1) & (copies->slots - 1);
    return at;
}

static void rehash(struct copies *copies)
{
    uint64_t *keys = copies->keys;
    uint32_t *heads = copies->heads;
    size_t slots = copies->slots;
    copies->slots *= 4;
    copies->keys = calloc(copies->slots, sizeof *keys);
    copies->heads = calloc(copies->slots, sizeof *heads);
    if (!copies->keys || !copies->heads)
        exit(1);
    for (size_t i = 0; i < slots; i++)
        if (keys[i]) {
            size_t at = slot_of(copies, keys[i]);
            copies->keys[at] = keys[i];
            copies->heads[at] = heads[i];
        }
    free(keys);
    free(heads);
}

static void add_first(struct copies *copies, uint32_t article)
{
    const struct article_runs *runs = &copies->articles[article];
    for (size_t i = 0; i < runs->count; i++) {
        if (copies->used * 2 >= copies->slots)
            rehash(copies);
        if (copies->node_count == copies->node_capacity) {
            copies->node_capacity = copies->node_capacity * 2 + 1024;
            copies->nodes = grow(copies->nodes, copies->node_capacity * sizeof *copies->nodes);
        }
        size_t at = slot_of(copies, runs->runs[i]);
        copies->used += copies->keys[at] == 0;
        copies->keys[at] = runs->runs[i];
        copies->nodes[copies->node_count] = (struct node){article, copies->heads[at]};
        copies->heads[at] = (uint32_t)++copies->node_count;
    }
}

static bool is_copy(const struct article_runs *a, const struct article_runs *b, size_t common)
{
    size_t less = a->count < b->count ? a->count : b->count;
    size_t more = a->count < b->count ? b->count : a->count;
    if (less == 0 || more > 2 * less)
        return false;
    if (less < FEW)
        return common == more && a->title == b->title;
    return 10 * common >= 8 * less;
}

static size_t find_first(struct copies *copies, uint32_t article)
{
    const struct article_runs *runs = &copies->articles[article];
    memset(copies->common, 0, copies->count * sizeof *copies->common);
    for (size_t i = 0; i < runs->count; i++)
        for (uint32_t n = copies->heads[slot_of(copies, runs->runs[i])]; n;
             n = copies->nodes[n - 1].next)
            copies->common[copies->nodes[n - 1].first]++;
    for (uint32_t first = 0; first < article; first++)
        if (copies->common[first] && is_copy(runs, &copies->articles[first], copies->common[first]))
            return first;
    return article;
}

void copies_add(struct copies *copies, const struct article *article)
{
    if (copies->count == copies->capacity) {
        copies->capacity = copies->capacity * 2 + 1024;
        copies->articles = grow(copies->articles, copies->capacity * sizeof *copies->articles);
        copies->common = grow(copies->common, copies->capacity * sizeof *copies->common);
    }
    uint32_t number = (uint32_t)copies->count++;
    read_runs(copies, article, &copies->articles[number]);
    copies->articles[number].first = find_first(copies, number);
    if (copies->articles[number].first == number)
        add_first(copies, number);
}

/* --- What came of it ---------------------------------------------------------------------------*/

size_t copies_count(const struct copies *copies)
{
    return copies->count;
}

size_t copies_first(const struct copies *copies, size_t article)
{
    return copies->articles[article].first;
}

void copies_common(const struct copies *copies, size_t a, size_t b, size_t counts[3])
{
    const struct article_runs *x = &copies->articles[a], *y = &copies->articles[b];
    counts[0] = 0;
    counts[1] = x->count;
    counts[2] = y->count;
    for (size_t i = 0; i < x->count; i++)
        counts[0] += bsearch(&x->runs[i], y->runs, y->count, sizeof *y->runs, compare) != NULL;
}

bool copies_are(const struct copies *copies, size_t a, size_t b)
{
    size_t counts[3];
    copies_common(copies, a, b, counts);
    return is_copy(&copies->articles[a], &copies->articles[b], counts[0]);
}
