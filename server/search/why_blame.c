#include <string.h>

#include "search/collection.h"
#include "search/relax_tree.h"
#include "search/spelling_table.h"
#include "search/why_work.h"

bool why_is_filter(const struct query_node *node)
{
    return node->kind == QUERY_FIELD_VALUE || node->kind == QUERY_DATE || node->kind == QUERY_ID;
}

static void blame(struct why_work *work, const struct query_node *at, enum why_cause cause)
{
    work->at = at;
    work->alone = true;
    work->why->cause = cause;
}

static void add_missing(struct why_work *work, const struct query_word *word)
{
    for (size_t i = 0; i < work->missing_count && i < WHY_MISSING_MOST; i++)
        if (slice_equal(work->missing[i]->text, word->text))
            return;
    if (work->missing_count < WHY_MISSING_MOST)
        work->missing[work->missing_count] = word;
    work->missing_count++;
}

/* --- Phrases -----------------------------------------------------------------------------------*/

struct query_node *why_part(const struct why_work *work, const struct query_node *phrase,
                            struct why_run run)
{
    const struct query_word *words = phrase->words + run.first;
    for (; run.count && words->kind == WORD_ANY; words++)
        run.count--;
    while (run.count && words[run.count - 1].kind == WORD_ANY)
        run.count--;
    struct query_node *part = run.count ? relax_copy(work->request->scratch, phrase) : NULL;
    if (!part)
        return NULL;
    part->words = (struct query_word *)(uintptr_t)words; /* only read */
    part->word_count = run.count;
    part->slop = run.count > 1 ? phrase->slop : 0;
    part->required = false;
    part->boost = 0;
    return part;
}

/* Whether an article holds the word, as it is written, that anybody may see and nothing leaves out:
 * the lexicon tells. False tells nothing, as spellings and inflections may. */
static bool is_there(const struct why_work *work, const struct query_node *phrase,
                     const struct query_word *word)
{
    const struct why_request *request = work->request;
    const struct spelling_table table = {.collection = request->collection,
                                         .budget = request->budget};
    uint64_t articles;
    bool tells = word->kind == WORD_ITSELF && phrase->field == FIELD_ANY &&
                 !why_is_narrowed(work) && request->collection->hidden_count == 0;
    return tells && spelling_table_articles(&table, word->text, &articles) && articles > 0;
}

/* The phrase as a whole does not. */
static bool part_occurs(struct why_work *work, const struct query_node *phrase, size_t first,
                        size_t count)
{
    if (count == phrase->word_count)
        return false;
    if (count == 1 && is_there(work, phrase, &phrase->words[first]))
        return true;
    struct query_node *part = why_part(work, phrase, (struct why_run){first, count});
    return !part || why_finds(work, part);
}

/* In the place of the shortest, of which the last, where there are too many. */
static void keep_run(struct why_work *work, size_t first, size_t end)
{
    struct why_run run = {first, end - first};
    size_t least = 0;
    if (work->run_count < WHY_RUNS_MOST) {
        work->runs[work->run_count] = run;
        work->run_count += end > first;
        return;
    }
    for (size_t i = 1; i < WHY_RUNS_MOST; i++)
        if (work->runs[i].count <= work->runs[least].count)
            least = i;
    if (work->runs[least].count >= run.count)
        return;
    memmove(&work->runs[least], &work->runs[least + 1],
            (WHY_RUNS_MOST - 1 - least) * sizeof *work->runs);
    work->runs[WHY_RUNS_MOST - 1] = run;
}

/* From each word on, as far as it goes on standing somewhere: what ends one word further on is
 * absent, and no absent run begins here that is shorter. A part of what occurs occurs, so the ends
 * only rise. */
static void walk_runs(struct why_work *work, const struct query_node *phrase)
{
    size_t end = 0, before = 0, count = phrase->word_count;
    for (size_t first = 0; first < count && end < count; first++) {
        end = end < first ? first : end;
        while (end < count && part_occurs(work, phrase, first, end + 1 - first))
            end++;
        if (work->ended)
            return;
        if (first == 0 || end > before)
            keep_run(work, first, end);
        before = end;
        if (end == first)
            add_missing(work, &phrase->words[first]);
        if (end < count && (work->run.count == 0 || end + 1 - first < work->run.count))
            work->run = (struct why_run){first, end + 1 - first};
    }
}

static enum why_cause cause_of_word(const struct query_word *word)
{
    return word->kind == WORD_ITSELF ? WHY_WORD : WHY_PATTERN;
}

static void blame_phrase(struct why_work *work, const struct query_node *phrase)
{
    walk_runs(work, phrase);
    if (work->run.count == 1)
        blame(work, phrase, cause_of_word(&phrase->words[work->run.first]));
    else
        blame(work, phrase, work->run.count == 2 ? WHY_PAIR : WHY_PHRASE);
}

static bool is_in_bodies(struct why_work *work, const struct query_node *phrase)
{
    struct query_node *anywhere = relax_copy(work->request->scratch, phrase);
    if (!anywhere || phrase->field != FIELD_TITLE)
        return false;
    anywhere->field = FIELD_ANY;
    return why_finds(work, anywhere) && !work->ended;
}

static void blame_words(struct why_work *work, const struct query_node *phrase)
{
    if (is_in_bodies(work, phrase)) {
        blame(work, phrase, WHY_TITLE);
    } else if (phrase->word_count > 1) {
        blame_phrase(work, phrase);
    } else {
        blame(work, phrase, cause_of_word(phrase->words));
        work->run = (struct why_run){0, 1};
        add_missing(work, phrase->words);
    }
}

/* --- What holds several ------------------------------------------------------------------------*/

/* An AND all of whose parts find some: without which condition are there any? */
static void blame_together(struct why_work *work, const struct query_node *node)
{
    struct query_node *rest = relax_copy(work->request->scratch, node);
    struct query_node **children =
        arena_allocate(work->request->scratch, node->child_count, sizeof *children);
    blame(work, node, WHY_TOGETHER);
    work->among = node;
    for (size_t left = 0; rest && children && left < node->child_count; left++) {
        if (!why_is_filter(node->children[left]))
            continue;
        rest->children = children;
        rest->child_count = 0;
        for (size_t i = 0; i < node->child_count; i++)
            if (i != left)
                children[rest->child_count++] = node->children[i];
        if (!why_finds(work, rest) || work->ended)
            continue;
        bool date = node->children[left]->kind == QUERY_DATE;
        blame(work, node->children[left], date ? WHY_DATE : WHY_FIELD);
        work->alone = false;
        return;
    }
}

static void add_failing(struct why_work *work, const struct query_node *node)
{
    if (work->failing_count < WHY_MISSING_MOST)
        work->failing[work->failing_count++] = node;
    if (node->kind == QUERY_PHRASE && node->word_count == 1 && node->field == FIELD_ANY)
        add_missing(work, node->words);
}

/* The first of its children that finds nothing; false where each finds some. */
static bool blame_failing(struct why_work *work, const struct query_node *node, size_t count)
{
    bool blamed = false;
    for (size_t i = 0; i < count && !work->ended; i++) {
        if (why_finds(work, node->children[i]))
            continue;
        if (blamed)
            add_failing(work, node->children[i]);
        else
            why_blame(work, node->children[i]);
        blamed = true;
    }
    return blamed;
}

static void blame_all_of(struct why_work *work, const struct query_node *node)
{
    if (!blame_failing(work, node, node->child_count))
        blame_together(work, node);
}

static void blame_child(struct why_work *work, const struct query_node *node, size_t count,
                        enum why_cause cause)
{
    if (!blame_failing(work, node, count))
        blame(work, node, cause);
}

void why_blame(struct why_work *work, const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_PHRASE:
        blame_words(work, node);
        break;
    case QUERY_AND:
        blame_all_of(work, node);
        break;
    case QUERY_OR:
        blame(work, node, WHY_ANY);
        break;
    case QUERY_NOT:
        blame_child(work, node, 1, WHY_NOT);
        break;
    case QUERY_FIELD_VALUE:
    case QUERY_ID:
        blame(work, node, WHY_FIELD);
        break;
    case QUERY_DATE:
        blame(work, node, WHY_DATE);
        break;
    case QUERY_NEAR:
        blame_child(work, node, node->child_count, WHY_NEAR);
        break;
    case QUERY_CHARACTERS:
        blame_child(work, node, node->child_count, WHY_CHARACTERS);
        break;
    default: /* nothing, or everything where there is nothing */
        blame(work, node, WHY_EMPTY);
        break;
    }
}
