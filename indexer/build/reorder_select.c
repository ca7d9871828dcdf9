#include "build/reorder_select.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/spool.h"
#include "build/reorder_codes.h"

enum {
    ENTRIES_AT_ONCE = 1024,
    CODES_AT_ONCE = 1 << 16, /* more than one article has */
    TERMS_MOST = UINT16_MAX,
    LEAST_PARTS = 4096, /* a word is in one article of so many at least, and in LEAST_ARTICLES */
    LEAST_ARTICLES = 4,
    MOST_PARTS = 3, /* and at most in one of so many */
    KIND_LOG2 = 10, /* terms of one kind are about as rare as each other */
    KINDS = (TERMS_MOST >> KIND_LOG2) + 1,
};

/* The articles of a stretch one after the other. Those of neighbours lie near each other, so that
 * most are read with what was read before. */
struct walk {
    const struct gather *gather;
    const struct stretch *stretch;
    struct gathered entries[ENTRIES_AT_ONCE];
    uint64_t first_entry, entry_count;
    uint32_t codes[CODES_AT_ONCE];
    uint64_t first_code, code_count;
};

_Static_assert((int)CODES_AT_ONCE >= (int)WORD_CODES_MOST, "an article's codes are read at once");

static enum status find_entry(struct walk *walk, uint32_t article, struct gathered *entry)
{
    const struct spool *spool = gather_entries(walk->gather);
    if (article - walk->first_entry >= walk->entry_count) {
        uint64_t all = spool_size(spool) / sizeof *entry, left = all - article;
        walk->first_entry = article;
        walk->entry_count = left < ENTRIES_AT_ONCE ? left : ENTRIES_AT_ONCE;
        enum status status = spool_read(spool, article * (uint64_t)sizeof *entry, walk->entries,
                                        walk->entry_count * sizeof *entry);
        if (status != STATUS_OK)
            return status;
    }
    *entry = walk->entries[article - walk->first_entry];
    return STATUS_OK;
}

/* The codes of the article in this place of the stretch. */
static enum status find_codes(struct walk *walk, uint32_t place, const uint32_t **codes,
                              uint32_t *count)
{
    const struct spool *spool = gather_codes(walk->gather);
    const struct stretch *stretch = walk->stretch;
    uint32_t at = stretch->first + place;
    struct gathered entry;
    enum status status = find_entry(walk, stretch->source ? stretch->source[at] : at, &entry);
    if (status != STATUS_OK)
        return status;
    uint64_t first = entry.codes_at / sizeof **codes;
    if (first < walk->first_code || first + entry.codes > walk->first_code + walk->code_count) {
        uint64_t left = (spool_size(spool) - entry.codes_at) / sizeof **codes;
        walk->first_code = first;
        walk->code_count = left < CODES_AT_ONCE ? left : CODES_AT_ONCE;
        status = spool_read(spool, entry.codes_at, walk->codes, walk->code_count * sizeof **codes);
    }
    *codes = walk->codes + (first - walk->first_code);
    *count = (uint32_t)entry.codes;
    return status;
}

static enum status count_articles(struct walk *walk, uint32_t *counts)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < walk->stretch->count && status == STATUS_OK; i++) {
        const uint32_t *codes;
        uint32_t count;
        status = find_codes(walk, i, &codes, &count);
        for (uint32_t j = 0; j < count && status == STATUS_OK; j++)
            counts[codes[j]]++;
    }
    return status;
}

/* --- Which words -------------------------------------------------------------------------------*/

struct candidate {
    uint32_t articles, code;
};

/* The rarest first; of the same number by code, so that the order is one. */
static int by_articles(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles < y->articles ? -1 : 1;
    return (x->code > y->code) - (x->code < y->code);
}

static bool is_wanted(const struct stretch *stretch, uint32_t articles)
{
    return articles >= LEAST_ARTICLES && articles >= stretch->count / LEAST_PARTS &&
           articles <= stretch->count / MOST_PARTS + LEAST_ARTICLES;
}

/* Turns counts of articles into numbers of terms, from 1 on, 0 for those that are not looked at.
 * Where there are too many, the most frequent are the ones. */
static enum status number_terms(const struct stretch *stretch, uint32_t *counts)
{
    size_t wanted = 0, at = 0;
    for (uint32_t code = 0; code < WORD_CODES; code++)
        wanted += is_wanted(stretch, counts[code]);
    struct candidate *candidates = memory_allocate((wanted + 1) * sizeof *candidates);
    if (!candidates)
        return STATUS_NO_MEMORY;
    for (uint32_t code = 0; code < WORD_CODES; code++) {
        if (is_wanted(stretch, counts[code]))
            candidates[at++] = (struct candidate){counts[code], code};
        counts[code] = 0;
    }
    qsort(candidates, wanted, sizeof *candidates, by_articles);
    size_t first = wanted > TERMS_MOST ? wanted - TERMS_MOST : 0;
    for (size_t i = first; i < wanted; i++)
        counts[candidates[i].code] = (uint32_t)(i - first + 1);
    memory_free(candidates);
    return STATUS_OK;
}

/* --- Which of an article -----------------------------------------------------------------------*/

/* All kinds that are rarer than the last one, and of that the first ones. */
static void take_rarest(const uint16_t *terms, uint32_t count, const uint32_t kinds[KINDS],
                        struct bisect_record *record)
{
    uint32_t last = 0, room = BISECT_TERMS, at = 0;
    while (last < KINDS - 1 && kinds[last] <= room)
        room -= kinds[last++];
    for (uint32_t i = 0; i < count && at < BISECT_TERMS; i++) {
        uint32_t kind = terms[i] >> KIND_LOG2;
        if (kind < last || (kind == last && room)) {
            record->terms[at++] = terms[i];
            room -= kind == last;
        }
    }
}

static void select_terms(const uint32_t *codes, uint32_t count, const uint32_t *numbers,
                         struct bisect_record *record)
{
    uint16_t terms[WORD_CODES_MOST];
    uint32_t kinds[KINDS] = {0}, n = 0;
    *record = (struct bisect_record){0};
    for (uint32_t i = 0; i < count; i++) {
        terms[n] = (uint16_t)numbers[codes[i]];
        kinds[terms[n] >> KIND_LOG2] += terms[n] > 0;
        n += terms[n] > 0;
    }
    take_rarest(terms, n, kinds, record);
}

static enum status select_all(struct walk *walk, const uint32_t *numbers,
                              struct bisect_record *records)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < walk->stretch->count && status == STATUS_OK; i++) {
        const uint32_t *codes;
        uint32_t count;
        status = find_codes(walk, i, &codes, &count);
        if (status == STATUS_OK)
            select_terms(codes, count, numbers, &records[i]);
    }
    return status;
}

enum status reorder_select(const struct gather *gather, const struct stretch *stretch,
                           struct bisect_record *records)
{
    struct walk *walk = memory_allocate_zeroed(1, sizeof *walk);
    uint32_t *counts = memory_allocate_zeroed(WORD_CODES, sizeof *counts);
    enum status status = walk && counts ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        walk->gather = gather;
        walk->stretch = stretch;
        status = count_articles(walk, counts);
    }
    if (status == STATUS_OK)
        status = number_terms(stretch, counts);
    if (status == STATUS_OK)
        status = select_all(walk, counts, records);
    memory_free(counts);
    memory_free(walk);
    return status;
}
