#include "search/quote_terms.h"

#include "base/hash.h"
#include "match/leaf.h"
#include "search/collection.h"
#include "search/cover.h"
#include "search/quote_words.h"
#include "search/vocabulary.h"

/* --- Terms -------------------------------------------------------------------------------------*/

/* The first word equal to each, found by a table of places + 1. */
static uint32_t *find_equal(const struct quote_words *words, struct arena *arena)
{
    enum { SLOTS = 4 * 4096 };
    uint32_t *slots = arena_allocate(arena, SLOTS, sizeof *slots);
    uint32_t *equal = arena_allocate(arena, words->count + 1, sizeof *equal);
    uint64_t key = hash_process_key();
    for (uint32_t i = 0; slots && equal && i < words->count; i++) {
        struct slice text = words->items[i].text;
        size_t at = hash_keyed(text.data, text.size, key) % SLOTS;
        while (slots[at] && !slice_equal(words->items[slots[at] - 1].text, text))
            at = (at + 1) % SLOTS;
        if (!slots[at])
            slots[at] = i + 1;
        equal[i] = slots[at] - 1;
    }
    return slots ? equal : NULL;
}

static bool find_terms(struct quote_terms *terms, const struct quote_words *words,
                       struct match_budget *budget, struct arena *arena)
{
    const uint32_t *equal = find_equal(words, arena);
    terms->terms = arena_allocate(arena, words->count + 1, sizeof *terms->terms);
    if (!equal || !terms->terms)
        return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_LEXICON);
    for (size_t i = 0; i < words->count; i++) {
        if (equal[i] < i) {
            terms->terms[i] = terms->terms[equal[i]];
            continue;
        }
        enum status status =
            vocabulary_look_up(terms->file, words->items[i].text, budget, arena, &terms->terms[i]);
        if (!match_budget_check(budget, status, CHUNK_LEXICON))
            return false;
    }
    return true;
}

/* --- Grams -------------------------------------------------------------------------------------*/

/* Whether the rule says that these words have a list, if they stand anywhere. */
static bool is_listed(const struct quote_terms *terms, size_t first, uint32_t words)
{
    const struct gram_rule *rule = &terms->file->grams.rule;
    const struct term *const *term = terms->terms + first;
    if (words == 2)
        return term[0] && term[1] &&
               gram_rule_pair(rule, terms->file->settings->article_count, term[0]->all.df,
                              term[1]->all.df);
    const struct gram *left = terms->grams->by_words[words - 1][first];
    const struct gram *right = terms->grams->by_words[words - 1][first + 1];
    return left && right && gram_rule_longer(rule, left->all.df, right->all.df);
}

/* Codes are asked for word by word, since some of a text's words are not there. */
static enum status find_codes(struct quote_terms *terms, struct arena *arena)
{
    terms->codes = arena_allocate(arena, terms->count + 1, sizeof *terms->codes);
    if (!terms->codes)
        return STATUS_NO_MEMORY;
    enum status status = STATUS_OK;
    for (size_t i = 0, end; i < terms->count && status == STATUS_OK; i = end + 1) {
        for (end = i; end < terms->count && terms->terms[end];)
            end++;
        if (end > i)
            status = grams_codes(&terms->file->grams, terms->terms + i, end - i, terms->codes + i);
    }
    return status;
}

static enum status find_gram(struct quote_terms *terms, size_t first, uint32_t words,
                             struct arena *arena)
{
    struct gram *gram = arena_allocate(arena, 1, sizeof *gram);
    if (!gram)
        return STATUS_NO_MEMORY;
    enum status status = grams_find_coded(&terms->file->grams, terms->terms + first,
                                          terms->codes + first, words, gram);
    if (status == STATUS_OK) {
        terms->grams->by_words[words][first] = gram;
        terms->grams->longest = words;
    } else if (status == STATUS_NOT_FOUND) {
        if (!terms->absent[first])
            terms->absent[first] = (uint8_t)words;
        status = STATUS_OK;
    }
    return status;
}

static bool find_of_words(struct quote_terms *terms, uint32_t words, struct match_budget *budget,
                          struct arena *arena)
{
    size_t places = terms->count + 1 > words ? terms->count + 1 - words : 0;
    const struct gram **found = arena_allocate(arena, terms->count + 1, sizeof *found);
    enum status status = found ? STATUS_OK : STATUS_NO_MEMORY;
    terms->grams->by_words[words] = found;
    for (size_t i = 0; i < places && status == STATUS_OK; i++)
        if (is_listed(terms, i, words)) {
            if (!match_budget_spend(budget, 1))
                return false;
            status = find_gram(terms, i, words, arena);
        }
    return match_budget_check(budget, status, CHUNK_GRAMS);
}

static bool find_grams(struct quote_terms *terms, uint32_t most, struct match_budget *budget,
                       struct arena *arena)
{
    const struct grams *grams = &terms->file->grams;
    terms->grams = arena_allocate(arena, 1, sizeof *terms->grams);
    terms->absent = arena_allocate(arena, terms->count + 1, sizeof *terms->absent);
    if (!terms->grams || !terms->absent)
        return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_GRAMS);
    terms->grams->longest = 1;
    if (!grams->present)
        return true;
    if (most > grams->rule.words_most)
        most = grams->rule.words_most;
    if (!match_budget_check(budget, find_codes(terms, arena), CHUNK_GRAMS))
        return false;
    for (uint32_t words = 2; words <= most && terms->grams->longest == words - 1; words++)
        if (!find_of_words(terms, words, budget, arena))
            return false;
    return true;
}

bool quote_terms_init(struct quote_terms *terms, const struct collection_file *file,
                      const struct quote_words *words, uint32_t most, struct match_budget *budget,
                      struct arena *arena)
{
    *terms = (struct quote_terms){.file = file, .count = words->count};
    return find_terms(terms, words, budget, arena) && find_grams(terms, most, budget, arena);
}

/* --- Articles ----------------------------------------------------------------------------------*/

static bool is_absent(const struct quote_terms *terms, size_t first, size_t count)
{
    bool absent = false;
    for (size_t i = 0; i < count && !absent; i++)
        absent = !terms->terms[first + i] ||
                 (terms->absent[first + i] && i + terms->absent[first + i] <= count);
    return absent;
}

struct match_leaf *quote_terms_leaf(const struct quote_terms *terms,
                                    const struct match_source *source, size_t first, size_t count,
                                    bool *absent)
{
    struct cover cover;
    const struct term *const *run = terms->terms + first;
    *absent = is_absent(terms, first, count);
    if (*absent)
        return NULL;
    if (terms->grams->longest < 2)
        return match_phrase(source, run, count, false, MATCH_UNSCORED);
    if (!cover_choose(source, terms->grams, first, count, &cover))
        return NULL;
    return match_phrase_of_parts(source, run, count, cover.parts, cover.part_count, MATCH_UNSCORED);
}

/* --- One word or two ---------------------------------------------------------------------------*/

/* Articles of one file that hold both side by side, counted no further than `most`. */
static uint64_t count_pair(const struct collection_file *file, struct slice left,
                           struct slice right, uint64_t most, struct match_budget *budget,
                           struct arena *arena)
{
    struct quote_word items[] = {{.text = left}, {.text = right}};
    struct quote_words words = {.items = items, .count = 2};
    struct quote_terms terms;
    struct match_source source = {file->snapshot, &file->columns, budget, arena, NULL, 0};
    bool absent;
    if (!quote_terms_init(&terms, file, &words, 2, budget, arena))
        return 0;
    struct match_leaf *leaf = quote_terms_leaf(&terms, &source, 0, 2, &absent);
    if (!leaf)
        return 0;
    uint64_t count = terms.grams->longest == 2 ? leaf->matcher.cost : 0;
    while (terms.grams->longest < 2 && count < most && matcher_next(&leaf->matcher) != NO_MORE_DOCS)
        count++;
    matcher_release(&leaf->matcher);
    return count;
}

static uint64_t count_word(const struct collection *collection, struct slice word,
                           struct match_budget *budget, struct arena *arena)
{
    uint64_t df = 0;
    for (size_t i = 0; i < collection->file_count; i++) {
        const struct term *term;
        match_budget_enter(budget, i);
        enum status status = vocabulary_look_up(&collection->files[i], word, budget, arena, &term);
        if (!match_budget_check(budget, status, CHUNK_LEXICON))
            return 0;
        df += term ? term->all.df : 0;
    }
    return df;
}

bool quote_terms_prefer_one(const struct collection *collection, struct slice left,
                            struct slice right, struct slice one, struct match_budget *budget,
                            struct arena *matchers)
{
    arena_clear(matchers);
    uint64_t df = count_word(collection, one, budget, matchers), pairs = 0;
    for (size_t i = 0; i < collection->file_count && pairs < df; i++) {
        match_budget_enter(budget, i);
        pairs += count_pair(&collection->files[i], left, right, df - pairs, budget, matchers);
    }
    return budget->status == STATUS_OK && df > pairs;
}
