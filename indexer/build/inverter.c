#include "build/inverter.h"

#include "base/memory.h"
#include "build/term_table.h"

/* An occurrence waits as (term, place); sorted, as (article of the stretch, position). */
struct token {
    uint32_t term;
    uint32_t position;
};

struct article_start {
    uint32_t doc;
    uint32_t first_token;
};

struct inverter {
    struct term_table terms;
    struct token *tokens, *sorted;
    uint32_t token_count, token_capacity;
    struct article_start *articles;
    uint32_t article_count, article_capacity;
    uint32_t *order; /* of the terms; and before that, where each term's tokens begin */
    uint32_t *ends;
    uint32_t *positions; /* of one article for the run writer */
    uint64_t unit;
    uint32_t part;
    struct spool *spool;
    struct run_writer writer;
    struct bytes runs;
    enum status status;
};

/* More would overflow the 32-bit counts; a run of that size is long enough. */
static const size_t most_memory = (size_t)16 << 30;

/* Half for tokens and their sorted copy, a quarter for the table of terms and the order of its
 * terms. The rest is for articles, positions and the run writer. */
static bool take_memory(struct inverter *inverter, size_t memory)
{
    if (!term_table_init(&inverter->terms, memory / 4))
        return false;
    inverter->token_capacity = (uint32_t)(memory / 2 / (2 * sizeof(struct token)));
    inverter->article_capacity = (uint32_t)(memory / 16 / sizeof(struct article_start));
    inverter->tokens = memory_allocate(inverter->token_capacity * sizeof *inverter->tokens);
    inverter->sorted = memory_allocate(inverter->token_capacity * sizeof *inverter->sorted);
    inverter->articles = memory_allocate(inverter->article_capacity * sizeof *inverter->articles);
    inverter->order = memory_allocate(inverter->terms.capacity * sizeof *inverter->order);
    inverter->ends = memory_allocate(inverter->terms.capacity * sizeof *inverter->ends);
    inverter->positions = memory_allocate(inverter->token_capacity * sizeof *inverter->positions);
    return inverter->tokens && inverter->sorted && inverter->articles && inverter->order &&
           inverter->ends && inverter->positions;
}

static void free_memory(struct inverter *inverter)
{
    term_table_release(&inverter->terms);
    memory_free(inverter->tokens);
    memory_free(inverter->sorted);
    memory_free(inverter->articles);
    memory_free(inverter->order);
    memory_free(inverter->ends);
    memory_free(inverter->positions);
    run_writer_release(&inverter->writer);
    inverter->tokens = inverter->sorted = NULL;
    inverter->articles = NULL;
    inverter->order = inverter->ends = inverter->positions = NULL;
}

struct inverter *inverter_open(size_t memory, const char *beside, struct error *error)
{
    struct inverter *inverter = memory_allocate_zeroed(1, sizeof *inverter);
    if (memory > most_memory)
        memory = most_memory;
    if (!inverter || !take_memory(inverter, memory)) {
        inverter_close(inverter);
        error_set(error, STATUS_NO_MEMORY, "out of memory for sorting words");
        return NULL;
    }
    inverter->spool = spool_open(beside, error);
    if (!inverter->spool) {
        inverter_close(inverter);
        return NULL;
    }
    return inverter;
}

void inverter_begin(struct inverter *inverter, uint64_t unit)
{
    inverter->unit = unit;
    inverter->part = 0;
}

/* Counting sort by term: afterwards sorted holds each term's tokens together, in their first order,
 * with the article's number in the stretch where the term was. ends[t] is where term t's tokens
 * end. */
static void sort_tokens(struct inverter *inverter)
{
    const struct term_table *v = &inverter->terms;
    uint32_t *ends = inverter->ends, sum = 0;
    for (uint32_t t = 0; t < v->count; t++) {
        ends[t] = sum;
        sum += term_table_occurrences(v, t);
    }
    for (uint32_t a = 0; a < inverter->article_count; a++) {
        uint32_t end = a + 1 < inverter->article_count ? inverter->articles[a + 1].first_token
                                                       : inverter->token_count;
        for (uint32_t i = inverter->articles[a].first_token; i < end; i++) {
            struct token token = inverter->tokens[i];
            inverter->sorted[ends[token.term]++] = (struct token){a, token.position};
        }
    }
}

static void write_term(struct inverter *inverter, uint32_t term)
{
    uint32_t end = inverter->ends[term];
    uint32_t at = end - term_table_occurrences(&inverter->terms, term);
    run_writer_term(&inverter->writer);
    while (at < end) {
        uint32_t article = inverter->sorted[at].term, count = 0;
        for (; at < end && inverter->sorted[at].term == article; at++)
            inverter->positions[count++] = inverter->sorted[at].position;
        run_writer_article(&inverter->writer, inverter->articles[article].doc, inverter->positions,
                           count);
    }
    run_writer_term_end(&inverter->writer, term_table_key(&inverter->terms, term));
}

static void empty(struct inverter *inverter)
{
    term_table_clear(&inverter->terms);
    inverter->token_count = 0;
    inverter->article_count = 0;
}

static void spill(struct inverter *inverter)
{
    if (inverter->token_count == 0 || inverter->status != STATUS_OK) {
        empty(inverter);
        return;
    }
    sort_tokens(inverter);
    term_table_sort(&inverter->terms, inverter->order);
    run_writer_begin(&inverter->writer, inverter->spool);
    for (uint32_t i = 0; i < inverter->terms.count; i++)
        write_term(inverter, inverter->order[i]);
    struct run run = run_writer_end(&inverter->writer, inverter->unit, inverter->part++);
    bytes_append(&inverter->runs, &run, sizeof run);
    inverter->status = inverter->writer.status ? inverter->writer.status : inverter->runs.status;
    empty(inverter);
}

void inverter_article(struct inverter *inverter, uint32_t doc)
{
    if (inverter->article_count == inverter->article_capacity)
        spill(inverter);
    inverter->articles[inverter->article_count++] =
        (struct article_start){doc, inverter->token_count};
}

/* The article that is being read goes on behind a spill. */
static void spill_within_article(struct inverter *inverter)
{
    uint32_t doc = inverter->articles[inverter->article_count - 1].doc;
    spill(inverter);
    inverter_article(inverter, doc);
}

void inverter_add(struct inverter *inverter, struct slice key, uint32_t position)
{
    if (inverter->token_count == inverter->token_capacity)
        spill_within_article(inverter);
    uint32_t term = term_table_add(&inverter->terms, key);
    if (term == TERM_TABLE_NONE) {
        spill_within_article(inverter);
        term = term_table_add(&inverter->terms, key);
    }
    inverter->tokens[inverter->token_count++] = (struct token){term, position};
}

enum status inverter_end(struct inverter *inverter)
{
    spill(inverter);
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
