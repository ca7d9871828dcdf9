/* One number an article: lengths, title words, dates; and the way from an id to its article. */
#ifndef VERBATIM_STORE_COLUMNS_WRITE_H
#define VERBATIM_STORE_COLUMNS_WRITE_H

#include "base/slice.h"
#include "store/container_write.h"

/* Each appends one article's numbers, in order. What is held is 5 bytes an article. */
struct column_writer; /* owned; one thread */

struct column_writer *column_writer_open(struct container_writer *container, struct error *error);
void column_writer_article(struct column_writer *writer, uint32_t words, uint32_t title_words,
                           uint64_t date);
/* STATUS_NO_MEMORY where the numbers of an article were lost: then there are fewer than articles.
 */
enum status column_writer_status(const struct column_writer *writer);
const uint8_t *
column_writer_norms(const struct column_writer *writer); /* one an article so far; borrowed */
const uint32_t *column_writer_title_words(const struct column_writer *writer); /* likewise */
enum status column_writer_finish(struct column_writer *writer);
void column_writer_close(struct column_writer *writer); /* NULL is allowed */

/* The hash of an id, by which ids are sorted. */
uint64_t id_hash(struct slice id);
/* Appends the next entry of the chunk "ids": ascending by hash, then by doc. count is known
 * beforehand. */
struct id_writer; /* owned; one thread */
struct id_writer *id_writer_open(struct container_writer *container, uint32_t count,
                                 struct error *error);
void id_writer_add(struct id_writer *writer, uint64_t hash, uint32_t doc);
enum status id_writer_finish(struct id_writer *writer);
void id_writer_close(struct id_writer *writer); /* NULL is allowed */

#endif
