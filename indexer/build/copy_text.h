/* The different runs of COPY_WORDS words of stored bodies, to be compared in full. */
#ifndef VERBATIM_BUILD_COPY_TEXT_H
#define VERBATIM_BUILD_COPY_TEXT_H

#include "base/bytes.h"
#include "store/snapshot.h"

struct copy_texts; /* owned; one thread */

/* The snapshot, with the chunk "text", is borrowed. NULL where memory ends or the chunk cannot be
 * read, which the status tells. */
struct copy_texts *copy_texts_open(const struct snapshot *snapshot, enum status *status);
/* Whether the body of `doc` is a near-copy of that of `first`. The same doc again and again is
 * quick, and so are the firsts of late. */
enum status copy_texts_compare(struct copy_texts *texts, uint32_t doc, uint32_t first,
                               bool *is_copy);
void copy_texts_close(struct copy_texts *texts); /* NULL is allowed */

#endif
