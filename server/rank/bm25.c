#include "rank/bm25.h"

#include <math.h>

double bm25_idf(uint64_t articles, uint64_t df)
{
    return log1p(((double)(articles - df) + 0.5) / ((double)df + 0.5));
}

double bm25_points(uint64_t sum)
{
    return (double)sum / BM25_POINT;
}
