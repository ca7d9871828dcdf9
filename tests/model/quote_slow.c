#include "model/quote_slow.h"

#include <stdlib.h>

struct match { /* words [i, i + words) of the text are words [j, j + words) of the article */
    uint32_t i, j, words;
};

struct grid {
    const uint32_t *words;
    size_t count;
    const struct model_article *article;
};

static bool is_equal(const struct grid *grid, size_t i, size_t j)
{
    return grid->words[i] == grid->article->words[j];
}

/* Whether the words before these two are side by side with them and equal too. */
static bool goes_on_left(const struct grid *grid, size_t i, size_t j)
{
    return i > 0 && j > 0 && j != grid->article->title_count && is_equal(grid, i - 1, j - 1);
}

static uint32_t length(const struct grid *grid, size_t i, size_t j)
{
    uint32_t words = 0;
    while (i + words < grid->count && j + words < grid->article->count &&
           !(words && j + words == grid->article->title_count) &&
           is_equal(grid, i + words, j + words))
        words++;
    return words;
}

static struct match *find_matches(const struct grid *grid, uint32_t min, size_t *count)
{
    struct bytes found = {0};
    for (size_t i = 0; i < grid->count; i++)
        for (size_t j = 0; j < grid->article->count; j++) {
            if (!is_equal(grid, i, j) || goes_on_left(grid, i, j))
                continue;
            struct match match = {(uint32_t)i, (uint32_t)j, length(grid, i, j)};
            if (match.words >= min)
                bytes_append(&found, &match, sizeof match);
        }
    *count = found.size / sizeof(struct match);
    return (struct match *)(void *)found.data; /* given back with bytes_release's own free */
}

static bool lies_in(const struct match *a, const struct match *b)
{
    return b->words > a->words && b->i <= a->i && a->i + a->words <= b->i + b->words;
}

/* Leaves out those that lie in a longer one. */
static size_t keep_longest(struct match *matches, size_t count)
{
    size_t kept = 0;
    bool *out = calloc(count + 1, sizeof *out);
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count && !out[a]; b++)
            out[a] = lies_in(&matches[a], &matches[b]);
    for (size_t a = 0; a < count; a++)
        if (!out[a])
            matches[kept++] = matches[a];
    free(out);
    return kept;
}

/* The longest common subsequence by words that lie in a match. */
static uint32_t cover(const struct grid *grid, const struct match *matches, size_t count)
{
    size_t columns = grid->article->count;
    bool *good = calloc(grid->count * columns, sizeof *good);
    uint32_t *best = calloc((grid->count + 1) * (columns + 1), sizeof *best);
    for (size_t m = 0; m < count; m++)
        for (size_t k = 0; k < matches[m].words; k++)
            good[(matches[m].i + k) * columns + matches[m].j + k] = true;
    for (size_t i = grid->count; i-- > 0;)
        for (size_t j = columns; j-- > 0;) {
            uint32_t *at = &best[i * (columns + 1) + j];
            uint32_t down = at[columns + 1], right = at[1];
            *at = down > right ? down : right;
            if (good[i * columns + j] && at[columns + 2] + 1 > *at)
                *at = at[columns + 2] + 1;
        }
    uint32_t covered = best[0];
    free(good);
    free(best);
    return covered;
}

static void put_runs(const struct match *matches, size_t count, struct slow_found *found)
{
    found->runs = calloc(count, sizeof *found->runs);
    for (size_t m = 0; m < count; m++) { /* matches come by i, then by j */
        size_t r = 0;
        while (r < found->run_count && found->runs[r].start != matches[m].i)
            r++;
        if (r < found->run_count)
            continue;
        found->runs[found->run_count++] =
            (struct slow_run){matches[m].i, matches[m].words, matches[m].j};
        if (matches[m].words > found->longest)
            found->longest = matches[m].words;
    }
}

static int by_rank(const void *a, const void *b)
{
    const struct slow_found *left = a, *right = b;
    if (left->covered != right->covered)
        return left->covered > right->covered ? -1 : 1;
    if (left->longest != right->longest)
        return left->longest > right->longest ? -1 : 1;
    return left->at < right->at ? -1 : 1;
}

struct slow_found *slow_quote(struct model *model, const uint32_t *words, size_t count,
                              uint32_t min, size_t *found_count)
{
    size_t total = model_article_count(model);
    struct slow_found *all = calloc(total + 1, sizeof *all);
    *found_count = 0;
    for (uint32_t at = 0; at < total; at++) {
        struct grid grid = {words, count, &model_articles(model)[at]};
        size_t match_count;
        if (grid.article->hidden)
            continue;
        struct match *matches = find_matches(&grid, min, &match_count);
        size_t kept = keep_longest(matches, match_count);
        if (kept) {
            struct slow_found *found = &all[(*found_count)++];
            found->at = at;
            found->covered = cover(&grid, matches, kept);
            put_runs(matches, kept, found);
        }
        struct bytes release = {.data = (uint8_t *)matches};
        bytes_release(&release);
    }
    qsort(all, *found_count, sizeof *all, by_rank);
    return all;
}

void slow_quote_free(struct slow_found *found, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(found[i].runs);
    free(found);
}

size_t slow_common(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t *best = calloc((a_count + 1) * (b_count + 1), sizeof *best), width = b_count + 1;
    for (size_t i = a_count; i-- > 0;)
        for (size_t j = b_count; j-- > 0;) {
            size_t down = best[(i + 1) * width + j], right = best[i * width + j + 1];
            best[i * width + j] = a[i] == b[j]   ? best[(i + 1) * width + j + 1] + 1
                                  : down > right ? down
                                                 : right;
        }
    size_t common = best[0];
    free(best);
    return common;
}
