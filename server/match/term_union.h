/* The articles that hold any of many words, and how often: what a pattern stands for in one file.
 *
 * What is known of it grows with what is asked: first the words alone, as the lexicon tells of
 * them; then in how many articles any of them stands; then these articles, found list by list once
 * a question and kept for all that ask for them afterwards. */
#ifndef VERBATIM_MATCH_TERM_UNION_H
#define VERBATIM_MATCH_TERM_UNION_H

#include "match/source.h"
#include "store/lexicon_read.h"
#include "store/lexicon_word.h"

struct lexicon_scan;

/* Words that cost as much as a block when no list of theirs is read. */
enum { UNION_WORDS_OF_BLOCK = 64 };

/* What a score counts of an article: its nearest word, and of those equally near the one of most
 * weight (store/impact.h, by the file's own settings). */
struct union_best {
    uint32_t tf, title_tf;
    uint8_t distance;
};

struct term_union { /* in an arena; one thread */
    const struct lexicon *lexicon;
    struct arena *arena;              /* its own; borrowed */
    const struct lexicon_word *words; /* ascending by their numbers, each once */
    size_t word_count;
    uint8_t edits; /* how far a word may be; 0: this is no matter of edits */
    uint8_t reach; /* how far those known are at most */
    /* Makes known all words of at most so many edits; NULL where all are from the start. Spends
     * early, as below. False with the budget's status bad. */
    bool (*widen)(struct term_union *of, uint8_t reach, struct match_budget *budget);

    bool counted;   /* df is known */
    uint32_t df;    /* articles that hold any */
    uint64_t *bits; /* those, where they were counted before they were added up */

    bool filled;                    /* what follows is known, and df */
    uint32_t *docs;                 /* ascending */
    uint32_t *tfs;                  /* of each, the sum of the words' */
    uint32_t *title_tfs;            /* of them in the title; NULL: none of any */
    struct union_best *best;        /* of each */
    struct union_best *best_titles; /* of those words that stand in its title, and of them there;
                                       NULL as title_tfs */
};

/* These three spend a block a block decoded and early (match_budget_spend_early): where that ends,
 * what was found so far stands. False with the budget's status bad. */
/* All words. */
bool term_union_complete(struct term_union *of, struct match_budget *budget);
/* In how many articles any of all words stands, with no more than that. */
bool term_union_count(struct term_union *of, const struct match_source *source);
/* Adds up the lists in arrays of a number an article, of which only those are touched that some
 * word has. Of a source that says which articles alone will be asked for, these alone: df is how
 * many of them there are. */
bool term_union_fill(struct term_union *of, const struct match_source *source);

/* The i-th word with its lists, read by a scan over the same lexicon; i ascends from call to call.
 * False with the budget's status bad. */
bool term_union_word(const struct term_union *of, size_t i, struct lexicon_scan *scan,
                     struct match_budget *budget, struct term *term);

/* The place of the first article from `from` on that is not less than doc; df where there is none.
 * It is filled. */
uint32_t term_union_find(const struct term_union *of, uint32_t from, uint32_t doc);

#endif
