#include "input/field_names.h"

#include <strings.h>

#include "input/input.h"

struct field_name {
    const char *name;
    enum article_field field;
};

/* The better names of a field stand before the worse. The first of each is the one --field goes by.
 */
static const struct field_name field_names[] = {
    {"id", FIELD_ID},
    {"title", FIELD_TITLE},
    {"body", FIELD_BODY},
    {"text", FIELD_BODY},
    {"content", FIELD_BODY},
    {"description", FIELD_BODY},
    {"url", FIELD_URL},
    {"date", FIELD_DATE},
    {"published", FIELD_DATE},
    {"date_published", FIELD_DATE},
    {"datePublished", FIELD_DATE},
    {"published_at", FIELD_DATE},
    {"created", FIELD_DATE},
    {"created_at", FIELD_DATE},
    {"source", FIELD_SOURCE},
    {"sources", FIELD_SOURCE},
    {"author", FIELD_AUTHOR},
    {"authors", FIELD_AUTHOR},
    {"lang", FIELD_LANG},
    {"language", FIELD_LANG},
    {"tag", FIELD_TAG},
    {"tags", FIELD_TAG},
    {"keywords", FIELD_TAG},
};

enum { FIELD_NAMES = sizeof field_names / sizeof field_names[0] };

static bool same(const char *name, struct slice given)
{
    return strlen(name) == given.size && strncasecmp(name, given.data, given.size) == 0;
}

enum article_field field_of_option(const char *field)
{
    for (size_t i = 0; i < FIELD_NAMES; i++)
        if (strcmp(field_names[i].name, field) == 0)
            return field_names[i].field;
    return FIELD_UNKNOWN;
}

enum article_field field_of_name(const struct input_options *options, struct slice name,
                                 unsigned *rank)
{
    *rank = 0;
    for (size_t i = 0; i < options->field_count; i++, ++*rank)
        if (slice_equal(name, slice_of_string(options->fields[i].name)))
            return field_of_option(options->fields[i].field);
    for (size_t i = 0; i < FIELD_NAMES; i++, ++*rank)
        if (same(field_names[i].name, name))
            return field_names[i].field;
    return FIELD_UNKNOWN;
}
