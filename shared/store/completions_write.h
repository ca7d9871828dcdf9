/* What is suggested while somebody types, out: the chunk "completions". The shape is FORMAT.md's.
 *
 * First all phrases, then all titles, then the words' blocks; what is held in memory does not grow
 * with them. One thread. */
#ifndef VERBATIM_STORE_COMPLETIONS_WRITE_H
#define VERBATIM_STORE_COMPLETIONS_WRITE_H

#include "base/slice.h"
#include "store/completions_layout.h"
#include "store/container_write.h"

struct completions_writer; /* owned */

struct completions_writer *completions_writer_open(struct container_writer *container,
                                                   struct error *error);
/* The next phrase or word: ascending by text, which is folded. shown is empty where that is how it
 * is commonly written. Neither is longer than COMPLETIONS_TEXT_MOST. */
void completions_writer_phrase(struct completions_writer *writer, struct slice text,
                               uint32_t articles, struct slice shown);
/* The next title: ascending by text, equal ones being of different titles. whole: the text is all
 * of the title, not what follows some of its words. articles have it, doc is the first of them. */
void completions_writer_title(struct completions_writer *writer, struct slice text,
                              uint32_t articles, bool whole, uint32_t doc);
/* The next block of the lexicon: the most articles that a word of it is in, 0 where it has none. */
void completions_writer_words(struct completions_writer *writer, uint32_t best);
enum status completions_writer_finish(struct completions_writer *writer);
void completions_writer_close(struct completions_writer *writer); /* NULL is allowed */

#endif
