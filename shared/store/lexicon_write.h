/* The chunk "lexicon" out, a term at a time. */
#ifndef VERBATIM_STORE_LEXICON_WRITE_H
#define VERBATIM_STORE_LEXICON_WRITE_H

#include "base/slice.h"
#include "store/container_write.h"
#include "store/term.h"

struct lexicon_writer; /* owned; one thread */

struct lexicon_writer *lexicon_writer_open(struct container_writer *container, struct error *error);
/* Keys ascend. The offsets of the term's lists are where the lists before it end. */
void lexicon_writer_add(struct lexicon_writer *writer, struct slice key, const struct term *term);
enum status lexicon_writer_finish(struct lexicon_writer *writer);
void lexicon_writer_close(struct lexicon_writer *writer); /* NULL is allowed */

#endif
