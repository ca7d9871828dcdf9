/* From a range of articles word by word to the occurrences of its pairs. */
#ifndef VERBATIM_BUILD_GRAM_PAIRS_H
#define VERBATIM_BUILD_GRAM_PAIRS_H

#include "build/gram_runs.h"
#include "build/gram_scan.h"

/* Every pair of the rule in the range that the scan has read, as ranks where the rule says so. The
 * run is begun and ended by the caller. */
enum status gram_pairs_put(const struct gram_scan *scan, struct gram_run *run);
/* The chains of words of which each two neighbours are a pair that a longer gram may be made of. */
enum status gram_pairs_chain(const struct gram_scan *scan, struct spool *spool);

#endif
