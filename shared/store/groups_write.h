/* Near-copies out: the chunk "groups". The shape is FORMAT.md's. */
#ifndef VERBATIM_STORE_GROUPS_WRITE_H
#define VERBATIM_STORE_GROUPS_WRITE_H

#include "base/error.h"
#include "store/container_write.h"
#include "store/groups_read.h"

/* first: by place in the input, the place of the first of each article's group, its own where it is
 * alone or a first; a first's own first is itself. places: of the articles, by number; NULL where
 * an article's number is its place. */
enum status groups_write(struct container_writer *container, const uint32_t *first,
                         const uint32_t *places, uint32_t article_count, struct error *error);

#endif
