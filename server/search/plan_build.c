#include "search/plan_build.h"

#include "match/and.h"
#include "match/docs.h"
#include "match/gram.h"
#include "match/not.h"
#include "match/or.h"
#include "match/phrase.h"
#include "match/predicate.h"
#include "match/term.h"
#include "search/collection.h"
#include "search/cover.h"
#include "search/date_filter.h"
#include "store/key.h"

struct build { /* of one file's matchers */
    const struct plan *plan;
    size_t at; /* the file's place in the collection */
    const struct collection_file *file;
    const struct match_source *source;
    struct documents *documents;
};

static struct matcher *build_node(const struct build *build, const struct plan_node *node);

static struct matcher *nothing(const struct build *build)
{
    return match_docs(build->source, NULL, 0);
}

/* terms: one a word. A phrase that lacks a word in this file matches nothing. */
static struct match_leaf *leaf_of_terms(const struct build *build, const struct term **terms,
                                        size_t count, bool titles, uint32_t number, bool *absent)
{
    *absent = false;
    for (size_t i = 0; i < count; i++)
        *absent =
            *absent || !terms[i] || (titles && !terms[i]->one_article && terms[i]->titles.df == 0);
    if (*absent)
        return NULL;
    if (count == 1)
        return match_term(build->source, terms[0], titles, number);
    return match_phrase(build->source, terms, count, titles, number);
}

static bool has_all(const struct term *const *terms, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all = all && terms[i];
    return all;
}

/* Of title and body, by grams where the file has any. */
static struct match_leaf *leaf_by_grams(const struct build *build, const struct term **terms,
                                        size_t count, uint32_t number, bool *absent)
{
    struct cover cover;
    if (!cover_find(build->source, &build->file->grams, build->file->settings->article_count, terms,
                    count, &cover))
        return NULL;
    *absent = cover.absent;
    if (cover.absent)
        return NULL;
    if (cover.part_count == 1)
        return match_gram(build->source, cover.parts->gram, terms, count, number);
    return match_phrase_of_parts(build->source, terms, count, cover.parts, cover.part_count,
                                 number);
}

static struct match_leaf *build_leaf(const struct build *build, const struct query_node *query,
                                     struct vocabulary_word *const *words, uint32_t number,
                                     bool *absent)
{
    const struct term **terms =
        arena_allocate(build->source->arena, query->word_count, sizeof *terms);
    *absent = false;
    if (!terms)
        return NULL;
    for (size_t i = 0; i < query->word_count; i++)
        terms[i] = words[i]->terms[build->at];
    if (query->field == FIELD_ANY && query->word_count > 1 && build->file->grams.present &&
        has_all(terms, query->word_count))
        return leaf_by_grams(build, terms, query->word_count, number, absent);
    return leaf_of_terms(build, terms, query->word_count, query->field == FIELD_TITLE, number,
                         absent);
}

static struct matcher *build_phrase(const struct build *build, const struct plan_node *node)
{
    bool absent;
    struct match_leaf *leaf = build_leaf(build, node->query, node->words, node->leaf, &absent);
    return absent ? nothing(build) : leaf ? &leaf->matcher : NULL;
}

/* The children until one of an AND can match nothing; *count of them. False where memory ends:
 * those made are released. */
static bool build_children(const struct build *build, const struct plan_node *node,
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

static struct matcher *build_inner(const struct build *build, const struct plan_node *node)
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
static bool find_key(const struct build *build, int kind, const struct query_node *query,
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

/* Equal words share one term, as a phrase wants them. */
static bool find_value_words(const struct build *build, const struct query_node *query,
                             const struct term **terms)
{
    for (size_t i = 0; i < query->word_count; i++) {
        size_t same = 0;
        while (!slice_equal(query->words[same].text, query->words[i].text))
            same++;
        terms[i] = terms[same];
        if (same == i && !find_key(build, KEY_VALUE_WORD, query, query->words[i].text, &terms[i]))
            return false;
    }
    return true;
}

static struct matcher *leaf_or_nothing(const struct build *build, const struct term **terms,
                                       size_t count)
{
    bool absent;
    struct match_leaf *leaf = leaf_of_terms(build, terms, count, false, MATCH_UNSCORED, &absent);
    return absent ? nothing(build) : leaf ? &leaf->matcher : NULL;
}

static struct matcher *build_value(const struct build *build, const struct plan_node *node)
{
    const struct query_node *query = node->query;
    const struct term *whole = NULL;
    const struct term **terms =
        arena_allocate(build->source->arena, query->word_count + 1, sizeof *terms);
    if (!terms || (query->value.size && !find_key(build, KEY_VALUE, query, query->value, &whole)) ||
        !find_value_words(build, query, terms))
        return NULL;
    struct matcher *by[2] = {leaf_or_nothing(build, &whole, 1)};
    if (!by[0] || query->word_count == 0)
        return by[0];
    by[1] = leaf_or_nothing(build, terms, query->word_count);
    if (by[1])
        return match_or(build->source, by, 2);
    matcher_release(by[0]);
    return NULL;
}

static struct matcher *build_id(const struct build *build, const struct plan_node *node)
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
    return match_docs(build->source, doc, 1);
}

static struct matcher *build_node(const struct build *build, const struct plan_node *node)
{
    switch (node->query->kind) {
    case QUERY_PHRASE:
        return build_phrase(build, node);
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
    case QUERY_NEAR: /* the parser makes none of these two */
    case QUERY_CHARACTERS:
    case QUERY_NOTHING:
        break;
    }
    return nothing(build);
}

static struct build build_of(const struct plan *plan, size_t file,
                             const struct match_source *source)
{
    return (struct build){plan, file, &plan->collection->files[file], source, NULL};
}

struct matcher *plan_matcher(const struct plan *plan, size_t file,
                             const struct match_source *source, struct documents *documents)
{
    struct build build = build_of(plan, file, source);
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
    struct build build = build_of(plan, file, source);
    const struct plan_leaf *which = &plan->leaves[leaf];
    struct match_leaf *made = build_leaf(&build, which->node, which->words, (uint32_t)leaf, absent);
    if (!made && !*absent)
        match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_LEXICON);
    return made;
}
