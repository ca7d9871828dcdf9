#include "match/union_positions.h"

#include "base/memory.h"
#include "match/places.h"
#include "store/lexicon_scan.h"
#include "store/postings_read.h"

/* Positions that are held at once, but for those of a single article. */
enum { VALUES_MOST = 1 << 22 };

struct wanted { /* of 64 articles */
    uint64_t bits;
    uint32_t before; /* how many are wanted of those before */
};

struct reading {
    struct union_positions *of;
    const struct match_source *source;
    struct wanted *wanted; /* from the first article's 64 to the last's */
    uint32_t first, last;  /* articles / 64 */
    struct postings postings;
};

static uint32_t *numbers(const struct bytes *bytes)
{
    return (uint32_t *)(void *)bytes->data;
}

static size_t count_of(const struct bytes *bytes)
{
    return bytes->size / sizeof(uint32_t);
}

static bool check(const struct reading *reading, enum status status, enum chunk_id chunk)
{
    return match_budget_check(reading->source->budget, status, chunk);
}

/* --- Articles ----------------------------------------------------------------------------------*/

static void add_article(struct union_positions *of, uint32_t doc, uint32_t start)
{
    bytes_append(&of->docs, &doc, sizeof doc);
    bytes_append(&of->starts, &start, sizeof start);
}

/* Chooses the articles and makes room. How many of `count` they are among. */
static size_t choose(struct union_positions *of, const struct term_union *words,
                     const uint32_t *docs, size_t count)
{
    uint64_t total = 0;
    uint32_t at = 0;
    size_t i = 0;
    bytes_clear(&of->docs);
    bytes_clear(&of->starts);
    bytes_clear(&of->values);
    bytes_clear(&of->filled);
    for (; i < count; i++) {
        at = term_union_find(words, at, docs[i]);
        if (at == words->df || words->docs[at] != docs[i])
            continue;
        if (total && total + words->tfs[at] > VALUES_MOST)
            break;
        add_article(of, docs[i], (uint32_t)total);
        total += words->tfs[at];
    }
    uint32_t end = (uint32_t)total;
    bytes_append(&of->starts, &end, sizeof end);
    bytes_append_zeros(&of->filled, of->docs.size);
    bytes_extend(&of->values, (size_t)total * sizeof(uint32_t));
    return i;
}

/* --- Words -------------------------------------------------------------------------------------*/

/* What is more than the counts say is left out: where these were cut short. */
static bool put(struct reading *reading, size_t i, const uint32_t *values, size_t count)
{
    struct union_positions *of = reading->of;
    const uint32_t *starts = numbers(&of->starts);
    uint32_t *filled = &numbers(&of->filled)[i], room = starts[i + 1] - starts[i] - *filled;
    if (count > room)
        count = room;
    bool good =
        match_places_copy(reading->source->budget, numbers(&of->values) + starts[i] + *filled,
                          values, count * sizeof *values);
    *filled += (uint32_t)count;
    return good;
}

/* How many of the articles asked for come before this one; *is_one: whether it is one itself. */
static size_t find_article(const struct reading *reading, uint32_t doc, bool *is_one)
{
    *is_one = false;
    if (doc / 64 < reading->first)
        return 0;
    if (doc / 64 > reading->last)
        return count_of(&reading->of->docs);
    const struct wanted *wanted = &reading->wanted[doc / 64 - reading->first];
    uint64_t bit = (uint64_t)1 << doc % 64;
    *is_one = wanted->bits & bit;
    return wanted->before + (size_t)__builtin_popcountll(wanted->bits & (bit - 1));
}

static bool init_wanted(struct reading *reading)
{
    const uint32_t *docs = numbers(&reading->of->docs);
    size_t count = count_of(&reading->of->docs);
    uint32_t before = 0;
    if (count == 0)
        return true;
    reading->first = docs[0] / 64;
    reading->last = docs[count - 1] / 64;
    reading->wanted = memory_allocate_zeroed((size_t)(reading->last - reading->first) + 1,
                                             sizeof *reading->wanted);
    if (!reading->wanted)
        return check(reading, STATUS_NO_MEMORY, CHUNK_POSITIONS);
    for (size_t i = 0; i < count; i++)
        reading->wanted[docs[i] / 64 - reading->first].bits |= (uint64_t)1 << docs[i] % 64;
    for (uint32_t i = 0; i <= reading->last - reading->first; i++) {
        reading->wanted[i].before = before;
        before += (uint32_t)__builtin_popcountll(reading->wanted[i].bits);
    }
    return true;
}

/* Positions of the articles that the current block and those asked for share. */
static bool read_block(struct reading *reading)
{
    struct union_positions *of = reading->of;
    struct postings *postings = &reading->postings;
    for (uint32_t at = 0; at < postings->count; at++) {
        bool is_one;
        size_t i = find_article(reading, postings->docs[at], &is_one);
        if (!is_one)
            continue;
        if ((!postings->has_tfs && !postings_read_tfs(postings)) ||
            !match_places_read(reading->source->budget, postings, at, UINT32_MAX, &of->positions) ||
            !put(reading, i, numbers(&of->positions), count_of(&of->positions)))
            return false;
    }
    return true;
}

static bool read_lists(struct reading *reading, const struct term *term)
{
    struct union_positions *of = reading->of;
    struct postings *postings = &reading->postings;
    const uint32_t *docs = numbers(&of->docs);
    enum status status = postings_open(postings, reading->source->snapshot, term, false);
    bool goes_on = check(reading, status, CHUNK_POSTINGS);
    for (size_t i = 0; goes_on && i < count_of(&of->docs) && postings_seek(postings, docs[i]);) {
        bool is_one;
        i = find_article(reading, postings->docs[postings->count - 1] + 1, &is_one);
        goes_on = match_budget_spend(reading->source->budget, 2) && read_block(reading);
    }
    if (status == STATUS_OK)
        goes_on = check(reading, postings->status, postings->chunk) && goes_on;
    postings_release(postings);
    return goes_on;
}

static bool read_term(struct reading *reading, const struct term *term)
{
    if (!term->one_article)
        return read_lists(reading, term);
    bool is_one;
    size_t i = find_article(reading, term->doc, &is_one);
    if (!is_one)
        return true;
    if (!term->is_inline)
        return read_lists(reading, term);
    return put(reading, i, term->positions, (size_t)term->all.cf);
}

static bool read_terms(struct reading *reading, const struct term_union *words)
{
    struct match_budget *budget = reading->source->budget;
    struct lexicon_scan scan = {.lexicon = words->lexicon};
    struct term term;
    bool good = true;
    for (size_t i = 0; i < words->word_count && good; i++) {
        if (i % UNION_WORDS_OF_BLOCK == 0 && !match_budget_spend(budget, 1))
            break;
        good = term_union_word(words, i, &scan, budget, &term) && read_term(reading, &term);
    }
    lexicon_scan_release(&scan);
    return budget->status == STATUS_OK;
}

/* --- Order -------------------------------------------------------------------------------------*/

static int by_value(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void insert_each(uint32_t *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t value = values[i];
        size_t at = i;
        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}

/* Different values below BITS × 64 behind the least, by a bit each. */
enum { BITS = 512 };
static void sort_by_bits(uint32_t *values, size_t count, uint32_t least, uint32_t greatest)
{
    uint64_t bits[BITS];
    size_t words = (greatest - least) / 64 + 1, at = 0;
    memset(bits, 0, words * sizeof *bits);
    for (size_t i = 0; i < count; i++)
        bits[(values[i] - least) / 64] |= (uint64_t)1 << (values[i] - least) % 64;
    for (size_t i = 0; i < words; i++)
        for (uint64_t left = bits[i]; left && at < count; left &= left - 1)
            values[at++] = least + (uint32_t)(64 * i) + (uint32_t)__builtin_ctzll(left);
}

/* No two words stand in one place. */
static bool sort(struct match_budget *budget, uint32_t *values, size_t count)
{
    enum { FEW = 16 };
    if (count <= FEW) {
        insert_each(values, count);
        return true;
    }
    uint32_t least = values[0], greatest = values[0];
    for (size_t i = 1; i < count; i++) {
        least = values[i] < least ? values[i] : least;
        greatest = values[i] > greatest ? values[i] : greatest;
    }
    if ((greatest - least) / 64 >= BITS || (greatest - least) / 64 >= 8 * count)
        return match_places_order(budget, values, count, sizeof *values, by_value);
    sort_by_bits(values, count, least, greatest);
    return true;
}

static bool sort_all(struct union_positions *of, struct match_budget *budget)
{
    const uint32_t *starts = numbers(&of->starts), *filled = numbers(&of->filled);
    for (size_t i = 0; i < count_of(&of->docs); i++)
        if (!sort(budget, numbers(&of->values) + starts[i], filled[i]))
            return false;
    return true;
}

/* -----------------------------------------------------------------------------------------------*/

size_t union_positions_read(struct union_positions *of, const struct match_source *source,
                            const struct term_union *words, const uint32_t *docs, size_t count)
{
    size_t among = choose(of, words, docs, count);
    bool good = of->docs.status == STATUS_OK && of->starts.status == STATUS_OK &&
                of->values.status == STATUS_OK && of->filled.status == STATUS_OK;
    struct reading *reading = good ? memory_allocate(sizeof *reading) : NULL;
    if (!match_budget_check(source->budget, reading ? STATUS_OK : STATUS_NO_MEMORY,
                            CHUNK_POSITIONS))
        return 0;
    *reading = (struct reading){.of = of, .source = source};
    good = of->docs.size == 0 || (init_wanted(reading) && read_terms(reading, words));
    memory_free(reading->wanted);
    memory_free(reading);
    if (good && words->word_count > 1)
        good = sort_all(of, source->budget);
    return good ? among : 0;
}

bool union_positions_find(const struct union_positions *of, uint32_t doc, const uint32_t **values,
                          size_t *count)
{
    const uint32_t *docs = numbers(&of->docs);
    size_t i = 0, high = count_of(&of->docs);
    while (i < high) {
        size_t middle = i + (high - i) / 2;
        if (docs[middle] < doc)
            i = middle + 1;
        else
            high = middle;
    }
    if (i == count_of(&of->docs) || docs[i] != doc)
        return false;
    *values = numbers(&of->values) + numbers(&of->starts)[i];
    *count = numbers(&of->filled)[i];
    return true;
}

void union_positions_release(struct union_positions *of)
{
    bytes_release(&of->docs);
    bytes_release(&of->starts);
    bytes_release(&of->values);
    bytes_release(&of->filled);
    bytes_release(&of->positions);
}
