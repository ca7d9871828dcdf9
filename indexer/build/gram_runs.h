/* Occurrences on their way from the articles to the lists: each range of articles leaves a run, in
 * the order of the grams' first halves, and is read again by groups of those, range by range.
 *
 * A run is stretches of a head, {first half, how many}, and so many hits, in the order of the text;
 * a first half may have several stretches, one behind the other. */
#ifndef VERBATIM_BUILD_GRAM_RUNS_H
#define VERBATIM_BUILD_GRAM_RUNS_H

#include "base/bytes.h"
#include "base/spool.h"
#include "build/gram_level.h"
#include "build/gram_ranges.h"

struct gram_hit {   /* one occurrence of a gram in an article */
    uint32_t key;   /* the second half · 2^doc_bits + the article's number in its range */
    uint32_t place; /* 2 × the article or rank + whether it stands in the title */
};

struct gram_groups { /* of first halves that are read together; release when done */
    uint32_t count;
    struct bytes firsts; /* uint32_t: the first number of each, and behind the last */
};

/* Groups of at most so many hits, or of one first half. */
enum status gram_groups_cut(struct gram_groups *groups, const struct gram_level *level,
                            uint64_t hits);
void gram_groups_release(struct gram_groups *groups); /* twice is fine */

static inline const uint32_t *gram_groups_firsts(const struct gram_groups *groups)
{
    return (const uint32_t *)(const void *)groups->firsts.data;
}

struct gram_runs {                    /* release when done */
    const struct gram_groups *groups; /* borrowed */
    const struct gram_ranges *ranges; /* likewise */
    unsigned doc_bits;                /* 0: keys hold no article, places always do */
    const struct spool **spools;      /* owned, those borrowed; of each range; NULL: no run yet */
    uint64_t *offsets;                /* owned; of each range, of each group and behind the last */
};

enum status gram_runs_open(struct gram_runs *runs, const struct gram_groups *groups,
                           const struct gram_ranges *ranges, unsigned doc_bits);
void gram_runs_release(struct gram_runs *runs); /* twice is fine */
/* Bytes that a group has in all ranges; and those of them that are not held in memory. */
uint64_t gram_runs_bytes(const struct gram_runs *runs, uint32_t group);
uint64_t gram_runs_bytes_apart(const struct gram_runs *runs, uint32_t group);
/* Where in its spool a group's part of a range's run begins; its bytes. */
uint64_t gram_runs_part(const struct gram_runs *runs, uint32_t range, uint32_t group,
                        uint64_t *offset);

struct gram_run { /* being written; one thread, and one spool a thread */
    struct gram_runs *runs;
    struct spool *spool;
    uint32_t range, group;
};

void gram_run_begin(struct gram_run *run, struct gram_runs *runs, uint32_t range,
                    struct spool *spool);
/* Hits of a first half, which never is less than the one before. */
enum status gram_run_put(struct gram_run *run, uint32_t first, const struct gram_hit *hits,
                         uint32_t count);
void gram_run_end(struct gram_run *run);

#endif
