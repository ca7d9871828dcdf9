/* Terms out, in ascending order of their keys: each one's lexicon entry, postings and positions.
 *
 * Nothing of a list is held but its side arrays: some 14 bytes for 128 articles and 2.25 for 128
 * positions. The status is sticky. One thread. */
#ifndef VERBATIM_STORE_TERM_WRITE_H
#define VERBATIM_STORE_TERM_WRITE_H

#include "base/slice.h"
#include "store/container_write.h"
#include "store/impact.h"

struct term_writer; /* owned */

/* norms: a byte an article, borrowed until close; the model's bounds are computed over them. */
struct term_writer *term_writer_open(struct container_writer *container,
                                     const struct impact_model *model, const uint8_t *norms,
                                     uint32_t article_count, struct error *error);

/* The next term; its key is greater than the one before and at most KEY_MAX_BYTES long. */
void term_writer_begin(struct term_writer *writer, struct slice key);
/* Its next article: docs ascend; 1 ≤ tf; the first title_tf of its positions are in the title. */
void term_writer_article(struct term_writer *writer, uint32_t doc, uint32_t tf, uint32_t title_tf);
/* The article's positions, ascending, tf of them in one call or several. */
void term_writer_positions(struct term_writer *writer, const uint32_t *positions, size_t count);
void term_writer_end(struct term_writer *writer);

/* Writes what stands at the end of the lexicon. STATUS_LIMIT where a term has 2^32 occurrences or
 * more. */
enum status term_writer_finish(struct term_writer *writer);
void term_writer_close(struct term_writer *writer); /* NULL is allowed */

#endif
