#include "rank/scorer.h"

#include <stdlib.h>

#include "match/class.h"
#include "match/term.h"
#include "rank/bm25.h"
#include "store/columns_read.h"
#include "store/norm.h"

enum { FEW_ARTICLES = 1024 }; /* that are looked up one by one rather than all pages checked */

/* --- Making ------------------------------------------------------------------------------------*/

static bool check(const struct scorer *scorer, enum status status, enum chunk_id chunk)
{
    return match_budget_check(scorer->source->budget, status, chunk);
}

static bool have(const struct scorer *scorer, const void *memory)
{
    return check(scorer, memory ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_NORMS);
}

bool scorer_init(struct scorer *scorer, const struct match_source *source,
                 const struct impact_model *model, const double *idf, size_t leaf_count,
                 uint64_t expected)
{
    *scorer =
        (struct scorer){.source = source, .model = model, .idf = idf, .leaf_count = leaf_count};
    enum status status = STATUS_OK;
    if (expected > FEW_ARTICLES)
        status = columns_norms(source->columns, &scorer->norms);
    if (!check(scorer, status, CHUNK_NORMS))
        return false;
    scorer->leaves.items =
        arena_allocate(source->arena, leaf_count + 1, sizeof *scorer->leaves.items);
    return have(scorer, scorer->leaves.items);
}

bool scorer_mix(struct scorer *scorer, const struct mixture *mixture)
{
    struct arena *arena = scorer->source->arena;
    if (!mixture)
        return true;
    scorer->by_number = arena_allocate(arena, scorer->leaf_count + 1, sizeof(struct match_leaf *));
    scorer->numbers = arena_allocate(arena, scorer->leaf_count + 1, sizeof *scorer->numbers);
    scorer->mixture = mixture;
    return have(scorer, scorer->by_number) && have(scorer, scorer->numbers);
}

bool scorer_keep_parts(struct scorer *scorer)
{
    enum { PARTS_OF_LEAF = 3 };
    size_t most = scorer->leaf_count * PARTS_OF_LEAF + 1;
    if (scorer->mixture)
        most += scorer->mixture->pair_count;
    scorer->parts = arena_allocate(scorer->source->arena, most, sizeof *scorer->parts);
    return have(scorer, scorer->parts);
}

void scorer_release(struct scorer *scorer)
{
    for (size_t i = 0; scorer->numbers && i < scorer->leaf_count; i++) {
        bytes_release(&scorer->numbers[i].positions);
        if (scorer->numbers[i].form)
            matcher_release(&scorer->numbers[i].form->matcher);
    }
}

/* --- Parts -------------------------------------------------------------------------------------*/

static bool find_norm(const struct scorer *scorer, uint32_t doc, uint8_t *norm)
{
    if (scorer->norms) {
        *norm = scorer->norms[doc];
        return true;
    }
    return check(scorer, columns_norm(scorer->source->columns, doc, norm), CHUNK_NORMS);
}

static void keep(struct scorer *scorer, struct score_part part)
{
    if (scorer->parts)
        scorer->parts[scorer->part_count++] = part;
}

static double average_length(const struct scorer *scorer)
{
    const struct settings *settings = snapshot_settings(scorer->source->snapshot);
    return settings->article_count ? (double)settings->length_sum / settings->article_count : 0;
}

static uint64_t add_impact(struct scorer *scorer, struct score_part part, uint8_t norm)
{
    double impact = impact_of(scorer->model, part.tf, part.title_tf, norm);
    part.part = bm25_part(part.idf, bm25_nearness(impact, part.distance, part.edits));
    if (scorer->parts) {
        part.length = norm_length(norm);
        part.average_length = average_length(scorer);
        keep(scorer, part);
    }
    return part.part;
}

/* The exact form; of a leaf that is no class it is what the leaf is. */
static bool add_form(struct scorer *scorer, struct match_leaf *leaf, struct score_part part,
                     uint8_t norm, uint64_t *score)
{
    part.kind = PART_FORM;
    part.idf = scorer->mixture->leaves[leaf->number].form;
    if (part.idf == 0)
        return true;
    if (match_class_words(leaf) && !match_class_exact(leaf, &part.tf, &part.title_tf))
        return false;
    if (part.tf)
        *score += add_impact(scorer, part, norm);
    return true;
}

static bool add_title(struct scorer *scorer, struct match_leaf *leaf, struct score_part part,
                      uint64_t *score)
{
    const struct mixture *mixture = scorer->mixture;
    uint32_t words;
    part.kind = PART_TITLE;
    part.idf = mixture->leaves[leaf->number].title;
    if (part.idf == 0 || part.title_tf == 0)
        return true;
    enum status status = columns_title_words(scorer->source->columns, leaf->matcher.doc, &words);
    if (!check(scorer, status, CHUNK_TITLE_WORDS))
        return false;
    part.tf = part.title_tf;
    part.length = words;
    part.average_length = mixture->title_average;
    part.part = mixture_title_part(mixture, leaf->number, part.title_tf, words);
    keep(scorer, part);
    *score += part.part;
    return true;
}

static bool add_leaf(struct scorer *scorer, struct match_leaf *leaf, uint64_t *score)
{
    struct score_part part = {PART_TERM, .leaf = leaf->number, .idf = scorer->idf[leaf->number]};
    struct match_counts counts;
    uint8_t norm;
    if (!find_norm(scorer, leaf->matcher.doc, &norm) || !match_leaf_counts(leaf, &counts))
        return false;
    part.tf = counts.tf;
    part.title_tf = counts.title_tf;
    part.distance = counts.distance;
    part.edits = counts.edits;
    *score += add_impact(scorer, part, norm);
    if (!scorer->mixture)
        return true;
    scorer->by_number[leaf->number] = leaf;
    scorer->numbers[leaf->number].read = false;
    return add_form(scorer, leaf, part, norm, score) && add_title(scorer, leaf, part, score);
}

/* --- What stands near each other ---------------------------------------------------------------*/

/* Of a class where the article has the very word asked for: that. NULL else. */
static struct match_leaf *find_form(struct scorer *scorer, uint32_t number)
{
    struct scorer_leaf *leaf = &scorer->numbers[number];
    const struct match_leaf *all = scorer->by_number[number];
    const struct class_words *words = match_class_words(all);
    if (!words || !words->exact)
        return NULL;
    if (!leaf->form)
        leaf->form = match_term(scorer->source, words->exact, false, MATCH_UNSCORED);
    if (!have(scorer, leaf->form))
        return NULL;
    uint32_t doc = all->matcher.doc;
    return matcher_seek(&leaf->form->matcher, doc) == doc ? leaf->form : NULL;
}

static bool read_positions(struct scorer *scorer, uint32_t number)
{
    struct scorer_leaf *leaf = &scorer->numbers[number];
    if (leaf->read)
        return true;
    struct match_leaf *form = find_form(scorer, number);
    leaf->read = match_leaf_occurrences(form ? form : scorer->by_number[number], &leaf->positions);
    return leaf->read && scorer->source->budget->status == STATUS_OK;
}

static uint32_t near_count(const struct scorer *scorer, const struct mixture_pair *pair)
{
    const struct bytes *first = &scorer->numbers[pair->first].positions;
    const struct bytes *second = &scorer->numbers[pair->second].positions;
    return mixture_near_count((const uint32_t *)(const void *)first->data,
                              first->size / sizeof(uint32_t),
                              (const uint32_t *)(const void *)second->data,
                              second->size / sizeof(uint32_t), scorer->source->budget);
}

static bool add_near(struct scorer *scorer, const struct mixture_pair *pair, uint64_t *score)
{
    if (!scorer->by_number[pair->first] || !scorer->by_number[pair->second])
        return true;
    if (!read_positions(scorer, pair->first) || !read_positions(scorer, pair->second))
        return false;
    uint32_t count = near_count(scorer, pair);
    if (count == 0)
        return scorer->source->budget->status == STATUS_OK;
    uint64_t part = mixture_near_part(pair, count);
    keep(scorer,
         (struct score_part){PART_NEAR, pair->first, pair->second, pair->idf, count, .part = part});
    *score += part;
    return scorer->source->budget->status == STATUS_OK;
}

static bool add_near_and_whole(struct scorer *scorer, uint32_t doc, uint64_t *score)
{
    const struct mixture *mixture = scorer->mixture;
    for (size_t i = 0; i < mixture->pair_count; i++)
        if (!add_near(scorer, &mixture->pairs[i], score))
            return false;
    uint64_t part = mixture_titled_part(mixture, doc);
    if (part)
        keep(scorer, (struct score_part){PART_WHOLE_TITLE, .idf = bm25_points(part), .part = part});
    *score += part;
    return true;
}

/* --- Scores ------------------------------------------------------------------------------------*/

/* Scoring BUDGET_ARTICLES leaves costs as much as a block. */
static bool spend(struct scorer *scorer)
{
    scorer->scored += scorer->leaves.count;
    if (scorer->scored < BUDGET_ARTICLES)
        return true;
    uint64_t blocks = scorer->scored / BUDGET_ARTICLES;
    scorer->scored %= BUDGET_ARTICLES;
    return match_budget_spend(scorer->source->budget, blocks);
}

static int by_number(const void *a, const void *b)
{
    const struct match_leaf *left = *(struct match_leaf *const *)a;
    const struct match_leaf *right = *(struct match_leaf *const *)b;
    return (left->number > right->number) - (left->number < right->number);
}

static void begin(struct scorer *scorer, struct matcher *root)
{
    scorer->leaves.count = scorer->part_count = 0;
    matcher_leaves(root, &scorer->leaves);
    for (size_t i = 0; scorer->mixture && i < scorer->leaf_count; i++)
        scorer->by_number[i] = NULL;
    if (scorer->parts)
        qsort(scorer->leaves.items, scorer->leaves.count, sizeof(struct match_leaf *), by_number);
}

bool scorer_score(struct scorer *scorer, struct matcher *root, uint64_t *score)
{
    begin(scorer, root);
    if (!spend(scorer))
        return false;
    *score = 0;
    for (size_t i = 0; i < scorer->leaves.count; i++)
        if (!add_leaf(scorer, scorer->leaves.items[i], score))
            return false;
    return !scorer->mixture || add_near_and_whole(scorer, root->doc, score);
}
