/* Where a passage differs from what an article wrote. Inside this room only. */
#ifndef VERBATIM_SEARCH_QUOTE_DIFFER_H
#define VERBATIM_SEARCH_QUOTE_DIFFER_H

#include "base/bytes.h"

struct arena;
struct quote_link;
struct quote_words;
struct quote_written;

enum { QUOTE_ALIGNED_CELLS = 40000 }; /* pasted × written words that are aligned; more: as one */

struct quote_differ {                 /* one thread; release when done; reusable */
    const struct quote_words *pasted; /* borrowed, as are the next two */
    struct quote_written *written;
    struct arena *arena; /* of the answer */
    struct bytes table;  /* scratch */
    struct bytes items;  /* struct quote_difference */
    bool more;           /* than QUOTE_DIFFERS_MOST */
};
void quote_differ_release(struct quote_differ *differ); /* a zeroed one is allowed */

/* Fills items with the differences between each two links that are neighbours in the same text:
 * of the words between them a longest common subsequence is left out. STATUS_CORRUPT where the
 * article has not the words that the links say. */
enum status quote_differ_find(struct quote_differ *differ, const struct quote_link *links,
                              size_t count);

#endif
