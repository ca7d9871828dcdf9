/* Terms into bytes: a term's list of all its occurrences, then the one of those in titles.
 *
 * Any number of encoders may work beside each other, one thread each; term_writer_lay puts what
 * they made into a file. Between begin and end nothing of a list is held but its side arrays. */
#ifndef VERBATIM_STORE_TERM_ENCODE_H
#define VERBATIM_STORE_TERM_ENCODE_H

#include "base/error.h"
#include "store/term.h"

struct term_encoder; /* owned */
struct bytes;
struct chunk_writer;
struct container_writer;
struct impact_model;

/* norms: a byte an article, borrowed until close, as are the model and the container. */
struct term_encoder *term_encoder_open(struct container_writer *container,
                                       const struct impact_model *model, const uint8_t *norms,
                                       uint32_t article_count, struct error *error);
void term_encoder_close(struct term_encoder *encoder); /* NULL is allowed */
uint32_t term_encoder_article_count(const struct term_encoder *encoder);

/* Where lists go from now on: into chunks, or to the end of bytes; borrowed. */
void term_encoder_to_chunks(struct term_encoder *encoder, struct chunk_writer *postings,
                            struct chunk_writer *positions);
void term_encoder_to_bytes(struct term_encoder *encoder, struct bytes *postings,
                           struct bytes *positions);

void term_encoder_begin(struct term_encoder *encoder);
/* Its next articles: at most TERM_ENCODER_ARTICLES, ascending, below the article count; tfs are 1
 * or more; title_tfs are at most these, and NULL where all are 0. Where `more`, the first is the
 * last one told before, with further occurrences. */
enum { TERM_ENCODER_ARTICLES = 128 };
void term_encoder_articles(struct term_encoder *encoder, const uint32_t *docs, const uint32_t *tfs,
                           const uint32_t *title_tfs, uint32_t count, bool more);
/* The positions of the articles told last, in one call or several: an article's first as it is,
 * else the distance to the one before, less one. An article's first ones are those in its title. */
void term_encoder_values(struct term_encoder *encoder, const uint32_t *values, uint32_t count);
/* Fills the term but for its number and offsets, which are 0. */
enum status term_encoder_end(struct term_encoder *encoder, struct term *term);

#endif
