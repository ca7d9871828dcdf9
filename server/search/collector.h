/* One file's part of a search for the best, as the parts of the collector share it. Inside this
 * room only. */
#ifndef VERBATIM_SEARCH_COLLECTOR_H
#define VERBATIM_SEARCH_COLLECTOR_H

#include "match/children.h"
#include "rank/list.h"
#include "rank/mixture.h"
#include "rank/scorer.h"
#include "rank/ways.h"
#include "search/collect.h"
#include "search/collection.h"

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

/* A root of the shape NOT (AND (leaves, filters), excluded), of which there may be less. */
struct shape {
    struct matcher *root; /* behind the NOT */
    const struct match_children *children;
    bool any; /* OR instead of AND */
    struct ranked_lists lists;
    struct rank_filters filters;
};

/* Offers the best by all that scores are made of and takes what was found. False where the query
 * has a shape for which there is no such way, with nothing done. */
bool collect_mixed(struct collector *collector);

#endif
