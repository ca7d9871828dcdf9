#include "build/copy_text.h"

#include "base/memory.h"
#include "build/copy_hashes.h"
#include "store/bodies_read.h"
#include "text/analyzer.h"

enum {
    HELD = 2048,               /* firsts */
    HELD_BYTES_MOST = 4 << 10, /* of one: a larger one, whose sketch tells more, is read anew */
    WORDS_AT_ONCE = 256,
    FORGET_BYTES = 8 << 20, /* of bodies read */
};

struct held {
    struct bytes runs; /* uint64_t, as copy_hashes_sort has them */
    uint32_t doc;
    bool good;
};

struct copy_texts {
    const struct snapshot *snapshot;
    struct analyzer *analyzer;
    struct documents near, far; /* for articles in their order, and for firsts */
    struct held own, large, firsts[HELD];
    struct bytes body, spare;
    uint64_t unforgotten; /* bytes read */
};

struct copy_texts *copy_texts_open(const struct snapshot *snapshot, enum status *status)
{
    struct copy_texts *texts = memory_allocate_zeroed(1, sizeof *texts);
    if (texts)
        texts->analyzer = analyzer_open();
    *status = texts && texts->analyzer ? STATUS_OK : STATUS_NO_MEMORY;
    if (*status == STATUS_OK)
        *status = documents_open(&texts->near, snapshot);
    if (*status == STATUS_OK)
        *status = documents_open(&texts->far, snapshot);
    if (*status == STATUS_OK) {
        texts->snapshot = snapshot;
        return texts;
    }
    copy_texts_close(texts);
    return NULL;
}

void copy_texts_close(struct copy_texts *texts)
{
    if (!texts)
        return;
    analyzer_close(texts->analyzer);
    documents_release(&texts->near);
    documents_release(&texts->far);
    bytes_release(&texts->own.runs);
    bytes_release(&texts->large.runs);
    for (size_t i = 0; i < HELD; i++)
        bytes_release(&texts->firsts[i].runs);
    bytes_release(&texts->body);
    bytes_release(&texts->spare);
    memory_free(texts);
}

/* --- Runs of one body --------------------------------------------------------------------------*/

static enum status read_words(struct copy_texts *texts, struct bytes *runs)
{
    struct word words[WORDS_AT_ONCE];
    struct copy_roll roll = {0};
    bytes_clear(runs);
    analyzer_begin(texts->analyzer, bytes_slice(&texts->body));
    for (size_t n; (n = analyzer_read(texts->analyzer, words, WORDS_AT_ONCE)) > 0;)
        for (size_t i = 0; i < n; i++)
            if (copy_roll_word(&roll, copy_word_hash(words[i].text)))
                bytes_append(runs, &roll.hash, sizeof roll.hash);
    copy_hashes_sort(runs, &texts->spare);
    enum status status = analyzer_status(texts->analyzer);
    return status == STATUS_OK ? runs->status : status;
}

static enum status read_runs(struct copy_texts *texts, struct documents *documents, uint32_t doc,
                             struct held *held)
{
    held->good = false;
    bytes_clear(&texts->body);
    enum status status = bodies_append(documents, doc, &texts->body);
    if (status == STATUS_OK)
        status = read_words(texts, &held->runs);
    texts->unforgotten += texts->body.size;
    if (texts->unforgotten >= FORGET_BYTES) {
        texts->unforgotten = 0;
        snapshot_forget(texts->snapshot);
    }
    held->doc = doc;
    held->good = status == STATUS_OK;
    return status;
}

/* The runs of a large body do not take the place of many small ones. */
static enum status find_first(struct copy_texts *texts, uint32_t doc, const struct held **found)
{
    struct held *held = &texts->firsts[doc % HELD], *large = &texts->large;
    *found = held->good && held->doc == doc ? held : large;
    if ((*found)->good && (*found)->doc == doc)
        return STATUS_OK;
    enum status status = read_runs(texts, &texts->far, doc, large);
    if (status == STATUS_OK && large->runs.size <= HELD_BYTES_MOST) {
        bytes_clear(&held->runs);
        bytes_append_slice(&held->runs, bytes_slice(&large->runs));
        held->doc = doc;
        held->good = held->runs.status == STATUS_OK;
    }
    return status;
}

/* Told by halves: of a million runs a few in ten thousand are taken for another. */
static uint64_t count_common(const struct bytes *a, const struct bytes *b)
{
    const uint64_t *x = bytes_items(a);
    const uint64_t *y = bytes_items(b);
    size_t m = a->size / sizeof *x, n = b->size / sizeof *y;
    uint64_t common = 0;
    for (size_t i = 0, j = 0; i < m && j < n;) {
        uint64_t p = x[i] >> 32, q = y[j] >> 32;
        common += p == q;
        i += p <= q;
        j += q <= p;
    }
    return common;
}

enum status copy_texts_compare(struct copy_texts *texts, uint32_t doc, uint32_t first,
                               bool *is_copy)
{
    const struct held *held = NULL;
    enum status status = STATUS_OK;
    if (!texts->own.good || texts->own.doc != doc)
        status = read_runs(texts, &texts->near, doc, &texts->own);
    if (status == STATUS_OK)
        status = find_first(texts, first, &held);
    if (status != STATUS_OK)
        return status;
    const struct bytes *a = &texts->own.runs, *b = &held->runs;
    uint64_t least = copy_rule_least(a->size / sizeof(uint64_t), b->size / sizeof(uint64_t));
    *is_copy = least != UINT64_MAX && count_common(a, b) >= least;
    return STATUS_OK;
}
