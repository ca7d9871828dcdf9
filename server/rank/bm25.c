#include "rank/bm25.h"

#include <math.h>

static const double parts_of_point = 1048576.0;

double bm25_idf(uint64_t articles, uint64_t df)
{
    return log1p(((double)(articles - df) + 0.5) / ((double)df + 0.5));
}

uint64_t bm25_part(double idf, double impact)
{
    return (uint64_t)(idf * impact * parts_of_point + 0.5);
}

double bm25_points(uint64_t sum)
{
    return (double)sum / parts_of_point;
}
