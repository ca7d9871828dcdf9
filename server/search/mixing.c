#include "search/mixing.h"

#include <string.h>

#include "search/collection.h"
#include "search/mixing_titles.h"
#include "search/plan.h"
#include "search/answer.h"
#include "search/question.h"

/* --- Settings ----------------------------------------------------------------------------------*/

/* Whether the question gives settings of its own: scores are not pruned then, since the bounds in
 * the files are of theirs. */
static bool gives_settings(const struct question *question)
{
    return question->k1 != QUESTION_AS_BUILT || question->b != QUESTION_AS_BUILT ||
           question->title_weight != QUESTION_AS_BUILT;
}

static struct settings settings_of(const struct question *question, const struct settings *built)
{
    struct settings settings = *built;
    if (question->k1 != QUESTION_AS_BUILT)
        settings.k1_thousandths = question->k1;
    if (question->b != QUESTION_AS_BUILT)
        settings.b_thousandths = question->b;
    if (question->title_weight != QUESTION_AS_BUILT)
        settings.title_weight_thousandths = question->title_weight;
    return settings;
}

void mixing_tell(const struct question *question, const struct plan *plan, struct answer *answer)
{
    if (!gives_settings(question))
        return;
    struct settings settings = settings_of(question, plan->collection->files[0].settings);
    answer->own_settings = true;
    answer->k1 = settings.k1_thousandths / 1000.0;
    answer->b = settings.b_thousandths / 1000.0;
    answer->title_weight = settings.title_weight_thousandths / 1000.0;
}

const struct impact_model *mixing_model(struct mixing *mixing, const struct plan *plan, size_t file,
                                        struct match_budget *budget)
{
    const struct collection_file *of = &plan->collection->files[file];
    if (!mixing || !gives_settings(mixing->question))
        return &of->model;
    struct impact_model **model = &mixing->models[file];
    if (!*model) {
        *model = arena_allocate(mixing->arena, 1, sizeof **model);
        if (!match_budget_check(budget, *model ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_NORMS))
            return NULL;
        struct settings settings = settings_of(mixing->question, of->settings);
        impact_model_init(*model, &settings);
    }
    return *model;
}

/* --- Parts of words ----------------------------------------------------------------------------*/

/* Phrases, patterns and titles have no part but their own. */
static bool is_word(const struct query_node *node)
{
    return node->kind == QUERY_PHRASE && node->field == FIELD_ANY && node->word_count == 1 &&
           node->words[0].kind == WORD_ITSELF;
}

uint64_t mixing_word_df(const struct plan *plan, const struct vocabulary_word *word)
{
    uint64_t df = 0;
    for (size_t i = 0; i < plan->collection->file_count; i++)
        df += word->terms[i] ? word->terms[i]->all.df : 0;
    return df;
}

static bool make_leaves(struct mixing *mixing)
{
    const struct plan *plan = mixing->plan;
    struct mixture_leaf *leaves =
        arena_allocate(mixing->arena, plan->leaf_count + 1, sizeof *leaves);
    mixing->all.leaves = leaves;
    for (size_t i = 0; leaves && i < plan->leaf_count; i++) {
        const struct plan_leaf *leaf = &plan->leaves[i];
        if (!is_word(leaf->node))
            continue;
        leaves[i].form = plan->idf[i] * MIXTURE_FORM;
        leaves[i].title = plan->idf[i] * MIXTURE_TITLE;
    }
    return leaves;
}

/* --- Pairs -------------------------------------------------------------------------------------*/

static bool asks_the_same(const struct plan *plan, size_t a, size_t b)
{
    return plan->leaves[a].term == plan->leaves[b].term;
}

static bool has_pair(const struct mixing *mixing, size_t a, size_t b)
{
    for (size_t i = 0; i < mixing->all.pair_count; i++) {
        const struct mixture_pair *pair = &mixing->all.pairs[i];
        const struct plan *plan = mixing->plan;
        if ((asks_the_same(plan, pair->first, a) && asks_the_same(plan, pair->second, b)) ||
            (asks_the_same(plan, pair->first, b) && asks_the_same(plan, pair->second, a)))
            return true;
    }
    return false;
}

/* A word and those of the next three that are another, each pair once. */
static bool make_pairs(struct mixing *mixing)
{
    const struct plan *plan = mixing->plan;
    struct mixture_pair *pairs =
        arena_allocate(mixing->arena, plan->leaf_count * MIXTURE_NEAR_NEXT + 1, sizeof *pairs);
    mixing->all.pairs = pairs;
    for (size_t i = 0; pairs && i < plan->leaf_count; i++) {
        size_t next = 0;
        for (size_t j = i + 1; j < plan->leaf_count && next < MIXTURE_NEAR_NEXT; j++) {
            if (!is_word(plan->leaves[i].node) || !is_word(plan->leaves[j].node))
                continue;
            next++;
            if (asks_the_same(plan, i, j) || has_pair(mixing, i, j))
                continue;
            double idf = (plan->idf[i] + plan->idf[j]) / 2 * MIXTURE_NEAR;
            pairs[mixing->all.pair_count++] = (struct mixture_pair){(uint32_t)i, (uint32_t)j, idf};
        }
    }
    return pairs;
}

/* --- Making ------------------------------------------------------------------------------------*/

struct mixing *mixing_new(const struct question *question, const struct plan *plan,
                          const struct query_node *root, struct arena *arena)
{
    bool best = question->ranking == RANKING_BEST;
    if (!best && !gives_settings(question))
        return NULL;
    size_t files = plan->collection->file_count;
    struct mixing *mixing = arena_allocate(arena, 1, sizeof *mixing);
    if (!mixing)
        return NULL;
    *mixing =
        (struct mixing){.plan = plan,
                        .root = root,
                        .arena = arena,
                        .question = question,
                        .best = best,
                        .files = arena_allocate(arena, files, sizeof(struct mixture *)),
                        .models = arena_allocate(arena, files, sizeof(struct impact_model *))};
    if (!mixing->files || !mixing->models || !make_leaves(mixing) || !make_pairs(mixing))
        return NULL;
    return mixing;
}

static bool make_file(struct mixing *mixing, size_t file, struct match_budget *budget)
{
    const struct collection_file *of = &mixing->plan->collection->files[file];
    struct mixture *mixture = arena_allocate(mixing->arena, 1, sizeof *mixture);
    if (!match_budget_check(budget, mixture ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_LEXICON))
        return false;
    *mixture = mixing->all;
    struct settings settings = settings_of(mixing->question, of->settings);
    mixture_set_titles(mixture, &settings);
    mixing->files[file] = mixture;
    return mixing_find_titles(mixing, file, mixture, budget);
}

bool mixing_of_file(struct mixing *mixing, size_t file, struct match_budget *budget,
                    const struct mixture **mixture)
{
    *mixture = NULL;
    if (!mixing || !mixing->best)
        return true;
    if (!mixing->files[file] && !make_file(mixing, file, budget))
        return false;
    *mixture = mixing->files[file];
    return true;
}
