#include "match/term_union.h"

#include "base/arena.h"
#include "base/memory.h"
#include "match/title.h"
#include "store/columns_read.h"
#include "store/lexicon_scan.h"
#include "store/postings_read.h"

enum { TERMS_OF_BLOCK = 64 }; /* words without lists that cost as much as a block */

struct adding {
    const struct match_source *source;
    uint32_t article_count;
    uint64_t *held;   /* a bit an article */
    uint32_t *sums;   /* of those held */
    uint32_t *titles; /* of all; NULL: none so far */
    struct postings postings;
    struct bytes positions;
};

static bool check(const struct adding *adding, enum status status, enum chunk_id chunk)
{
    return match_budget_check(adding->source->budget, status, chunk);
}

static inline void add(struct adding *adding, uint32_t doc, uint32_t tf)
{
    uint64_t bit = (uint64_t)1 << doc % 64, *word = &adding->held[doc / 64];
    adding->sums[doc] = tf + (*word & bit ? adding->sums[doc] : 0);
    *word |= bit;
}

static bool add_title(struct adding *adding, uint32_t doc, uint32_t tf)
{
    if (!adding->titles)
        adding->titles = memory_allocate_zeroed(adding->article_count, sizeof *adding->titles);
    if (!adding->titles)
        return check(adding, STATUS_NO_MEMORY, CHUNK_POSTINGS);
    adding->titles[doc] += tf;
    return true;
}

/* --- Lists -------------------------------------------------------------------------------------*/

static bool add_block(struct adding *adding, bool titles)
{
    const struct postings *postings = &adding->postings;
    for (uint32_t i = 0; i < postings->count; i++) {
        if (!titles)
            add(adding, postings->docs[i], postings->tfs[i]);
        else if (!add_title(adding, postings->docs[i], postings->tfs[i]))
            return false;
    }
    return true;
}

/* False also where the early budget ends: within a list nothing is half added but its articles. */
static bool add_list(struct adding *adding, const struct term *term, bool titles)
{
    struct match_budget *budget = adding->source->budget;
    struct postings *postings = &adding->postings;
    enum status status = postings_open(postings, adding->source->snapshot, term, titles);
    bool goes_on = check(adding, status, CHUNK_POSTINGS);
    while (goes_on && postings_next_block(postings)) {
        goes_on = postings_read_tfs(postings) && add_block(adding, titles) &&
                  match_budget_spend_early(budget, 1);
    }
    if (status == STATUS_OK)
        goes_on = check(adding, postings->status, postings->chunk) && goes_on;
    postings_release(postings);
    return goes_on;
}

/* All positions of a word of one article, from its list. */
static bool read_positions(struct adding *adding, const struct term *term)
{
    struct postings *postings = &adding->postings;
    enum status status = postings_open(postings, adding->source->snapshot, term, false);
    if (!check(adding, status, CHUNK_POSTINGS))
        return false;
    if (!postings_next_block(postings) || !postings_read_tfs(postings) ||
        !postings_read_positions(postings, 0, &adding->positions))
        status = adding->positions.status != STATUS_OK ? adding->positions.status
                 : postings->status != STATUS_OK       ? postings->status
                                                       : STATUS_CORRUPT;
    postings_release(postings);
    return check(adding, status, CHUNK_POSITIONS);
}

/* A word of one article has no list of titles: its positions tell. */
static bool add_one_to_titles(struct adding *adding, const struct term *term)
{
    uint32_t in_title;
    bytes_clear(&adding->positions);
    if (term->is_inline)
        bytes_append(&adding->positions, term->positions,
                     (size_t)term->all.cf * sizeof *term->positions);
    else if (!read_positions(adding, term))
        return false;
    if (!check(adding, adding->positions.status, CHUNK_POSITIONS) ||
        !match_title_count(adding->source, term->doc, &adding->positions, &in_title))
        return false;
    return in_title == 0 || add_title(adding, term->doc, in_title);
}

static bool add_term(struct adding *adding, const struct term *term)
{
    if (!term->one_article)
        return add_list(adding, term, false) && (!term->titles.df || add_list(adding, term, true));
    add(adding, term->doc, (uint32_t)term->all.cf);
    return adding->source->columns->title_word_bytes == 0 || add_one_to_titles(adding, term);
}

static bool add_all(struct adding *adding, const struct term_union *made)
{
    struct match_budget *budget = adding->source->budget;
    struct lexicon_scan scan = {.lexicon = made->lexicon};
    struct term term;
    bool goes_on = true;
    for (size_t i = 0; i < made->number_count && goes_on; i++) {
        if (i % TERMS_OF_BLOCK == 0 && !match_budget_spend_early(budget, 1))
            break;
        goes_on = lexicon_scan_to(&scan, made->numbers[i]) && lexicon_scan_term(&scan, &term);
        goes_on = goes_on ? add_term(adding, &term) : check(adding, scan.status, CHUNK_LEXICON);
    }
    lexicon_scan_release(&scan);
    return budget->status == STATUS_OK;
}

/* --- Articles ----------------------------------------------------------------------------------*/

static uint32_t count_held(const struct adding *adding)
{
    uint32_t count = 0;
    for (size_t i = 0; i <= adding->article_count / 64; i++)
        count += (uint32_t)__builtin_popcountll(adding->held[i]);
    return count;
}

static bool gather(const struct adding *adding, struct term_union *made)
{
    struct arena *arena = adding->source->arena;
    made->df = count_held(adding);
    made->docs = arena_allocate(arena, made->df + 1, sizeof *made->docs);
    made->tfs = arena_allocate(arena, made->df + 1, sizeof *made->tfs);
    if (adding->titles)
        made->title_tfs = arena_allocate(arena, made->df + 1, sizeof *made->title_tfs);
    if (arena->status != STATUS_OK)
        return check(adding, STATUS_NO_MEMORY, CHUNK_POSTINGS);
    uint32_t at = 0;
    for (size_t i = 0; i <= adding->article_count / 64; i++)
        for (uint64_t bits = adding->held[i]; bits; bits &= bits - 1) {
            uint32_t doc = (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(bits);
            made->docs[at] = doc;
            made->tfs[at] = adding->sums[doc];
            if (made->title_tfs) {
                made->title_tfs[at] = adding->titles[doc];
                made->title_df += adding->titles[doc] > 0;
            }
            at++;
        }
    return true;
}

bool term_union_make(struct term_union *made, const struct match_source *source,
                     const struct lexicon *lexicon, const uint32_t *numbers, size_t count)
{
    uint32_t articles = source->columns->article_count;
    *made = (struct term_union){.lexicon = lexicon, .numbers = numbers, .number_count = count};
    struct adding *adding = memory_allocate(sizeof *adding);
    if (!adding)
        return match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_POSTINGS);
    adding->source = source;
    adding->article_count = articles;
    adding->held = memory_allocate_zeroed(articles / 64 + 1, sizeof *adding->held);
    adding->sums = memory_allocate((articles + (size_t)1) * sizeof *adding->sums);
    adding->titles = NULL;
    adding->positions = (struct bytes){0};
    bool good = adding->held && adding->sums;
    good = check(adding, good ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_POSTINGS) &&
           add_all(adding, made) && gather(adding, made);
    memory_free(adding->held);
    memory_free(adding->sums);
    memory_free(adding->titles);
    bytes_release(&adding->positions);
    memory_free(adding);
    return good;
}

uint32_t term_union_find(const struct term_union *of, uint32_t from, uint32_t doc)
{
    uint32_t step = 1, low = from, high;
    if (from >= of->df || of->docs[from] >= doc)
        return from;
    while (step < of->df - low && of->docs[low + step] < doc) {
        low += step;
        step *= 2;
    }
    high = step < of->df - low ? low + step : of->df;
    while (high - low > 1) { /* docs[low] is less, docs[high] is not */
        uint32_t middle = low + (high - low) / 2;
        if (of->docs[middle] < doc)
            low = middle;
        else
            high = middle;
    }
    return high;
}
