#include "search/facets.h"

static const struct slice names[FACETS] = {
    [FACET_SOURCE] = SLICE("source"), [FACET_AUTHOR] = SLICE("author"),
    [FACET_TAG] = SLICE("tag"),       [FACET_LANG] = SLICE("lang"),
    [FACET_YEAR] = SLICE("year"),     [FACET_MONTH] = SLICE("month"),
};

bool facet_kind_parse(struct slice name, enum facet_kind *kind)
{
    for (size_t i = 0; i < FACETS; i++)
        if (slice_equal(names[i], name)) {
            *kind = (enum facet_kind)i;
            return true;
        }
    return false;
}

const char *facet_kind_name(enum facet_kind kind)
{
    return names[kind].data;
}
