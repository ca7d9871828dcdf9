/* A stretch of the input: articles that were copied from the reader and wait for a worker.
 *
 * Articles lie in batches; a batch's end depends on the articles alone, never on memory or threads,
 * since stored blocks end with it. A unit is one batch or several, as memory allows. */
#ifndef VERBATIM_BUILD_UNIT_H
#define VERBATIM_BUILD_UNIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

enum {
    BATCH_BYTES = 1 << 20, /* a batch that has reached this ends before the next article */
    BATCH_ARTICLES = 8192, /* likewise */
};

struct unit_article {
    size_t record_at, record_size; /* of fields_write, in the unit's data */
    size_t body_at, body_size;
    bool begins_batch;
};

struct unit {
    uint64_t number;    /* in the order of the input, from 0 */
    uint32_t first_doc; /* the number of its first article */
    struct bytes data;
    struct bytes articles; /* an array of struct unit_article */
    size_t batch_bytes;    /* of the batch being filled */
    uint32_t batch_articles;
};

static inline uint32_t unit_count(const struct unit *unit)
{
    return (uint32_t)(unit->articles.size / sizeof(struct unit_article));
}

static inline const struct unit_article *unit_article(const struct unit *unit, uint32_t i)
{
    return (const struct unit_article *)(const void *)unit->articles.data + i;
}

/* Bytes of memory that the unit takes. */
size_t unit_bytes(const struct unit *unit);
/* Whether the next article begins a batch: only there may the unit end. */
bool unit_at_batch_end(const struct unit *unit);
/* Takes a copy of the record and the body. */
enum status unit_add(struct unit *unit, struct slice record, struct slice body);
void unit_release(struct unit *unit);

#endif
