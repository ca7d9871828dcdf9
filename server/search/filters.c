#include "search/filters.h"

#include "base/bytes.h"
#include "search/plan_build.h"
#include "search/question.h"
#include "text/date.h"

struct filters {
    struct analyzer *analyzer;
    struct arena *arena;
    struct query_node *nodes[4];
    size_t count;
};

static struct query_node *add_node(struct filters *filters, enum query_kind kind)
{
    struct query_node *node = arena_allocate(filters->arena, 1, sizeof *node);
    if (!node)
        return NULL;
    node->kind = kind;
    return filters->nodes[filters->count++] = node;
}

static enum status read_date(struct slice text, const char *name, bool last, uint64_t *bound,
                             struct error *error)
{
    struct date date;
    uint64_t other;
    if (text.size == 0)
        return STATUS_OK;
    if (!date_parse(text, &date))
        return error_set(error, STATUS_INVALID, "%s: no date: '%.*s'", name,
                         (int)(text.size < 100 ? text.size : 100), text.data);
    if (last)
        date_span(&date, &other, bound);
    else
        date_span(&date, bound, &other);
    return STATUS_OK;
}

static enum status add_dates(struct filters *filters, const struct question *question,
                             struct error *error)
{
    uint64_t first = 0, last = UINT64_MAX;
    if (question->from.size == 0 && question->to.size == 0)
        return STATUS_OK;
    enum status status = read_date(question->from, "from", false, &first, error);
    if (status == STATUS_OK)
        status = read_date(question->to, "to", true, &last, error);
    if (status != STATUS_OK)
        return status;
    struct query_node *node = add_node(filters, QUERY_DATE);
    if (node) {
        node->first = first;
        node->last = last;
    }
    return STATUS_OK;
}

/* All words of the value, in the arena. */
static enum status read_words(struct filters *filters, struct slice value, struct query_node *node)
{
    struct word words[16];
    size_t capacity = 0, count;
    analyzer_begin(filters->analyzer, value);
    while ((count = analyzer_read(filters->analyzer, words, 16)) > 0) {
        if (node->word_count + count > capacity) {
            capacity = 2 * capacity + 16;
            node->words = arena_regrow(filters->arena, node->words, node->word_count, capacity,
                                       sizeof *node->words);
            if (!node->words)
                return STATUS_NO_MEMORY;
        }
        for (size_t i = 0; i < count; i++)
            node->words[node->word_count++].text = arena_copy(filters->arena, words[i].text);
    }
    return analyzer_status(filters->analyzer);
}

static enum status add_value(struct filters *filters, enum query_field field, struct slice value)
{
    struct bytes folded = {0};
    if (value.size == 0)
        return STATUS_OK;
    struct query_node *node = add_node(filters, QUERY_FIELD_VALUE);
    if (!node)
        return STATUS_NO_MEMORY;
    node->field = field;
    analyzer_fold_value(filters->analyzer, value, &folded);
    node->value = arena_copy(filters->arena, bytes_slice(&folded));
    enum status status = folded.status;
    bytes_release(&folded);
    return status == STATUS_OK ? read_words(filters, value, node) : status;
}

static enum status add_group(struct filters *filters, struct slice id)
{
    if (id.size == 0)
        return STATUS_OK;
    struct query_node *node = add_node(filters, QUERY_ID);
    if (!node)
        return STATUS_NO_MEMORY;
    node->value = id;
    node->copies = true;
    return STATUS_OK;
}

static struct query_node *inner_node(struct arena *arena, enum query_kind kind, size_t most)
{
    struct query_node *node = arena_allocate(arena, 1, sizeof *node);
    if (!node)
        return NULL;
    node->kind = kind;
    node->children = arena_allocate(arena, most, sizeof *node->children);
    return node->children ? node : NULL;
}

enum status filters_add(const struct question *question, struct analyzer *analyzer,
                        struct arena *arena, struct query_node **root, struct error *error)
{
    struct filters filters = {.analyzer = analyzer, .arena = arena};
    enum status status = add_dates(&filters, question, error);
    if (status == STATUS_OK)
        status = add_value(&filters, FIELD_SOURCE, question->source);
    if (status == STATUS_OK)
        status = add_value(&filters, FIELD_LANG, question->lang);
    if (status == STATUS_OK)
        status = add_group(&filters, question->group);
    if (status == STATUS_OK && arena->status != STATUS_OK)
        status = arena->status;
    if (status != STATUS_OK || filters.count == 0)
        return status;
    struct query_node *all = inner_node(arena, QUERY_AND, filters.count + 1);
    if (!all)
        return STATUS_NO_MEMORY;
    all->children[all->child_count++] = *root;
    for (size_t i = 0; i < filters.count; i++)
        all->children[all->child_count++] = filters.nodes[i];
    *root = all;
    return STATUS_OK;
}

/* Some word without quotation marks, that is, which need not be there. */
static bool holds_bare_words(const struct query_node *node)
{
    if (node->kind == QUERY_PHRASE)
        return !node->quoted;
    if (node->kind != QUERY_AND && node->kind != QUERY_OR && node->kind != QUERY_NOT)
        return false;
    for (size_t i = 0; i < node->child_count && !(node->kind == QUERY_NOT && i); i++)
        if (holds_bare_words(node->children[i]))
            return true;
    return false;
}

static struct query_node *any_of_and(const struct query_node *and, struct arena *arena)
{
    struct query_node *all = inner_node(arena, QUERY_AND, and->child_count + 1);
    struct query_node *any = inner_node(arena, QUERY_OR, and->child_count + 1);
    struct query_node *every = arena_allocate(arena, 1, sizeof *every);
    bool chosen = false; /* by what has to be there: others only raise the score */
    if (!all || !any || !every)
        return NULL;
    for (size_t i = 0; i < and->child_count; i++) {
        struct query_node *child = and->children[i];
        bool stays = child->required || !holds_bare_words(child);
        struct query_node *parent = stays ? all : any;
        parent->children[parent->child_count++] = child;
        chosen = chosen || (stays && plan_scores(child));
    }
    if (any->child_count < (chosen ? 1 : 2))
        return NULL;
    every->kind = QUERY_ALL;
    if (chosen)
        any->children[any->child_count++] = every;
    all->children[all->child_count++] = any;
    return all->child_count == 1 ? any : all;
}

struct query_node *filters_any_words(const struct query_node *root, struct arena *arena)
{
    if (root->kind == QUERY_AND)
        return any_of_and(root, arena);
    if (root->kind != QUERY_NOT)
        return NULL;
    struct query_node *first = filters_any_words(root->children[0], arena);
    struct query_node *without = first ? inner_node(arena, QUERY_NOT, root->child_count) : NULL;
    if (!without)
        return NULL;
    memcpy(without->children, root->children, root->child_count * sizeof *root->children);
    without->children[0] = first;
    without->child_count = root->child_count;
    return without;
}
