#include "match/term_union.h"

#include "base/arena.h"
#include "base/memory.h"
#include "match/title.h"
#include "store/columns_read.h"
#include "store/lexicon_scan.h"
#include "store/postings_read.h"
#include "store/settings.h"

bool term_union_word(const struct term_union *of, size_t i, struct lexicon_scan *scan,
                     struct match_budget *budget, struct term *term)
{
    if (lexicon_scan_to_word(scan, &of->words[i]) && lexicon_scan_term(scan, term))
        return true;
    return match_budget_check(budget, scan->status, CHUNK_LEXICON) && false;
}

bool term_union_complete(struct term_union *of, struct match_budget *budget)
{
    return of->reach == of->edits || of->widen(of, of->edits, budget);
}

/* --- Counting ----------------------------------------------------------------------------------*/

struct marking {
    const struct match_source *source;
    uint64_t *bits;
    struct postings postings;
};

/* False also where the early budget ends. */
static bool mark_list(struct marking *marking, const struct term *term)
{
    struct match_budget *budget = marking->source->budget;
    struct postings *postings = &marking->postings;
    enum status status = postings_open(postings, marking->source->snapshot, term, false);
    bool goes_on = match_budget_check(budget, status, CHUNK_POSTINGS);
    while (goes_on && postings_next_block(postings)) {
        for (uint32_t i = 0; i < postings->count; i++)
            marking->bits[postings->docs[i] / 64] |= (uint64_t)1 << postings->docs[i] % 64;
        goes_on = match_budget_spend_early(budget, 1);
    }
    if (status == STATUS_OK)
        goes_on = match_budget_check(budget, postings->status, postings->chunk) && goes_on;
    postings_release(postings);
    return goes_on;
}

static void mark_all(struct marking *marking, const struct term_union *of)
{
    struct match_budget *budget = marking->source->budget;
    struct lexicon_scan scan = {.lexicon = of->lexicon};
    struct term term;
    bool goes_on = true;
    for (size_t i = 0; i < of->word_count && goes_on; i++) {
        if (i % UNION_WORDS_OF_BLOCK == 0 && !match_budget_spend_early(budget, 1))
            break;
        goes_on = term_union_word(of, i, &scan, budget, &term);
        if (goes_on && term.one_article)
            marking->bits[term.doc / 64] |= (uint64_t)1 << term.doc % 64;
        else if (goes_on)
            goes_on = mark_list(marking, &term);
    }
    lexicon_scan_release(&scan);
}

static uint32_t count_bits(const uint64_t *bits, uint32_t articles)
{
    uint32_t count = 0;
    for (size_t i = 0; i <= articles / 64; i++)
        count += (uint32_t)__builtin_popcountll(bits[i]);
    return count;
}

bool term_union_count(struct term_union *of, const struct match_source *source)
{
    uint32_t articles = source->columns->article_count;
    if (of->counted)
        return true;
    if (!term_union_complete(of, source->budget))
        return false;
    struct marking *marking = memory_allocate(sizeof *marking);
    of->bits = arena_allocate(of->arena, articles / 64 + 1, sizeof *of->bits);
    bool good = match_budget_check(
        source->budget, marking && of->bits ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_POSTINGS);
    if (good) {
        marking->source = source;
        marking->bits = of->bits;
        mark_all(marking, of);
        of->df = count_bits(of->bits, articles);
        of->counted = good = source->budget->status == STATUS_OK;
    }
    memory_free(marking);
    return good;
}

/* --- Adding up ---------------------------------------------------------------------------------*/

struct adding {
    const struct match_source *source;
    uint32_t article_count;
    double title_extra;             /* the title's weight − 1 */
    uint64_t *held;                 /* a bit an article */
    uint32_t *sums;                 /* of those held */
    struct union_best *best;        /* likewise */
    uint32_t *titles;               /* of all; NULL: none so far */
    struct union_best *best_titles; /* of those that have any; NULL likewise */
    uint8_t distance;               /* the word's */
    struct bytes in_titles;         /* struct title_count of the word, ascending */
    struct postings postings;
    struct bytes positions;
};

struct title_count {
    uint32_t doc, tf;
};

static bool check(const struct adding *adding, enum status status, enum chunk_id chunk)
{
    return match_budget_check(adding->source->budget, status, chunk);
}

static void improve(const struct adding *adding, struct union_best *best, bool first,
                    struct union_best other)
{
    double extra = adding->title_extra;
    if (first || other.distance < best->distance ||
        (other.distance == best->distance &&
         other.tf + extra * other.title_tf > best->tf + extra * best->title_tf))
        *best = other;
}

static bool add_title(struct adding *adding, uint32_t doc, uint32_t tf)
{
    if (!adding->titles) {
        adding->titles = memory_allocate_zeroed(adding->article_count, sizeof *adding->titles);
        adding->best_titles = memory_allocate(adding->article_count * sizeof *adding->best_titles);
    }
    if (!adding->titles || !adding->best_titles)
        return check(adding, STATUS_NO_MEMORY, CHUNK_POSTINGS);
    improve(adding, &adding->best_titles[doc], adding->titles[doc] == 0,
            (struct union_best){tf, tf, adding->distance});
    adding->titles[doc] += tf;
    return true;
}

static bool add(struct adding *adding, uint32_t doc, uint32_t tf, uint32_t title_tf)
{
    uint64_t bit = (uint64_t)1 << doc % 64, *word = &adding->held[doc / 64];
    bool first = !(*word & bit);
    adding->sums[doc] = tf + (first ? 0 : adding->sums[doc]);
    improve(adding, &adding->best[doc], first, (struct union_best){tf, title_tf, adding->distance});
    *word |= bit;
    return title_tf == 0 || add_title(adding, doc, title_tf);
}

/* --- Lists -------------------------------------------------------------------------------------*/

/* The next block of those that are wanted; only: those of the articles that alone matter. */
static bool next_block(struct adding *adding, size_t *only)
{
    const struct match_source *source = adding->source;
    struct postings *postings = &adding->postings;
    if (!source->only)
        return postings_next_block(postings);
    if (postings->count)
        while (*only < source->only_count &&
               source->only[*only] <= postings->docs[postings->count - 1])
            ++*only;
    return *only < source->only_count && postings_seek(postings, source->only[*only]);
}

static bool keep_titles(struct adding *adding)
{
    const struct postings *postings = &adding->postings;
    for (uint32_t i = 0; i < postings->count; i++)
        bytes_append(&adding->in_titles, &(struct title_count){postings->docs[i], postings->tfs[i]},
                     sizeof(struct title_count));
    return check(adding, adding->in_titles.status, CHUNK_POSTINGS);
}

/* only: the next of those that alone are wanted. */
static bool skips(const struct match_source *source, size_t *only, uint32_t doc)
{
    while (source->only && *only < source->only_count && source->only[*only] < doc)
        ++*only;
    return source->only && (*only == source->only_count || source->only[*only] != doc);
}

/* title: the next of the counts in titles. */
static bool add_block(struct adding *adding, size_t *only, size_t *title)
{
    const struct postings *postings = &adding->postings;
    const struct title_count *counts = (const void *)adding->in_titles.data;
    size_t count = adding->in_titles.size / sizeof *counts;
    for (uint32_t i = 0; i < postings->count; i++) {
        uint32_t doc = postings->docs[i], title_tf = 0;
        if (skips(adding->source, only, doc))
            continue;
        while (*title < count && counts[*title].doc < doc)
            ++*title;
        if (*title < count && counts[*title].doc == doc)
            title_tf = counts[*title].tf;
        if (!add(adding, doc, postings->tfs[i], title_tf))
            return false;
    }
    return true;
}

/* Of the titles first, then of all. False also where the early budget ends. */
static bool add_list(struct adding *adding, const struct term *term, bool titles)
{
    struct match_budget *budget = adding->source->budget;
    struct postings *postings = &adding->postings;
    size_t only = 0, title = 0;
    enum status status = postings_open(postings, adding->source->snapshot, term, titles);
    bool goes_on = check(adding, status, CHUNK_POSTINGS);
    while (goes_on && next_block(adding, &only))
        goes_on = postings_read_tfs(postings) &&
                  (titles ? keep_titles(adding) : add_block(adding, &only, &title)) &&
                  match_budget_spend_early(budget, 1);
    if (status == STATUS_OK)
        goes_on = check(adding, postings->status, postings->chunk) && goes_on;
    postings_release(postings);
    return goes_on;
}

static bool add_term(struct adding *adding, const struct term *term)
{
    uint32_t in_title = 0;
    size_t only = 0;
    bytes_clear(&adding->in_titles);
    if (!term->one_article)
        return (!term->titles.df || add_list(adding, term, true)) && add_list(adding, term, false);
    if (skips(adding->source, &only, term->doc))
        return true;
    return (adding->source->columns->title_word_bytes == 0 ||
            match_title_count_alone(adding->source, term, &adding->postings, &adding->positions,
                                    &in_title)) &&
           add(adding, term->doc, (uint32_t)term->all.cf, in_title);
}

static bool add_all(struct adding *adding, const struct term_union *made)
{
    struct match_budget *budget = adding->source->budget;
    struct lexicon_scan scan = {.lexicon = made->lexicon};
    struct term term;
    bool goes_on = true;
    for (size_t i = 0; i < made->word_count && goes_on; i++) {
        if (i % UNION_WORDS_OF_BLOCK == 0 && !match_budget_spend_early(budget, 1))
            break;
        adding->distance = made->words[i].distance;
        goes_on = term_union_word(made, i, &scan, budget, &term) && add_term(adding, &term);
    }
    lexicon_scan_release(&scan);
    return budget->status == STATUS_OK;
}

/* --- Articles ----------------------------------------------------------------------------------*/

static bool make_room(const struct adding *adding, struct term_union *made)
{
    struct arena *arena = made->arena;
    made->df = count_bits(adding->held, adding->article_count);
    size_t most = made->df + (size_t)1;
    made->docs = arena_allocate(arena, most, sizeof *made->docs);
    made->tfs = arena_allocate(arena, most, sizeof *made->tfs);
    made->best = arena_allocate(arena, most, sizeof *made->best);
    if (adding->titles) {
        made->title_tfs = arena_allocate(arena, most, sizeof *made->title_tfs);
        made->best_titles = arena_allocate(arena, most, sizeof *made->best_titles);
    }
    return check(adding, arena->status, CHUNK_POSTINGS);
}

static bool gather(const struct adding *adding, struct term_union *made)
{
    uint32_t at = 0;
    if (!make_room(adding, made))
        return false;
    for (size_t i = 0; i <= adding->article_count / 64; i++)
        for (uint64_t bits = adding->held[i]; bits; bits &= bits - 1, at++) {
            uint32_t doc = (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(bits);
            made->docs[at] = doc;
            made->tfs[at] = adding->sums[doc];
            made->best[at] = adding->best[doc];
            if (!made->title_tfs)
                continue;
            made->title_tfs[at] = adding->titles[doc];
            if (made->title_tfs[at])
                made->best_titles[at] = adding->best_titles[doc];
        }
    made->filled = made->counted = true;
    return true;
}

static struct adding *adding_new(const struct match_source *source)
{
    uint32_t articles = source->columns->article_count;
    struct adding *adding = memory_allocate(sizeof *adding);
    if (!adding)
        return NULL;
    const struct settings *settings = snapshot_settings(source->snapshot);
    adding->source = source;
    adding->article_count = articles;
    adding->title_extra = settings->title_weight_thousandths / 1000.0 - 1.0;
    adding->held = memory_allocate_zeroed(articles / 64 + 1, sizeof *adding->held);
    adding->sums = memory_allocate((articles + (size_t)1) * sizeof *adding->sums);
    adding->best = memory_allocate((articles + (size_t)1) * sizeof *adding->best);
    adding->titles = NULL;
    adding->best_titles = NULL;
    adding->in_titles = adding->positions = (struct bytes){0};
    return adding;
}

static void adding_free(struct adding *adding)
{
    memory_free(adding->held);
    memory_free(adding->sums);
    memory_free(adding->best);
    memory_free(adding->titles);
    memory_free(adding->best_titles);
    bytes_release(&adding->in_titles);
    bytes_release(&adding->positions);
    memory_free(adding);
}

bool term_union_fill(struct term_union *of, const struct match_source *source)
{
    if (of->filled)
        return true;
    if (!term_union_complete(of, source->budget))
        return false;
    struct adding *adding = adding_new(source);
    if (!adding)
        return match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_POSTINGS);
    bool good = adding->held && adding->sums && adding->best;
    good = check(adding, good ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_POSTINGS) &&
           add_all(adding, of) && gather(adding, of);
    adding_free(adding);
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
