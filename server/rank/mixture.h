/* What a score is made of beyond plain BM25: bonuses that bring forward what a reader would call
 * the better article. Each is a part in whole numbers like any other (rank/bm25.h).
 *
 *   - FORM: a bare word is matched by its inflections too; the very form asked for scores again, as
 *     a word of its own, as rare as they are together.
 *   - TITLE: a word scores again in the title, as a field of its own with its own length.
 *   - NEAR: a bare word and one of the next three of the query, within eight words of each other in
 *     any order: how many such pairs the article has, each place in one pair at most. Of a word the
 *     form asked for counts where the article has it, else its inflections.
 *   - WHOLE_TITLE: the article's whole title stands in the query.
 *
 * Sources: for terms near each other, Rasolofo and Savoy, Term proximity scoring for keyword-based
 * retrieval systems (ECIR 2003); for fields, Robertson and Zaragoza (2009), see store/impact.h. */
#ifndef VERBATIM_RANK_MIXTURE_H
#define VERBATIM_RANK_MIXTURE_H

#include <stddef.h>
#include <stdint.h>

#include "rank/bm25.h"
#include "store/settings.h"

struct match_budget;

#define MIXTURE_FORM 0.2
#define MIXTURE_TITLE 0.25
#define MIXTURE_NEAR 0.2
#define MIXTURE_NEAR_HALF 0.5 /* pairs that make half of what NEAR can be */
enum { MIXTURE_NEAR_NEXT = 3, MIXTURE_NEAR_WORDS = 8 };

struct mixture_leaf { /* 0: the leaf has no such part */
    double form;      /* the leaf's idf by the form's weight: a rare inflection is worth no more */
    double title;     /* the same by the title's weight */
};

struct mixture_pair {
    uint32_t first, second; /* leaves by number */
    double idf;             /* the mean of theirs by the weight of nearness */
};

struct mixture_titled { /* an article whose whole title stands in the query */
    uint32_t doc;
    uint64_t part;
};

struct mixture {                       /* of one question in one file; all borrowed */
    const struct mixture_leaf *leaves; /* by number */
    const struct mixture_pair *pairs;
    size_t pair_count;
    const struct mixture_titled *titled; /* ascending by doc, each once */
    size_t titled_count;
    double title_average;           /* words of a title, over all articles */
    double title_fixed, title_each; /* saturation of a title: fixed + each × its words */
};

/* The saturation of titles: k1 ((1 − b) + b × words / average), the average over all articles. */
void mixture_set_titles(struct mixture *mixture, const struct settings *settings);

/* Never falls where title_tf rises, nor where title_words falls. */
static inline uint64_t mixture_title_part(const struct mixture *mixture, uint32_t leaf,
                                          uint32_t title_tf, uint32_t title_words)
{
    double saturation = mixture->title_fixed + mixture->title_each * title_words;
    return bm25_part(mixture->leaves[leaf].title, title_tf / (title_tf + saturation));
}

/* Never falls where count rises; less than idf. */
static inline uint64_t mixture_near_part(const struct mixture_pair *pair, uint32_t count)
{
    return bm25_part(pair->idf, count / (count + MIXTURE_NEAR_HALF));
}

/* How many pairs of a position of one and a position of the other are at most MIXTURE_NEAR_WORDS
 * apart, taken greedily from the left, each position once. Both ascending; a position in both is
 * no pair with itself. Fewer with the budget's status bad. */
uint32_t mixture_near_count(const uint32_t *first, size_t first_count, const uint32_t *second,
                            size_t second_count, struct match_budget *budget);

/* 0 where the article is not among the titled. */
uint64_t mixture_titled_part(const struct mixture *mixture, uint32_t doc);

#endif
