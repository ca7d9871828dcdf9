/* Which articles are near-copies of one. */
#ifndef VERBATIM_SEARCH_GROUP_MEMBERS_H
#define VERBATIM_SEARCH_GROUP_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct collection_file;
struct match_budget;

/* All members of an article's group, itself among them, in ascending order, in the arena; itself
 * alone where it has no copies. False with the budget's status bad. */
bool group_members(const struct collection_file *file, uint32_t doc, struct match_budget *budget,
                   struct arena *arena, const uint32_t **docs, size_t *count);

#endif
