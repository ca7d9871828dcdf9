#include "query/fields.h"

#include <strings.h>

static const struct slice names[] = {
    [FIELD_TITLE] = SLICE("title"),   [FIELD_SOURCE] = SLICE("source"),
    [FIELD_AUTHOR] = SLICE("author"), [FIELD_TAG] = SLICE("tag"),
    [FIELD_LANG] = SLICE("lang"),     [FIELD_ID] = SLICE("id"),
    [FIELD_DATE] = SLICE("date"),
};

const char *field_name(enum query_field field)
{
    return names[field].data;
}

bool field_names_equal(struct slice a, struct slice b)
{
    return a.size && a.size == b.size && strncasecmp(a.data, b.data, a.size) == 0;
}

enum query_field field_find(struct slice name)
{
    for (size_t i = FIELD_TITLE; i < sizeof names / sizeof *names; i++)
        if (field_names_equal(names[i], name))
            return (enum query_field)i;
    return FIELD_ANY;
}
