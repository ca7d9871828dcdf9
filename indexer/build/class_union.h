/* The articles of several words laid together: how many there are, and their list. */
#ifndef VERBATIM_BUILD_CLASS_UNION_H
#define VERBATIM_BUILD_CLASS_UNION_H

#include "base/bytes.h"
#include "build/gram_ranges.h"
#include "store/impact.h"
#include "store/postings_read.h"

struct class_union { /* one thread; reusable; zeroed, then the borrowed ones set */
    const struct snapshot *snapshot;
    const struct gram_articles *articles;
    const struct impact_model *model;

    uint32_t span; /* articles that are laid together at a time */
    uint32_t *tfs, *title_tfs;
    uint64_t *marks;       /* a bit an article of the span; all 0 between calls */
    struct bytes touched;  /* uint32_t; where few are marked: which */
    struct bytes gathered; /* struct gram_article */
    struct bytes positions;
    struct postings postings;
};

/* Takes about `memory` bytes. */
enum status class_union_open(struct class_union *u, size_t memory);
/* How many articles hold one of the terms. */
enum status class_union_count(struct class_union *u, const struct term *terms, uint32_t count,
                              uint32_t *df);
/* Their list, appended to lists, and what there is to tell of it. */
enum status class_union_write(struct class_union *u, const struct term *terms, uint32_t count,
                              struct bytes *lists, struct gram *list);
void class_union_release(struct class_union *u); /* twice is fine */

#endif
