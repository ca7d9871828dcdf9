/* From the chains of shorter grams to the occurrences of grams longer by a word. */
#ifndef VERBATIM_BUILD_GRAM_LONGER_H
#define VERBATIM_BUILD_GRAM_LONGER_H

#include "build/gram_chains.h"
#include "build/gram_ranges.h"
#include "build/gram_runs.h"
#include "build/gram_text.h"

struct gram_longer { /* one thread's; reusable; zeroed, then places opened; release when done */
    const struct gram_level *below; /* borrowed: the grams that the new ones are made of */
    const struct gram_text *text;   /* borrowed: read in place of chains; NULL: they are read */
    struct gram_places places;
    size_t word_bytes; /* of a text in place of chains; 0: they are chains */
    struct bytes chains, parts, numbers, links, spare, hits;
};

/* Reads the text or the chains of the range at hand, which are of what `below` is made of, and puts
 * chains of `below` into the spool, which may be NULL. */
enum status gram_longer_read(struct gram_longer *longer, const struct gram_chains *chains,
                             uint32_t range, struct spool *spool);
/* Then puts every gram of two of `below` side by side. */
enum status gram_longer_put(struct gram_longer *longer, struct gram_run *run);
void gram_longer_release(struct gram_longer *longer); /* twice is fine */

#endif
