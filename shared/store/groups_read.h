/* Near-copies in: which articles are of one group. Any thread. */
#ifndef VERBATIM_STORE_GROUPS_READ_H
#define VERBATIM_STORE_GROUPS_READ_H

#include "store/snapshot.h"

enum { GROUPS_NUMBERS = 3, GROUPS_NUMBER_BYTES = 4, GROUPS_FOOTER_BYTES = 8 };
#define GROUPS_LAST 0x80000000u /* of a member: its group ends with it */

struct groups { /* no memory of its own; valid as long as its snapshot */
    const struct snapshot *snapshot;
    bool present;   /* the file has the chunk; else every article is alone */
    uint32_t count; /* articles in groups of two or more */
};

/* A file without the chunk opens too. */
enum status groups_open(struct groups *groups, const struct snapshot *snapshot);
/* Where the members of an article's group begin. STATUS_NOT_FOUND where it is alone. */
enum status groups_find(const struct groups *groups, uint32_t doc, uint32_t *begin);
/* The member at a place; *last where its group ends. The first of a group came first, the others
 * follow as they came. STATUS_CORRUPT where there is none. */
enum status groups_member(const struct groups *groups, uint32_t at, uint32_t *doc, bool *last);
/* For check: the article, and where its group begins, of the number at. */
enum status groups_entry(const struct groups *groups, uint32_t at, uint32_t *doc, uint32_t *begin);

#endif
