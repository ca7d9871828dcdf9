#include "search/spelling_table.h"

#include "search/collection.h"
#include "store/key.h"
#include "text/analyzer.h"
#include "text/stem.h"

bool spelling_table_is_there(const struct collection *collection)
{
    for (size_t i = 0; i < collection->file_count; i++)
        if (collection->files[i].compounds.count)
            return true;
    return false;
}

/* What was cut for its length holds a '#'. */
bool spelling_is_plain(const struct query_word *word)
{
    return word->kind == WORD_ITSELF && word->text.size &&
           !memchr(word->text.data, '#', word->text.size);
}

bool spelling_may_close(struct slice left, struct slice right)
{
    return left.size + right.size <= WORD_MAX_BYTES &&
           !(compound_rule_is_digit(left.data[left.size - 1]) &&
             compound_rule_is_digit(right.data[0]));
}

/* --- Lookups -----------------------------------------------------------------------------------*/

static bool check(const struct spelling_table *table, enum status status, enum chunk_id chunk)
{
    return status == STATUS_NOT_FOUND || match_budget_check(table->budget, status, chunk);
}

/* COMPOUND_NO_TERM where the file has it not. */
static uint32_t term_of(const struct spelling_table *table, const struct query_word *word, size_t i)
{
    const struct vocabulary_word *known = vocabulary_find(table->vocabulary, word);
    return known->terms[i] ? known->terms[i]->number : COMPOUND_NO_TERM;
}

static bool find_term(const struct spelling_table *table, size_t i, struct slice word,
                      struct term *term)
{
    *term = (struct term){.number = COMPOUND_NO_TERM};
    if (word.size == 0 || word.size > KEY_MAX_BYTES)
        return true;
    if (!match_budget_spend(table->budget, 1))
        return false;
    struct term found;
    enum status status = lexicon_find(&table->collection->files[i].lexicon, word, &found);
    if (status == STATUS_OK)
        *term = found;
    return check(table, status, CHUNK_LEXICON);
}

bool spelling_table_pair(const struct spelling_table *table, const struct query_word *left,
                         const struct query_word *right, bool *is_pair)
{
    struct compound compound;
    *is_pair = false;
    for (size_t i = 0; i < table->collection->file_count && !*is_pair; i++) {
        const struct compounds *compounds = &table->collection->files[i].compounds;
        if (!compounds->count)
            continue;
        uint32_t terms[2] = {term_of(table, left, i), term_of(table, right, i)};
        if (terms[0] == COMPOUND_NO_TERM || terms[1] == COMPOUND_NO_TERM)
            continue;
        match_budget_enter(table->budget, i);
        enum status status = compounds_pair(compounds, terms[0], terms[1], &compound);
        if (!check(table, status, CHUNK_COMPOUNDS))
            return false;
        *is_pair = status == STATUS_OK;
    }
    return true;
}

bool spelling_table_articles(const struct spelling_table *table, struct slice word,
                             uint64_t *articles)
{
    *articles = 0;
    return match_budget_spend(table->budget, table->collection->file_count) &&
           vocabulary_articles(table->collection, word, table->budget, articles);
}

/* --- The parts of a closed word ----------------------------------------------------------------*/

static void add_pair(const struct spelling_table *table, struct spelling_pairs *pairs,
                     struct slice left, struct slice right)
{
    size_t at = 0;
    while (at < pairs->count && pairs->items[at].left.size < left.size)
        at++;
    if (at < pairs->count && pairs->items[at].left.size == left.size)
        return;
    if (pairs->count == pairs->capacity) {
        pairs->capacity = pairs->capacity ? 2 * pairs->capacity : 2;
        pairs->items = arena_regrow(table->arena, pairs->items, pairs->count, pairs->capacity,
                                    sizeof *pairs->items);
        if (!pairs->items) {
            *pairs = (struct spelling_pairs){0};
            return;
        }
    }
    memmove(pairs->items + at + 1, pairs->items + at, (pairs->count - at) * sizeof *pairs->items);
    pairs->items[at] = (struct spelling_pair){left, right};
    pairs->count++;
}

static bool try_parting(const struct spelling_table *table, size_t i, struct slice closed,
                        size_t at, struct spelling_pairs *pairs)
{
    struct slice left = slice_of(closed.data, at), right = slice_from(closed, at);
    struct term terms[2];
    struct compound compound;
    if (!find_term(table, i, left, &terms[0]))
        return false;
    if (terms[0].number == COMPOUND_NO_TERM)
        return true;
    if (!find_term(table, i, right, &terms[1]))
        return false;
    if (terms[1].number == COMPOUND_NO_TERM)
        return true;
    enum status status = compounds_pair(&table->collection->files[i].compounds, terms[0].number,
                                        terms[1].number, &compound);
    if (status == STATUS_OK)
        add_pair(table, pairs, left, right);
    return check(table, status, CHUNK_COMPOUNDS);
}

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Every place is tried where the file has the word in its table, or has not the word at all. */
static bool closed_in_file(const struct spelling_table *table, size_t i, uint32_t term,
                           struct slice closed, struct spelling_pairs *pairs)
{
    const struct compounds *compounds = &table->collection->files[i].compounds;
    struct compound compound;
    if (term != COMPOUND_NO_TERM) {
        enum status status = compounds_closed(compounds, term, 0, &compound);
        if (status != STATUS_OK)
            return check(table, status, CHUNK_COMPOUNDS);
    }
    for (size_t at = 1; at < closed.size && closed.size <= 2 * STEM_WORD_BYTES; at++)
        if (begins_character(closed.data[at]) && !try_parting(table, i, closed, at, pairs))
            return false;
    return true;
}

bool spelling_table_closed(const struct spelling_table *table, const struct query_word *word,
                           struct slice closed, struct spelling_pairs *pairs)
{
    struct term term;
    for (size_t i = 0; i < table->collection->file_count; i++) {
        if (!table->collection->files[i].compounds.count)
            continue;
        match_budget_enter(table->budget, i);
        if (word)
            term.number = term_of(table, word, i);
        else if (!find_term(table, i, closed, &term))
            return false;
        if (!closed_in_file(table, i, term.number, closed, pairs))
            return false;
    }
    return match_budget_check(table->budget, table->arena->status, CHUNK_COMPOUNDS);
}
