/* What a searcher is asked: a plain struct that knows nothing of files. */
#ifndef VERBATIM_SEARCH_QUESTION_H
#define VERBATIM_SEARCH_QUESTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "search/timeline.h"

enum question_sort { SORT_SCORE, SORT_NEWEST, SORT_OLDEST };
/* BEST: with the bonuses of rank/mixture.h; BM25: without any. */
enum question_ranking { RANKING_BEST, RANKING_BM25 };
/* AUTO: all words, and any of them where no article has all. */
enum question_op { OP_AUTO, OP_AND, OP_OR };

enum {
    QUESTION_LIMIT_DEFAULT = 10,
    QUESTION_LIMIT_MOST = 1000,    /* hits of one answer */
    QUESTION_WINDOW_MOST = 100000, /* offset + limit */
    QUESTION_SNIPPETS_DEFAULT = 1,
    QUESTION_SNIPPETS_MOST = 10,
    QUESTION_ALSO_IN = 10,     /* near-copies of a hit that are named */
    QUESTION_K1_MOST = 100000, /* thousandths, as the next three */
    QUESTION_B_MOST = 1000,
    QUESTION_TITLE_WEIGHT_LEAST = 1000,
    QUESTION_TITLE_WEIGHT_MOST = 64000,
    QUESTION_BUDGET_DEFAULT_US = 250000,
    QUESTION_BUDGET_MOST_US = 2000000,
};
#define QUESTION_AS_BUILT UINT32_MAX
struct question {
    struct slice text;   /* borrowed for the call */
    bool phrase, strict; /* mode=phrase; strict=1 */
    enum question_op op;
    enum question_sort sort;
    uint32_t offset, limit; /* limit 0: the total alone */
    uint32_t snippets;      /* most per hit; 0: none */
    bool explain, kwic;     /* kwic: lines, which offset and limit count, instead of hits */
    enum question_ranking ranking;
    uint32_t k1, b, title_weight; /* in thousandths, up to the QUESTION_…_MOST above; all matches
                                     are scored then. QUESTION_AS_BUILT: the files' own */
    uint32_t facets;              /* a bit of each enum facet_kind that is to be counted */
    enum timeline_unit timeline;
    bool collapse;         /* of near-copies the best alone; offset and limit count them as one */
    bool uncounted;        /* the total may stop at what was looked at: TOTAL_GTE then */
    bool as_written;       /* variants=0: no other spelling of a compound than the written one */
    bool corrections;      /* where no article has all words, offer others for the rare ones */
    bool also_written;     /* tell of spellings that were not searched: it takes time */
    bool why;              /* where nothing matches, say why */
    bool bare;             /* of the hits only rank, score, file and article: no stored field */
    struct slice from, to; /* dates as written; empty: open */
    struct slice source, lang; /* filters; empty: none */
    struct slice group;        /* likewise: an article's id, for it and its near-copies */
    uint64_t budget_us;        /* time for this question; 0: none but budget_blocks */
    uint64_t budget_blocks;    /* to be decoded, for equal bytes on any machine; 0: no limit */
};

void question_init(struct question *question); /* the defaults above */

#endif
