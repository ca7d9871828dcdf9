#include "search/quote_find.h"

#include "match/leaf.h"
#include "match/source.h"
#include "search/collection.h"
#include "search/quote_terms.h"
#include "search/quote_words.h"

enum {
    PLACES_OF_BLOCK = 128,
    RANK_NS = 300, /* what ranking a match was measured to take: so much time less to find more */
};

struct place { /* of a stretch of min words */
    uint32_t doc, at;
};

struct open_match {     /* that the last stretch was a part of */
    uint32_t doc, last; /* where that stretch stands */
    uint16_t start, words;
};

struct finder {
    const struct collection_file *file;
    uint32_t number; /* of the file */
    uint32_t min;
    struct match_budget *budget;
    uint64_t deadline_us; /* the budget's before any was found; 0: none */
    struct bytes *matches;
    struct bytes places;    /* struct place of the stretch at hand, ascending */
    struct bytes open[2];   /* struct open_match, ascending; of the last stretch and of this one */
    struct bytes positions; /* scratch */
};

/* --- One stretch of words ----------------------------------------------------------------------*/

static bool add_places(struct finder *finder, uint32_t doc)
{
    const uint32_t *positions = bytes_items(&finder->positions);
    size_t count = finder->positions.size / sizeof *positions;
    struct place *to = bytes_extend(&finder->places, count * sizeof *to);
    for (size_t i = 0; to && i < count; i++) {
        if (!match_budget_place(finder->budget, i))
            return false;
        to[i] = (struct place){doc, positions[i]};
    }
    return match_budget_check(finder->budget, finder->places.status, CHUNK_POSITIONS);
}

static bool walk(struct finder *finder, struct match_leaf *leaf)
{
    uint32_t doc;
    while ((doc = matcher_next(&leaf->matcher)) != NO_MORE_DOCS) {
        if (collection_hides(finder->file, doc))
            continue;
        if (!match_leaf_occurrences(leaf, &finder->positions) || !add_places(finder, doc))
            return false;
    }
    return finder->budget->status == STATUS_OK;
}

/* Fills places; false where they may be too few, the budget's status says why. */
static bool find_places(struct finder *finder, const struct quote_terms *terms, size_t at,
                        struct arena *matchers)
{
    struct match_source source = {.snapshot = finder->file->snapshot,
                                  .columns = &finder->file->columns,
                                  .budget = finder->budget,
                                  .arena = matchers};
    bool absent;
    bytes_clear(&finder->places);
    arena_clear(matchers);
    struct match_leaf *leaf = quote_terms_leaf(terms, &source, at, finder->min, &absent);
    if (!leaf) {
        if (!absent)
            match_budget_check(finder->budget, STATUS_NO_MEMORY, CHUNK_POSTINGS);
        return absent;
    }
    bool good = walk(finder, leaf);
    matcher_release(&leaf->matcher);
    return good;
}

/* --- From stretches to matches -----------------------------------------------------------------*/

static void put_match(struct finder *finder, const struct open_match *open)
{
    uint32_t before = open->words - finder->min;
    struct quote_match match = {finder->number, open->doc, open->last - before, open->start,
                                open->words};
    bytes_append(finder->matches, &match, sizeof match);
}

static int compare(const struct open_match *open, const struct place *place)
{
    if (open->doc != place->doc)
        return open->doc < place->doc ? -1 : 1;
    return (open->last + 1 > place->at) - (open->last + 1 < place->at);
}

static void put_open(struct bytes *out, const struct place *place, uint16_t start, uint16_t words)
{
    struct open_match open = {place->doc, place->at, start, words};
    bytes_append(out, &open, sizeof open);
}

static size_t count_matches(const struct finder *finder)
{
    return finder->matches->size / sizeof(struct quote_match);
}

/* Pays for so many places. Each match found, and each that is open, takes its part of the time that
 * is left. */
static bool spend(struct finder *finder, size_t places)
{
    size_t open = finder->open[1].size / sizeof(struct open_match);
    uint64_t kept_us = (count_matches(finder) + open) * RANK_NS / 1000;
    if (finder->deadline_us)
        finder->budget->deadline_us =
            kept_us < finder->deadline_us ? finder->deadline_us - kept_us : 1;
    return match_budget_spend(finder->budget, places / PLACES_OF_BLOCK);
}

/* The stretch at `at` of the pasted text stands at the places: matches go on there or begin, and
 * those that do not go on are whole. False with the budget's status bad. */
static bool join(struct finder *finder, size_t at)
{
    const struct place *place = bytes_items(&finder->places);
    const struct open_match *open = bytes_items(&finder->open[0]);
    size_t place_count = finder->places.size / sizeof *place;
    size_t open_count = finder->open[0].size / sizeof *open, steps = 0;
    for (size_t i = 0, j = 0; i < open_count || j < place_count;) {
        int order = i == open_count ? 1 : j == place_count ? -1 : compare(&open[i], &place[j]);
        if (order < 0)
            put_match(finder, &open[i++]);
        else if (order > 0)
            put_open(&finder->open[1], &place[j++], (uint16_t)at, (uint16_t)finder->min);
        else {
            put_open(&finder->open[1], &place[j++], open[i].start, open[i].words + 1);
            i++;
        }
        if (++steps % BUDGET_PLACES == 0 && !spend(finder, BUDGET_PLACES))
            return false;
    }
    return spend(finder, steps % BUDGET_PLACES);
}

static bool advance(struct finder *finder, size_t at)
{
    bytes_clear(&finder->open[1]);
    bool good = join(finder, at);
    struct bytes old = finder->open[0];
    finder->open[0] = finder->open[1];
    finder->open[1] = old;
    if (count_matches(finder) > QUOTE_MATCHES_MOST) {
        finder->budget->cut = true;
        return false;
    }
    return match_budget_check(finder->budget, finder->open[0].status, CHUNK_POSITIONS) &&
           match_budget_check(finder->budget, finder->matches->status, CHUNK_POSITIONS) && good;
}

static void end_all(struct finder *finder)
{
    const struct open_match *open = bytes_items(&finder->open[0]);
    for (size_t i = 0; i < finder->open[0].size / sizeof *open; i++)
        put_match(finder, &open[i]);
    bytes_clear(&finder->open[0]);
}

/* --- One file ----------------------------------------------------------------------------------*/

static bool is_as_before(const struct quote_terms *terms, size_t at, uint32_t min)
{
    return at > 0 &&
           memcmp(terms->terms + at - 1, terms->terms + at, min * sizeof(struct term *)) == 0;
}

static void find_in_file(struct finder *finder, const struct quote_words *words,
                         struct arena *arena, struct arena *matchers)
{
    struct quote_terms terms;
    bool good = quote_terms_init(&terms, finder->file, words, finder->min, finder->budget, arena);
    for (size_t at = 0; good && at + finder->min <= words->count; at++) {
        good = is_as_before(&terms, at, finder->min) || find_places(finder, &terms, at, matchers);
        good = good && advance(finder, at);
    }
    end_all(finder);
}

void quote_find_matches(const struct collection *collection, const struct quote_words *words,
                        uint32_t min, struct match_budget *budget, struct arena *arena,
                        struct arena *matchers, struct bytes *matches)
{
    struct finder finder = {
        .min = min, .budget = budget, .deadline_us = budget->deadline_us, .matches = matches};
    for (size_t i = 0; i < collection->file_count && budget->status == STATUS_OK && !budget->cut;
         i++) {
        match_budget_enter(budget, i);
        finder.file = &collection->files[i];
        finder.number = (uint32_t)i;
        find_in_file(&finder, words, arena, matchers);
    }
    bytes_release(&finder.places);
    bytes_release(&finder.open[0]);
    bytes_release(&finder.open[1]);
    bytes_release(&finder.positions);
    match_budget_check(budget, matches->status, CHUNK_POSITIONS);
}
