/* Bodies alone, one after the other: for one who needs no positions and nothing else of an article.
 */
#ifndef VERBATIM_STORE_BODIES_READ_H
#define VERBATIM_STORE_BODIES_READ_H

#include "store/documents_read.h"

/* The whole body of an article, appended to out; nothing where it has none. The chunks "fields" and
 * "text" are enough. */
enum status bodies_append(struct documents *documents, uint32_t doc, struct bytes *out);

#endif
