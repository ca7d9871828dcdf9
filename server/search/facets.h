/* What the articles that match are counted by: values of columns, years and months. */
#ifndef VERBATIM_SEARCH_FACETS_H
#define VERBATIM_SEARCH_FACETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum facet_kind { /* the first four in the order of store/key.h */
                  FACET_SOURCE,
                  FACET_AUTHOR,
                  FACET_TAG,
                  FACET_LANG,
                  FACET_YEAR,
                  FACET_MONTH,
                  FACETS
};

enum {
    FACET_COLUMNS = FACET_YEAR, /* those before it are columns */
    FACET_VALUES_MOST = 50,     /* that a column shows */
    FACET_DATES_MOST = 240,     /* years or months, the latest */
};

struct facet_value {
    /* A column's as the first article that has it writes it; else "2015", "2015-10". */
    struct slice value;
    uint64_t articles;
};

/* Exact over all articles that match, whatever the page shows. Values that fold to the same are
 * one; an article with several counts for each. A column's come most articles first, then by their
 * folded text; dates ascend. */
struct facet {
    enum facet_kind kind;
    struct facet_value *values;
    size_t value_count;
    uint64_t more_values, more_articles; /* that are not shown, and the sum of their articles */
    uint64_t without;                    /* articles that have no value, or no date so fine */
};

/* The kind of this name; false where there is none. */
bool facet_kind_parse(struct slice name, enum facet_kind *kind);
const char *facet_kind_name(enum facet_kind kind);

#endif
