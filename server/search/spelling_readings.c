#include "search/spelling_readings.h"

#include "text/analyzer.h"

struct finding {
    const struct spelling_table *table;
    const struct query_node *phrase;
    struct readings *readings;
};

static void add(struct finding *finding, const struct reading *reading)
{
    struct readings *readings = finding->readings;
    if (readings->count == readings->capacity) {
        readings->capacity = readings->capacity ? 2 * readings->capacity : 4;
        readings->items = arena_regrow(finding->table->arena, readings->items, readings->count,
                                       readings->capacity, sizeof *readings->items);
        if (!readings->items) {
            *readings = (struct readings){0};
            return;
        }
    }
    readings->items[readings->count++] = *reading;
}

static struct slice join(struct finding *finding, size_t from, size_t to)
{
    const struct query_word *words = finding->phrase->words;
    size_t size = 0, at = 0;
    for (size_t i = from; i < to; i++)
        size += words[i].text.size;
    char *joined = arena_allocate(finding->table->arena, size, 1);
    for (size_t i = from; joined && i < to; i++) {
        memcpy(joined + at, words[i].text.data, words[i].text.size);
        at += words[i].text.size;
    }
    return slice_of(joined, joined ? size : 0);
}

static bool is_hyphen(const struct query_node *phrase, size_t i)
{
    return i < phrase->word_count && phrase->words[i].joint == JOINT_HYPHEN &&
           spelling_is_plain(&phrase->words[i - 1]) && spelling_is_plain(&phrase->words[i]) &&
           spelling_may_close(phrase->words[i - 1].text, phrase->words[i].text);
}

/* --- Readings ----------------------------------------------------------------------------------*/

/* What else a closed word is, that the words [from, to) are another spelling of. */
static bool add_parts(struct finding *finding, size_t from, size_t to, struct slice closed)
{
    const struct query_word *words = finding->phrase->words;
    struct spelling_pairs pairs = {0};
    if (!spelling_table_closed(finding->table, to - from == 1 ? &words[from] : NULL, closed,
                               &pairs))
        return false;
    for (size_t i = 0; i < pairs.count; i++) {
        struct reading reading = {from, to, {pairs.items[i].left, pairs.items[i].right}, 2};
        if (to - from != 2 || words[from].text.size != reading.words[0].size)
            add(finding, &reading);
    }
    return true;
}

static bool add_closed(struct finding *finding, size_t from, size_t to, struct slice closed)
{
    uint64_t articles;
    if (!spelling_table_articles(finding->table, closed, &articles))
        return false;
    if (articles)
        add(finding, &(struct reading){from, to, {closed}, 1});
    return true;
}

static bool find_at_pair(struct finding *finding, size_t i)
{
    const struct query_word *words = finding->phrase->words;
    bool is_pair = is_hyphen(finding->phrase, i + 1);
    if (!is_pair && (!spelling_is_plain(&words[i + 1]) ||
                     !spelling_may_close(words[i].text, words[i + 1].text)))
        return true;
    if (!is_pair && !spelling_table_pair(finding->table, &words[i], &words[i + 1], &is_pair))
        return false;
    if (!is_pair)
        return true;
    struct slice closed = join(finding, i, i + 2);
    return closed.size && add_closed(finding, i, i + 2, closed) &&
           add_parts(finding, i, i + 2, closed);
}

/* A chain of hyphens that begins here closed as a whole. */
static bool find_at_chain(struct finding *finding, size_t i)
{
    size_t end = i + 1, size = finding->phrase->words[i].text.size;
    if (i && is_hyphen(finding->phrase, i))
        return true;
    for (; is_hyphen(finding->phrase, end); end++)
        size += finding->phrase->words[end].text.size;
    if (end - i < 3 || size > WORD_MAX_BYTES)
        return true;
    struct slice closed = join(finding, i, end);
    return closed.size && add_closed(finding, i, end, closed);
}

bool readings_find(const struct spelling_table *table, const struct query_node *phrase,
                   struct readings *readings)
{
    struct finding finding = {table, phrase, readings};
    *readings = (struct readings){0};
    for (size_t i = 0; i < phrase->word_count; i++) {
        if (!spelling_is_plain(&phrase->words[i]))
            continue;
        bool good = add_parts(&finding, i, i + 1, phrase->words[i].text);
        if (good && i + 1 < phrase->word_count)
            good = find_at_pair(&finding, i) && find_at_chain(&finding, i);
        if (!good)
            return match_budget_check(table->budget, table->arena->status, CHUNK_LEXICON) && false;
    }
    return match_budget_check(table->budget, table->arena->status, CHUNK_LEXICON);
}

/* --- Ways --------------------------------------------------------------------------------------*/

const size_t *readings_ways(const struct readings *readings, size_t from, size_t to, size_t most,
                            struct arena *arena)
{
    size_t *ways = arena_allocate(arena, to - from + 1, sizeof *ways), at = 0;
    if (!ways)
        return NULL;
    ways[0] = 1;
    for (size_t i = from; i < to; i++) {
        if (ways[i - from] > most)
            ways[i - from] = most + 1;
        ways[i - from + 1] += ways[i - from];
        for (; at < readings->count && readings->items[at].from <= i; at++)
            if (readings->items[at].from == i && readings->items[at].to <= to)
                ways[readings->items[at].to - from] += ways[i - from];
    }
    if (ways[to - from] > most)
        ways[to - from] = most + 1;
    return ways;
}
