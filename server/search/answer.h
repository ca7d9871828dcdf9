/* What a searcher answers: a plain struct that knows nothing of files. */
#ifndef VERBATIM_SEARCH_ANSWER_H
#define VERBATIM_SEARCH_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "search/explanation.h"
#include "search/facets.h"
#include "search/hit.h"
#include "search/lines.h"
#include "search/spelling_echo.h"
#include "search/timeline.h"
#include "search/why.h"
#include "search/word_echo.h"

struct correction; /* search/suggest.h */

enum total_relation { TOTAL_EQ, TOTAL_GTE };
struct answer {
    struct arena arena;        /* owns all below */
    struct slice text, parsed; /* the question's text as valid UTF-8; what was understood */
    struct slice *repairs;
    size_t repair_count;
    struct word_echo *words; /* every word of the query, in its order, each once */
    size_t word_count;
    struct spelling_echo *spellings; /* of what was searched in more than its written spelling */
    size_t spelling_count;
    struct also_written *also_written; /* asked for: spellings that were not, most articles first */
    size_t also_written_count;         /* at most ALSO_WRITTEN_MOST */
    bool any_words;                    /* no article holds all words: those with any were ranked */
    bool own_settings; /* ranked by settings that the question gives, all matches scored: */
    double k1, b, title_weight; /* of the first file; 0 where not own_settings */
    struct slice partial;       /* why the answer is not whole; empty where it is */
    uint64_t total;
    enum total_relation relation;
    struct hit *hits;
    size_t hit_count;
    struct correction *corrections; /* asked for; those that find the most first */
    size_t correction_count;
    struct why *why;      /* where that was asked for and nothing matches; else NULL */
    struct facet *facets; /* those asked for, in the order of their kinds */
    size_t facet_count, line_count;
    struct timeline timeline;
    struct kwic_line *lines; /* where kwic was asked for: has_lines */
    bool has_lines;
    uint64_t occurrences; /* kwic: the sum of all phrase_counts; at least so many if partial */
    size_t strict_at;     /* after strict's STATUS_INVALID: the code point of the query */
    uint64_t took_us;
};

void answer_release(struct answer *answer); /* twice is fine */

#endif
