/* Terms out, in ascending order of their keys: each one's lexicon entry, postings and positions.
 *
 * The status is sticky. One thread. */
#ifndef VERBATIM_STORE_TERM_WRITE_H
#define VERBATIM_STORE_TERM_WRITE_H

#include "base/slice.h"
#include "store/container_write.h"
#include "store/impact.h"
#include "store/term_encode.h"

struct term_writer; /* owned */
struct encoded_terms;

/* norms: a byte an article, borrowed until close; the model's bounds are computed over them. */
struct term_writer *term_writer_open(struct container_writer *container,
                                     const struct impact_model *model, const uint8_t *norms,
                                     uint32_t article_count, struct error *error);

/* The next term; its key is greater than the one before and at most KEY_MAX_BYTES long. The encoder
 * writes straight into the file; it takes the term's articles and positions, but neither begin nor
 * end. */
struct term_encoder *term_writer_begin(struct term_writer *writer, struct slice key);
void term_writer_end(struct term_writer *writer);
/* The same by single articles: docs ascend; 1 ≤ tf; the first title_tf of its positions are in the
 * title. */
void term_writer_article(struct term_writer *writer, uint32_t doc, uint32_t tf, uint32_t title_tf);
/* The article's positions, ascending, tf of them in one call or several. */
void term_writer_positions(struct term_writer *writer, const uint32_t *positions, size_t count);

/* The next terms, which other encoders made. */
void term_writer_lay(struct term_writer *writer, const struct encoded_terms *encoded);

enum status term_writer_status(const struct term_writer *writer);
/* Writes what stands at the end of the lexicon. STATUS_LIMIT where a term has 2^32 occurrences or
 * more. */
enum status term_writer_finish(struct term_writer *writer);
void term_writer_close(struct term_writer *writer); /* NULL is allowed */

#endif
