/* Stored fields as an answer shows them. */
#ifndef VERBATIM_SEARCH_FIELDS_SHOW_H
#define VERBATIM_SEARCH_FIELDS_SHOW_H

#include "store/documents_read.h"

struct hit;

/* Fills the hit's fields with copies in the arena, every string valid UTF-8, as far as hit.h says
 * that a hit has of them: of more than HIT_FIELDS_BYTES those are left out that alone take half of
 * that, and of the values of a list what is behind as much. STATUS_NO_MEMORY, STATUS_DEADLINE, or
 * why they cannot be read. */
enum status fields_show(struct documents *documents, uint32_t doc, struct arena *arena,
                        struct hit *hit);
/* The same of all fields, whole. */
enum status fields_show_whole(struct documents *documents, uint32_t doc, struct arena *arena,
                              struct hit *hit);
/* The title alone, whole; valid as a record is, or in the arena. Empty where the article has
 * none. */
enum status fields_title(struct documents *documents, uint32_t doc, struct arena *arena,
                         struct slice *title);

#endif
