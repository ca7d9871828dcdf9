/* One file's part of a search for the best, as the parts of the collector share it. Inside this
 * room only. */
#ifndef VERBATIM_SEARCH_COLLECTOR_H
#define VERBATIM_SEARCH_COLLECTOR_H

#include "rank/mixture.h"
#include "rank/ranking.h"
#include "rank/scorer.h"

struct collect_options;
struct collected;
struct collection_file;
struct plan;
struct workspace;

struct collector { /* of one file */
    const struct plan *plan;
    const struct collection_file *file;
    const struct collect_options *options;
    struct workspace *workspace;
    struct match_source source;
    struct scorer scorer;
    struct ranking ranking;
    const struct mixture *mixture;    /* NULL: plain BM25 */
    const struct impact_model *model; /* the file's, or the question's */
    struct matcher *root;
    uint32_t at; /* the file's place */
    struct collected *collected;
};

/* Offers the best by all that scores are made of and takes what was found. False where the query
 * has a shape for which there is no such way, with nothing done. */
bool collect_mixed(struct collector *collector);

#endif
