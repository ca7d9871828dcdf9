#include "build/inverter.h"

#include <assert.h>

#include "base/memory.h"
#include "build/term_table.h"

_Static_assert((int)WORD_READABLE > (int)SHORT_KEY_BYTES, "words are packed by reading ahead");

/* Words that stand at one position behind the other: theirs are the tokens up to the next text's.
 */
struct text {
    uint32_t doc;
    uint32_t place; /* of the first, as in an occurrence */
    uint32_t first_token;
};

struct inverter {
    struct term_table terms;
    uint32_t *tokens; /* the numbers of their terms */
    uint32_t token_count, token_capacity;
    struct occurrence *sorted; /* and before that, room for sorting terms */
    struct text *texts;
    uint32_t text_count, text_capacity;
    uint32_t *ends; /* where each term's occurrences end */
    uint64_t unit;
    uint32_t part;
    struct spool *spool;
    struct run_writer writer;
    struct bytes runs;
    enum status status;
};

enum { PROBES = 32, AHEAD = 16 };

/* More would overflow the 32-bit counts; a run of that size is long enough. */
static const size_t most_memory = (size_t)16 << 30;

/* Five eighths for tokens and occurrences, a quarter for the table of terms. The rest is for texts,
 * ends and the run writer. */
static bool take_memory(struct inverter *inverter, size_t memory)
{
    size_t token_bytes = sizeof *inverter->tokens + sizeof *inverter->sorted;
    if (!term_table_init(&inverter->terms, memory / 4))
        return false;
    inverter->token_capacity = (uint32_t)(memory / 8 * 5 / token_bytes);
    inverter->text_capacity = (uint32_t)(memory / 16 / sizeof(struct text));
    assert((size_t)inverter->token_capacity * sizeof *inverter->sorted >=
           (size_t)inverter->terms.capacity * sizeof *inverter->terms.entries);
    inverter->tokens = memory_allocate_large(inverter->token_capacity * sizeof *inverter->tokens);
    inverter->sorted = memory_allocate_large(inverter->token_capacity * sizeof *inverter->sorted);
    inverter->texts = memory_allocate(inverter->text_capacity * sizeof *inverter->texts);
    inverter->ends = memory_allocate_large(inverter->terms.capacity * sizeof *inverter->ends);
    return inverter->tokens && inverter->sorted && inverter->texts && inverter->ends;
}

static void free_memory(struct inverter *inverter)
{
    term_table_release(&inverter->terms);
    memory_free(inverter->tokens);
    memory_free(inverter->sorted);
    memory_free(inverter->texts);
    memory_free(inverter->ends);
    run_writer_release(&inverter->writer);
    inverter->sorted = NULL;
    inverter->texts = NULL;
    inverter->tokens = inverter->ends = NULL;
}

struct inverter *inverter_open(size_t memory, struct spool *spool, struct error *error)
{
    if (!spool)
        return NULL;
    struct inverter *inverter = memory_allocate_zeroed(1, sizeof *inverter);
    if (memory > most_memory)
        memory = most_memory;
    if (!inverter || !take_memory(inverter, memory)) {
        inverter_close(inverter);
        spool_close(spool);
        error_set(error, STATUS_NO_MEMORY, "out of memory for sorting words");
        return NULL;
    }
    inverter->spool = spool;
    return inverter;
}

void inverter_begin(struct inverter *inverter, uint64_t unit)
{
    inverter->unit = unit;
    inverter->part = 0;
}

/* --- To a run ----------------------------------------------------------------------------------*/

/* The terms in order, and for each where its occurrences begin. */
static void sort_terms(struct inverter *inverter)
{
    struct term_table *terms = &inverter->terms;
    term_table_sort(terms, (struct term_entry *)(void *)inverter->sorted);
    for (uint32_t i = 0, sum = 0; i < terms->count; i++) {
        inverter->ends[terms->entries[i].number] = sum;
        sum += term_table_sorted(terms, i)->count;
    }
}

/* Counting sort: afterwards sorted holds each term's occurrences together, in their first order,
 * term behind term. */
static void sort_tokens(struct inverter *inverter)
{
    const uint32_t *tokens = inverter->tokens;
    struct occurrence *sorted = inverter->sorted;
    uint32_t *ends = inverter->ends;
    for (uint32_t t = 0; t < inverter->text_count; t++) {
        const struct text *text = &inverter->texts[t];
        uint32_t end = t + 1 < inverter->text_count ? text[1].first_token : inverter->token_count;
        struct occurrence o = {text->doc, text->place};
        for (uint32_t i = text->first_token; i < end; i++, o.place++) {
            if (i + AHEAD < inverter->token_count)
                __builtin_prefetch(&sorted[ends[tokens[i + AHEAD]]], 1);
            sorted[ends[tokens[i]]++] = o;
        }
    }
}

static void write_terms(struct inverter *inverter, bool goes_on)
{
    const struct term_table *terms = &inverter->terms;
    uint32_t last_doc = inverter->texts[inverter->text_count - 1].doc;
    struct occurrence *at = inverter->sorted;
    for (uint32_t i = 0; i < terms->count; i++) {
        const struct term_slot *slot = term_table_sorted(terms, i);
        if (i + AHEAD < terms->count)
            __builtin_prefetch(term_table_sorted(terms, i + AHEAD));
        bool cut = goes_on && at[slot->count - 1].doc == last_doc;
        run_writer_term(&inverter->writer, slice_of(terms->text + slot->text, slot->size), at,
                        slot->count, cut);
        at += slot->count;
    }
}

static void empty(struct inverter *inverter)
{
    term_table_clear(&inverter->terms);
    inverter->token_count = 0;
    inverter->text_count = 0;
}

/* goes_on: the last text's article is not at its end. */
static void spill(struct inverter *inverter, bool goes_on)
{
    if (inverter->token_count && inverter->status == STATUS_OK) {
        sort_terms(inverter);
        sort_tokens(inverter);
        run_writer_begin(&inverter->writer, inverter->spool);
        write_terms(inverter, goes_on);
        struct run run = run_writer_end(&inverter->writer, inverter->unit, inverter->part++);
        bytes_append(&inverter->runs, &run, sizeof run);
        inverter->status =
            inverter->writer.status ? inverter->writer.status : inverter->runs.status;
    }
    empty(inverter);
}

/* The text that is being read goes on behind a spill. */
static void spill_within_text(struct inverter *inverter)
{
    struct text text = inverter->texts[inverter->text_count - 1];
    text.place += inverter->token_count - text.first_token;
    text.first_token = 0;
    spill(inverter, true);
    inverter->texts[inverter->text_count++] = text;
}

/* --- Taking words ------------------------------------------------------------------------------*/

void inverter_article(struct inverter *inverter, uint32_t doc)
{
    if (inverter->text_count == inverter->text_capacity)
        spill(inverter, false);
    inverter->texts[inverter->text_count++] = (struct text){doc, 0, inverter->token_count};
}

/* A text without words gives its place to the next. */
void inverter_text(struct inverter *inverter, uint32_t position, bool in_title)
{
    struct text *last = &inverter->texts[inverter->text_count - 1];
    uint32_t doc = last->doc;
    if (last->first_token == inverter->token_count) {
        inverter->text_count--;
    } else if (inverter->text_count == inverter->text_capacity) {
        spill(inverter, true);
    }
    inverter->texts[inverter->text_count++] =
        (struct text){doc, position | (in_title ? OCCURRENCE_IN_TITLE : 0), inverter->token_count};
}

static void add(struct inverter *inverter, const struct term_probe *probe)
{
    if (inverter->token_count == inverter->token_capacity)
        spill_within_text(inverter);
    uint32_t term = term_table_count(&inverter->terms, probe);
    if (term == TERM_TABLE_NONE) {
        spill_within_text(inverter);
        term = term_table_count(&inverter->terms, probe);
    }
    inverter->tokens[inverter->token_count++] = term;
}

void inverter_add(struct inverter *inverter, struct slice key)
{
    struct term_probe probe;
    term_table_probe(&inverter->terms, key, &probe);
    add(inverter, &probe);
}

/* At most PROBES words. Those that the table has and there is room for are counted on the way. */
static void add_few(struct inverter *inverter, const struct word *words, size_t count,
                    struct short_key *keys)
{
    const struct term_table *terms = &inverter->terms;
    uint32_t places[PROBES];
    for (size_t i = 0; i < count; i++) {
        keys[i] = short_key_ahead(words[i].text);
        places[i] = term_table_place(terms, keys[i]);
        __builtin_prefetch(&terms->slots[places[i]], 1);
    }
    for (size_t i = 0; i < count; i++) {
        struct term_slot *slot = term_table_look(terms, places[i], keys[i]);
        if (slot->number && inverter->token_count < inverter->token_capacity) {
            slot->count++;
            inverter->tokens[inverter->token_count++] = slot->number - 1;
        } else {
            inverter_add(inverter, words[i].text);
        }
    }
}

void inverter_add_words(struct inverter *inverter, const struct word *words, size_t count,
                        struct short_key *keys)
{
    struct short_key few[PROBES];
    for (size_t at = 0, n; at < count; at += n) {
        n = count - at < PROBES ? count - at : PROBES;
        add_few(inverter, words + at, n, keys ? keys + at : few);
    }
}

enum status inverter_end(struct inverter *inverter)
{
    spill(inverter, false);
    return inverter->status;
}

const struct bytes *inverter_runs(const struct inverter *inverter)
{
    return &inverter->runs;
}

enum status inverter_finish(struct inverter *inverter, struct error *error)
{
    free_memory(inverter);
    enum status status = spool_flush(inverter->spool, error);
    return status ? status : inverter->status;
}

void inverter_close(struct inverter *inverter)
{
    if (!inverter)
        return;
    free_memory(inverter);
    spool_close(inverter->spool);
    bytes_release(&inverter->runs);
    memory_free(inverter);
}
