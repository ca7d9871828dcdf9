#include "search/spelling.h"

#include "search/spelling_readings.h"
#include "text/analyzer.h"

enum { SPELLING_WAYS_TRIED = 4 * SPELLING_WAYS_MOST }; /* some lead to the same words */

struct spelling { /* of one phrase */
    const struct spelling_table *table;
    const struct query_node *phrase;
    struct readings readings;
};

static struct arena *arena_of(const struct spelling *spelling)
{
    return spelling->table->arena;
}

/* --- One way -----------------------------------------------------------------------------------*/

struct way { /* through a part of the phrase; word_count of them */
    struct query_word *words;
    size_t word_count, capacity;
};

static void add_word(const struct spelling *spelling, struct way *way,
                     const struct query_word *word)
{
    if (way->word_count == way->capacity) {
        way->capacity = 2 * way->capacity + 8;
        way->words = arena_regrow(arena_of(spelling), way->words, way->word_count, way->capacity,
                                  sizeof *way->words);
        if (!way->words) {
            *way = (struct way){0};
            return;
        }
    }
    way->words[way->word_count++] = *word;
}

/* The words of another spelling stand where those stand that they are read for. */
static void add_reading(const struct spelling *spelling, struct way *way,
                        const struct reading *reading)
{
    const struct query_word *words = spelling->phrase->words;
    for (size_t i = 0; i < reading->count; i++)
        add_word(spelling, way,
                 &(struct query_word){.text = reading->words[i],
                                      .kind = WORD_ITSELF,
                                      .joint = i ? JOINT_NONE : words[reading->from].joint,
                                      .glued = i && spelling->phrase->slop,
                                      .start = words[reading->from].start,
                                      .end = words[reading->to - 1].end});
}

/* --- All ways through a part -------------------------------------------------------------------*/

struct ways {
    const struct spelling *spelling;
    size_t to, ended;
    struct query_node *node;
    struct way way; /* the one under way */
};

static bool is_same_way(const struct query_node *node, const struct way *way)
{
    if (node->word_count != way->word_count)
        return false;
    for (size_t i = 0; i < way->word_count; i++)
        if (!slice_equal(node->words[i].text, way->words[i].text))
            return false;
    return true;
}

static struct query_node *phrase_of(const struct spelling *spelling, const struct query_word *words,
                                    size_t count)
{
    struct query_node *node = arena_allocate(arena_of(spelling), 1, sizeof *node);
    if (!node)
        return NULL;
    *node = *spelling->phrase;
    node->words = arena_regrow(arena_of(spelling), words, count, count, sizeof *node->words);
    node->word_count = count;
    node->slop = count > 1 ? node->slop : 0;
    node->boost = 0;
    node->required = false;
    return node->words ? node : NULL;
}

static void end_way(struct ways *ways)
{
    struct query_node *parent = ways->node;
    if (++ways->ended > SPELLING_WAYS_TRIED)
        parent->cut = true;
    for (size_t i = 0; i < parent->child_count; i++)
        if (is_same_way(parent->children[i], &ways->way))
            return;
    if (parent->child_count == SPELLING_WAYS_MOST) {
        parent->cut = true;
        return;
    }
    struct query_node *node = phrase_of(ways->spelling, ways->way.words, ways->way.word_count);
    if (!node)
        return;
    node->quoted = node->quoted || parent->child_count > 0;
    parent->children[parent->child_count++] = node;
}

/* The written word first, then what else may stand here: so the first way is the written one. It
 * goes as deep as there are places with a choice on a way, and ends with the first way too many. */
static void go_on(struct ways *ways, size_t from)
{
    const struct spelling *spelling = ways->spelling;
    const struct readings *readings = &spelling->readings;
    size_t begun = ways->way.word_count, at = from, next = 0;
    while (next < readings->count && readings->items[next].from < at)
        next++;
    for (; at < ways->to && (next == readings->count || readings->items[next].from > at); at++)
        add_word(spelling, &ways->way, &spelling->phrase->words[at]);
    if (at == ways->to) {
        end_way(ways);
        ways->way.word_count = begun;
        return;
    }
    size_t held = ways->way.word_count;
    add_word(spelling, &ways->way, &spelling->phrase->words[at]);
    go_on(ways, at + 1);
    for (; next < readings->count && readings->items[next].from == at; next++) {
        ways->way.word_count = held;
        if (ways->node->cut || arena_of(spelling)->status != STATUS_OK)
            break;
        if (readings->items[next].to > ways->to)
            continue;
        add_reading(spelling, &ways->way, &readings->items[next]);
        go_on(ways, readings->items[next].to);
    }
    ways->way.word_count = begun;
}

static struct query_node *node_of(const struct spelling *spelling, enum query_kind kind,
                                  size_t most)
{
    struct query_node *node = arena_allocate(arena_of(spelling), 1, sizeof *node);
    if (!node)
        return NULL;
    node->kind = kind;
    node->field = spelling->phrase->field;
    node->children = arena_allocate(arena_of(spelling), most, sizeof *node->children);
    return node->children ? node : NULL;
}

/* A PHRASE where there is only one. */
static struct query_node *ways_of(const struct spelling *spelling, size_t from, size_t to)
{
    struct ways ways = {.spelling = spelling, .to = to};
    ways.node = node_of(spelling, QUERY_SPELLINGS, SPELLING_WAYS_MOST);
    if (!ways.node)
        return NULL;
    go_on(&ways, from);
    return ways.node->child_count == 1 ? ways.node->children[0] : ways.node;
}

/* --- Parts -------------------------------------------------------------------------------------*/

/* Whether a part may end before this word: no reading reaches over the place, and any words stay
 * within a part. */
static bool may_part(const struct spelling *spelling, size_t at)
{
    const struct query_word *words = spelling->phrase->words;
    if (words[at - 1].kind == WORD_ANY || words[at].kind == WORD_ANY)
        return false;
    for (size_t i = 0; i < spelling->readings.count; i++)
        if (spelling->readings.items[i].from < at && spelling->readings.items[i].to > at)
            return false;
    return true;
}

static const size_t *ways_from(const struct spelling *spelling, size_t from)
{
    return readings_ways(&spelling->readings, from, spelling->phrase->word_count,
                         SPELLING_WAYS_MOST, arena_of(spelling));
}

/* As far as there are not too many ways, if it can be parted before that. */
static size_t part_end(const struct spelling *spelling, size_t from)
{
    size_t count = spelling->phrase->word_count, end = 0;
    const size_t *ways = ways_from(spelling, from);
    for (size_t at = from + 1; ways && at <= count; at++) {
        if (at < count && !may_part(spelling, at))
            continue;
        if (end && ways[at - from] > SPELLING_WAYS_MOST)
            return end;
        end = at;
    }
    return count;
}

static struct query_node *in_parts(const struct spelling *spelling)
{
    size_t count = spelling->phrase->word_count;
    struct query_node *node = node_of(spelling, QUERY_SEQUENCE, count);
    for (size_t from = 0, end; node && from < count; from = end) {
        end = part_end(spelling, from);
        struct query_node *part = ways_of(spelling, from, end);
        if (!part)
            return NULL;
        node->children[node->child_count++] = part;
    }
    return node && node->child_count == 1 ? node->children[0] : node;
}

static struct query_node *spell_phrase(const struct spelling_table *table,
                                       struct query_node *phrase)
{
    struct spelling spelling = {.table = table, .phrase = phrase};
    if (phrase->exact || !readings_find(table, phrase, &spelling.readings))
        return phrase;
    if (!spelling.readings.count)
        return phrase;
    const size_t *ways = ways_from(&spelling, 0);
    bool many = ways && phrase->slop == 0 && ways[phrase->word_count] > SPELLING_WAYS_MOST;
    struct query_node *node =
        many ? in_parts(&spelling) : ways_of(&spelling, 0, phrase->word_count);
    if (!node)
        return NULL;
    node->boost = phrase->boost;
    node->required = phrase->required;
    return node;
}

/* --- The tree ----------------------------------------------------------------------------------*/

static struct query_node *spell(const struct spelling_table *table, struct query_node *root);

static struct query_node *spell_children(const struct spelling_table *table,
                                         struct query_node *node)
{
    struct query_node *copy = NULL;
    for (size_t i = 0; i < node->child_count; i++) {
        struct query_node *child = spell(table, node->children[i]);
        if (!child)
            return NULL;
        if (child == node->children[i])
            continue;
        if (!copy) {
            copy = arena_allocate(table->arena, 1, sizeof *copy);
            struct query_node **children =
                arena_regrow(table->arena, node->children, node->child_count, node->child_count,
                             sizeof(struct query_node *));
            if (!copy || !children)
                return NULL;
            *copy = *node;
            copy->children = children;
        }
        copy->children[i] = child;
    }
    return copy ? copy : node;
}

/* The very same node where nothing is spelled otherwise; the tree is as it was. NULL with the
 * budget's status bad. */
static struct query_node *spell(const struct spelling_table *table, struct query_node *root)
{
    struct query_node *spelled = root;
    if (root->kind == QUERY_PHRASE)
        spelled = spell_phrase(table, root);
    else if (root->kind != QUERY_CHARACTERS)
        spelled = spell_children(table, root);
    if (!match_budget_check(table->budget, table->arena->status, CHUNK_LEXICON))
        return NULL;
    return spelled;
}

static bool has_hyphen(const struct query_node *node)
{
    for (size_t i = 1; node->kind == QUERY_PHRASE && i < node->word_count; i++)
        if (node->words[i].joint == JOINT_HYPHEN)
            return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (has_hyphen(node->children[i]))
            return true;
    return false;
}

/* Whether there is anything to look for, told without looking anything up. */
static bool is_needed(const struct collection *collection, const struct query_node *root)
{
    return spelling_table_is_there(collection) || has_hyphen(root);
}

enum status spelling_plan(struct plan *plan, const struct collection *collection,
                          const struct vocabulary *known, struct query_node **root, bool wanted,
                          struct match_budget *budget, struct arena *arena)
{
    enum status status = plan_init_knowing(plan, collection, known, *root, budget, arena);
    if (status != STATUS_OK || !wanted || !is_needed(collection, *root))
        return status;
    struct vocabulary written = plan->vocabulary;
    struct spelling_table table = {collection, &written, budget, arena};
    struct query_node *spelled = spell(&table, *root);
    if (!spelled || spelled == *root)
        return spelled ? STATUS_OK : budget->status;
    *root = spelled;
    status = plan_init_knowing(plan, collection, &written, spelled, budget, arena);
    plan->written = written;
    return status;
}
