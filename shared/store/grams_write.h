/* Grams out, in the order of the chunk: by their number of words, then by their term numbers.
 *
 * Lists go straight to the chunk; the entries are spooled, and what is held is a few bytes a block
 * of 64 grams and a bit a term. The status is sticky; STATUS_LIMIT where the lists of one gram take
 * over 2^32 − 1 bytes. One thread. */
#ifndef VERBATIM_STORE_GRAMS_WRITE_H
#define VERBATIM_STORE_GRAMS_WRITE_H

#include "base/slice.h"
#include "store/container_write.h"
#include "store/gram.h"
#include "store/gram_rule.h"

struct grams_writer; /* owned */

struct grams_writer *grams_writer_open(struct container_writer *container,
                                       const struct gram_rule *rule, struct error *error);
/* The next gram: its words' term numbers, 2 … rule.words_most of them; `gram` as gram_list_write
 * filled it, and the lists that it wrote for this gram alone. */
void grams_writer_add(struct grams_writer *writer, const uint32_t *terms, uint32_t count,
                      const struct gram *gram, struct slice lists);
enum status grams_writer_finish(struct grams_writer *writer);
void grams_writer_close(struct grams_writer *writer); /* NULL is allowed */

#endif
