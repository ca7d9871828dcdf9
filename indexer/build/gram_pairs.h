/* From a range of articles word by word to the occurrences of its pairs. */
#ifndef VERBATIM_BUILD_GRAM_PAIRS_H
#define VERBATIM_BUILD_GRAM_PAIRS_H

#include "build/gram_runs.h"
#include "build/gram_scan.h"

/* Every pair of the rule in the range that the scan has read, as ranks where the rule says so. The
 * run is begun and ended by the caller. */
enum status gram_pairs_put(const struct gram_scan *scan, struct gram_run *run);
/* The word of each slot, gram_pairs_word_bytes each, in whole uint32_t; the scan is used up. */
enum status gram_pairs_text(struct gram_scan *scan, struct spool *spool);

static inline size_t gram_pairs_word_bytes(const struct gram_words *words)
{
    return words->count > UINT16_MAX ? sizeof(uint32_t) : sizeof(uint16_t);
}

#endif
