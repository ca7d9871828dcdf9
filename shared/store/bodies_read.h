/* Bodies alone, one after the other: for one who needs no positions and nothing else of an article.
 */
#ifndef VERBATIM_STORE_BODIES_READ_H
#define VERBATIM_STORE_BODIES_READ_H

#include "store/document_blocks.h"

/* The whole body of an article, appended to out; nothing where it has none. text is opened on the
 * chunk "text". */
enum status bodies_append(struct document_blocks *text, uint32_t doc, struct bytes *out);

#endif
