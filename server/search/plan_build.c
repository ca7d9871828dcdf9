#include "search/plan_build.h"

#include "match/and.h"
#include "match/docs.h"
#include "match/not.h"
#include "match/or.h"
#include "match/predicate.h"
#include "search/collection.h"
#include "search/date_filter.h"
#include "search/group_members.h"
#include "search/workspace.h"
#include "store/key.h"

static struct matcher *build_node(const struct plan_building *build, const struct plan_node *node);

static struct matcher *nothing(const struct plan_building *build)
{
    return match_docs(build->source, NULL, 0);
}

static struct matcher *leaf_or_nothing(const struct plan_building *build, struct match_leaf *leaf,
                                       bool absent)
{
    return absent ? nothing(build) : leaf ? &leaf->matcher : NULL;
}

/* A phrase of nothing but any words is every article. */
static struct matcher *build_leaf(const struct plan_building *build, const struct plan_node *node)
{
    bool absent;
    if (!plan_is_leaf(node->query))
        return match_all(build->source, build->file->settings->article_count);
    struct match_leaf *leaf = plan_build_leaf(build, node, node->leaf, &absent);
    return leaf_or_nothing(build, leaf, absent);
}

/* The children until one of an AND can match nothing; *count of them. False where memory ends:
 * those made are released. */
static bool build_children(const struct plan_building *build, const struct plan_node *node,
                           struct matcher **made, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < node->query->child_count; i++) {
        struct matcher *child = build_node(build, node->children[i]);
        if (!child) {
            while (*count)
                matcher_release(made[--*count]);
            return false;
        }
        made[(*count)++] = child;
        if (node->query->kind == QUERY_AND && child->cost == 0)
            break;
    }
    return true;
}

static struct matcher *build_inner(const struct plan_building *build, const struct plan_node *node)
{
    size_t most = node->query->child_count, count;
    struct matcher **made = arena_allocate(build->source->arena, most, sizeof(struct matcher *));
    if (!made || !build_children(build, node, made, &count))
        return NULL;
    if (count == 1)
        return made[0];
    if (node->query->kind == QUERY_NOT)
        return match_not(build->source, made[0], made[1]);
    if (node->query->kind == QUERY_OR)
        return match_or(build->source, made, count);
    return match_and(build->source, made, count);
}

/* Looks a key of a column up; false with the budget's status bad. */
static bool find_key(const struct plan_building *build, int kind, const struct query_node *query,
                     struct slice text, const struct term **term)
{
    struct bytes key = {0};
    key_write(&key, kind, (int)query->field - FIELD_SOURCE, text);
    enum status status = key.status;
    if (status == STATUS_OK)
        status = vocabulary_look_up(build->file, bytes_slice(&key), build->source->budget,
                                    build->source->arena, term);
    bytes_release(&key);
    return match_budget_check(build->source->budget, status, CHUNK_LEXICON);
}

static bool expand_value_word(const struct plan_building *build, const struct query_node *query,
                              const struct query_word *word, struct plan_slot *slot)
{
    struct bytes before = {0};
    struct vocabulary_found found = {0};
    key_write(&before, KEY_VALUE_WORD, (int)query->field - FIELD_SOURCE, (struct slice){0});
    enum status status = before.status;
    if (status == STATUS_OK)
        status = vocabulary_expand(build->file, bytes_slice(&before), word, build->source->budget,
                                   build->source->arena, &found);
    bytes_release(&before);
    *slot = (struct plan_slot){.term = found.term, .many = found.many};
    if (status == STATUS_OK && build->source->budget->cut)
        status = STATUS_DEADLINE; /* who knows whether it stands behind a NOT */
    return match_budget_check(build->source->budget, status, CHUNK_LEXICON);
}

static bool is_same_word(const struct query_word *a, const struct query_word *b)
{
    return a->kind == b->kind && a->edits == b->edits && slice_equal(a->text, b->text);
}

/* Equal words share one term, as a phrase wants them. */
static bool find_value_words(const struct plan_building *build, const struct query_node *query,
                             struct plan_slot *slots)
{
    for (size_t i = 0; i < query->word_count; i++) {
        const struct query_word *word = &query->words[i];
        size_t same = 0;
        while (!is_same_word(&query->words[same], word))
            same++;
        slots[i] = slots[same];
        bool good = true;
        if (word->kind == WORD_ANY)
            slots[i].any = true;
        else if (same == i && word->kind == WORD_ITSELF)
            good = find_key(build, KEY_VALUE_WORD, query, word->text, &slots[i].term);
        else if (same == i)
            good = expand_value_word(build, query, word, &slots[i]);
        if (!good)
            return false;
    }
    return true;
}

/* A column's positions are not those of titles and bodies: no grams, no title. */
static struct matcher *build_value_words(const struct plan_building *build,
                                         const struct query_node *query)
{
    struct plan_slot *slots =
        arena_allocate(build->source->arena, query->word_count, sizeof *slots);
    struct plan_slots all = {slots, query->word_count, query->slop, query->field};
    bool absent;
    if (!slots || !find_value_words(build, query, slots))
        return NULL;
    struct match_leaf *leaf = plan_build_slots(build, &all, MATCH_UNSCORED, &absent);
    return leaf_or_nothing(build, leaf, absent);
}

static struct matcher *build_whole_value(const struct plan_building *build,
                                         const struct query_node *query)
{
    const struct term *whole = NULL;
    bool absent;
    if (query->value.size && !find_key(build, KEY_VALUE, query, query->value, &whole))
        return NULL;
    struct match_leaf *leaf =
        plan_build_run(build, &whole, 1, query->field, MATCH_UNSCORED, &absent);
    return leaf_or_nothing(build, leaf, absent);
}

static struct matcher *build_value(const struct plan_building *build, const struct plan_node *node)
{
    struct matcher *by[2] = {build_whole_value(build, node->query)};
    if (!by[0] || node->query->word_count == 0)
        return by[0];
    by[1] = build_value_words(build, node->query);
    if (by[1])
        return match_or(build->source, by, 2);
    matcher_release(by[0]);
    return NULL;
}

/* The group of an article; an article that is hidden is not there. */
static struct matcher *build_copies(const struct plan_building *build, uint32_t doc)
{
    const uint32_t *docs;
    size_t count;
    if (collection_hides(build->file, doc))
        return nothing(build);
    if (!group_members(build->file, doc, build->source->budget, build->source->arena, &docs,
                       &count))
        return NULL;
    return match_docs(build->source, docs, count);
}

static struct matcher *build_id(const struct plan_building *build, const struct plan_node *node)
{
    uint32_t *doc = arena_allocate(build->source->arena, 1, sizeof *doc);
    if (!doc || !match_budget_spend(build->source->budget, 1))
        return NULL;
    enum status status =
        columns_find_id(&build->file->columns, build->documents, node->query->value, doc);
    if (status == STATUS_NOT_FOUND)
        return nothing(build);
    if (!match_budget_check(build->source->budget, status, CHUNK_IDS))
        return NULL;
    return node->query->copies ? build_copies(build, *doc) : match_docs(build->source, doc, 1);
}

static struct matcher *build_node(const struct plan_building *build, const struct plan_node *node)
{
    switch (node->query->kind) {
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_SPELLINGS:
    case QUERY_SEQUENCE:
    case QUERY_CHARACTERS:
        return build_leaf(build, node);
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_NOT:
        return build_inner(build, node);
    case QUERY_ALL:
        return match_all(build->source, build->file->settings->article_count);
    case QUERY_FIELD_VALUE:
        return build_value(build, node);
    case QUERY_DATE:
        return date_filter(build->source, node->query->first, node->query->last,
                           build->file->settings->article_count);
    case QUERY_ID:
        return build_id(build, node);
    case QUERY_NOTHING:
        break;
    }
    return nothing(build);
}

static struct plan_building building_of(const struct plan *plan, size_t file,
                                        const struct match_source *source)
{
    struct documents *documents = plan->workspace ? &plan->workspace->documents[file] : NULL;
    return (struct plan_building){plan, file, &plan->collection->files[file], source, documents};
}

struct matcher *plan_matcher(const struct plan *plan, size_t file,
                             const struct match_source *source, struct documents *documents)
{
    struct plan_building build = building_of(plan, file, source);
    build.documents = documents;
    struct matcher *root = build_node(&build, plan->root);
    if (!root)
        match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_LEXICON);
    if (root && source->budget->status == STATUS_OK)
        return root;
    matcher_release(root);
    return NULL;
}

struct match_leaf *plan_leaf_matcher(const struct plan *plan, size_t leaf, size_t file,
                                     const struct match_source *source, bool *absent)
{
    struct plan_building build = building_of(plan, file, source);
    struct match_leaf *made =
        plan_build_leaf(&build, plan->leaves[leaf].at, (uint32_t)leaf, absent);
    if (!made && !*absent)
        match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_LEXICON);
    return made;
}
