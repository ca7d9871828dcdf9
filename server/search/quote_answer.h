/* What the quotation checker answers; quote.h tells what a run and a passage are. */
#ifndef VERBATIM_SEARCH_QUOTE_ANSWER_H
#define VERBATIM_SEARCH_QUOTE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "search/hit.h"

struct quote_place { /* where a run begins in an article */
    bool in_title;
    uint32_t word; /* from 0, in title or body */
};

struct quote_holder { /* an article under a run */
    const struct hit *fields;
    struct quote_place at; /* the first such place */
};

struct quote_run {
    struct range pasted; /* code points of the pasted text */
    uint32_t words;
    struct slice text;             /* as pasted */
    uint64_t total;                /* articles whose run it is */
    struct quote_holder *articles; /* the best first */
    size_t article_count;
};

struct quote_piece {              /* a run in its article */
    struct range pasted, written; /* written: in title or body, where has_written */
    uint32_t words;
    struct quote_place at;
    bool in_order;    /* of the passage; else the first place where it stands */
    bool has_written; /* not where the file stores no text, or the budget ended */
};

struct quote_difference { /* between two neighbours of the passage; either side may be empty */
    struct range pasted, written;
    uint32_t pasted_words, written_words;
    bool in_title;
    struct slice pasted_text, written_text; /* written_text.data is NULL where it is left out */
    struct slice pasted_around[2], written_around[2]; /* up to three words before and behind */
};

struct quote_article {
    struct hit fields;        /* of these score, snippets and phrase_count are 0 */
    uint32_t covered;         /* words of the passage */
    struct quote_piece *runs; /* in the order of the pasted text */
    size_t run_count;
    struct quote_difference *differences;
    size_t difference_count;
    bool more_differences; /* than are shown */
};

struct quote_answer {
    struct arena arena; /* owns all below */
    uint32_t words, min;
    uint32_t joined;        /* words that were hyphenated at a line's end */
    struct quote_run *runs; /* the longest first, of equals as pasted */
    size_t run_count;
    uint64_t run_total;
    struct quote_article *articles;
    size_t article_count;
    uint64_t article_total; /* that have a run */
    struct slice partial;   /* why the answer is not whole; empty where it is */
    uint64_t took_us;
};

void quote_answer_release(struct quote_answer *answer); /* twice is fine */

#endif
