/* Stored fields as an answer shows them. */
#ifndef VERBATIM_SEARCH_FIELDS_SHOW_H
#define VERBATIM_SEARCH_FIELDS_SHOW_H

#include "store/documents_read.h"

struct hit;

/* Fills the hit's fields with copies in the arena, every string valid UTF-8. STATUS_NO_MEMORY, or
 * why they cannot be read. */
enum status fields_show(struct documents *documents, uint32_t doc, struct arena *arena,
                        struct hit *hit);

#endif
