/* One number an article, read back; and from an id to its article. */
#ifndef VERBATIM_STORE_COLUMNS_READ_H
#define VERBATIM_STORE_COLUMNS_READ_H

#include <stdbool.h>

#include "store/snapshot.h"

struct documents;
struct slice;

struct columns { /* no memory of its own; any thread */
    const struct snapshot *snapshot;
    uint32_t article_count;
    uint8_t title_word_bytes; /* 0, 1, 2 or 4 an article; 0: no article has a title */
    bool has_dates;           /* of any article */
    bool has_order;           /* articles are numbered otherwise than they came */
};

enum status columns_open(struct columns *columns, const struct snapshot *snapshot);

/* doc is less than article_count. */
enum status columns_norm(const struct columns *columns, uint32_t doc, uint8_t *norm);
enum status columns_title_words(const struct columns *columns, uint32_t doc, uint32_t *words);
enum status columns_date(const struct columns *columns, uint32_t doc, uint64_t *packed);

/* Which article of the input it was, from 0; its number where the file has no order. */
enum status columns_place(const struct columns *columns, uint32_t doc, uint32_t *place);

/* All norms at once, their pages checked: for a query that will look at many. */
enum status columns_norms(const struct columns *columns, const uint8_t **norms);

/* An entry of the ids in the order of their hashes; at is less than article_count. */
enum status columns_id_entry(const struct columns *columns, uint32_t at, uint64_t *hash,
                             uint32_t *doc);

/* The first entry at `from` or behind it whose hash is not less; article_count where there is none.
 * Quick where it is near. */
enum status columns_seek_id(const struct columns *columns, uint64_t hash, uint32_t from,
                            uint32_t *at);

/* The article of an id: hash, then its stored fields compared. STATUS_NOT_FOUND where there is
 * none. */
enum status columns_find_id(const struct columns *columns, struct documents *documents,
                            struct slice id, uint32_t *doc);

#endif
