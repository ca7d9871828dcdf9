/* What grams longer by a word are made of, in spools, range by range of articles: for three words
 * the text, see gram_pairs_text; for more the runs of two grams or more side by side in it.
 *
 * A chain is {slot of the first, how many, their numbers…}. */
#ifndef VERBATIM_BUILD_GRAM_CHAINS_H
#define VERBATIM_BUILD_GRAM_CHAINS_H

#include "base/bytes.h"
#include "base/spool.h"

struct gram_chains {             /* release when done */
    const struct spool **spools; /* owned, those borrowed; of each range; NULL: none */
    uint64_t *offsets, *sizes;   /* owned; of each range, in its spool, bytes */
};

enum status gram_chains_open(struct gram_chains *chains, uint32_t range_count);
void gram_chains_release(struct gram_chains *chains); /* twice is fine */

/* One range's chains are written one behind the other, by one thread into its own spool. */
void gram_chains_begin(struct gram_chains *chains, uint32_t range, struct spool *spool);
enum status gram_chains_put(struct spool *spool, uint32_t slot, const uint32_t *numbers,
                            uint32_t count);
void gram_chains_end(struct gram_chains *chains, uint32_t range);

/* A range's chains as uint32_t, where they lie or in room (cleared first). */
enum status gram_chains_read(const struct gram_chains *chains, uint32_t range, struct bytes *room,
                             struct slice *out);

#endif
