/* BM25 in whole numbers: a term's part of a score is idf × impact rounded to 1/1,048,576 of a
 * point, and a score is the sum of its parts, so that it is the same in whatever order they are
 * added.
 *
 * A phrase is one term with its own frequency and the sum of its words' idf, a word that comes
 * twice counted twice. What idf counts by is the whole collection, title and body together,
 * whatever the field asked for and hidden articles among them. Source: Robertson and Zaragoza
 * (2009), see store/impact.h; the idf with 1 + inside the logarithm, which is never negative, is
 * Lucene's. */
#ifndef VERBATIM_RANK_BM25_H
#define VERBATIM_RANK_BM25_H

#include <stdint.h>

enum { BM25_POINT = 1048576 }; /* a point in parts */

/* ln(1 + (articles − df + 0.5) / (df + 0.5)); df is at most articles. */
double bm25_idf(uint64_t articles, uint64_t df);
/* The part of a term, in 1/1,048,576 points, rounded to the nearest. It never falls where impact
 * rises, since every step of it is a rounding of something that rises: a bound of impacts makes a
 * bound of parts. */
static inline uint64_t bm25_part(double idf, double impact)
{
    return (uint64_t)(idf * impact * BM25_POINT + 0.5);
}
/* What stands for the impact of a word with edits: whatever the impacts are, a nearer word has more
 * than a farther one. It never falls where impact rises. Without edits it is the impact. */
static inline double bm25_nearness(double impact, uint32_t distance, uint32_t edits)
{
    return edits ? (impact + (edits - distance)) / (edits + 1) : impact;
}
/* In points, exact. */
double bm25_points(uint64_t sum);

#endif
