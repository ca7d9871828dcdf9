/* The quotation checker: which runs of a pasted text stand verbatim in which articles, and where it
 * differs from what they wrote.
 *
 * The pasted text's words are those of the text contract; what a line's end hyphenates is one word
 * where more articles hold that than the two parts side by side.
 *
 * A run of an article is a stretch of the pasted words that stands there, in title or body, and is
 * no longer there by a word in front or behind; of at least `min` words; and not one that lies in
 * another run of the same article. An article stands under its own runs only.
 *
 * An article's passage is the most pasted words that its runs cover in order, the same way in the
 * pasted text and in the article: a longest common subsequence of both within its runs. Articles
 * are ranked by that, of equals by their longest run, then in the order of the collection. */
#ifndef VERBATIM_SEARCH_QUOTE_H
#define VERBATIM_SEARCH_QUOTE_H

#include "search/searcher.h"

enum {
    QUOTE_WORDS_MOST = 5000,      /* of a pasted text */
    QUOTE_BYTES_MOST = 256 << 10, /* likewise */
    QUOTE_MIN_DEFAULT = 4,        /* words of a run */
    QUOTE_MIN_LEAST = 3,
    QUOTE_MIN_MOST = 50,
    QUOTE_ARTICLES_DEFAULT = 10, /* shown */
    QUOTE_ARTICLES_MOST = 100,
    QUOTE_RUNS_DEFAULT = 100, /* shown */
    QUOTE_RUNS_MOST = 1000,
    QUOTE_HOLDERS_MOST = 5,    /* articles shown of a run */
    QUOTE_DIFFERS_MOST = 1000, /* differences shown of an article */
    QUOTE_WRITTEN_WORDS = 200, /* of what was written in place of something; more is left out */
};

struct quotation {
    struct slice text;                 /* pasted; borrowed for the call */
    uint32_t min;                      /* words of a run at least */
    uint32_t articles, runs;           /* shown at most */
    uint64_t budget_us, budget_blocks; /* as a question's */
};

void quotation_init(struct quotation *quotation); /* the defaults above */

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

/* STATUS_OK, also where the budget ended (then partial says so: runs and articles are so many at
 * least, and runs may be longer). STATUS_INVALID: fewer words than a run has. STATUS_LIMIT: over
 * one of the caps above. STATUS_CORRUPT: a page fails its checksum. The answer is to be released
 * in any case. Any thread. */
enum status searcher_quote(const struct searcher *searcher, const struct quotation *quotation,
                           struct quote_answer *answer, struct error *error);
void quote_answer_release(struct quote_answer *answer); /* twice is fine */

#endif
