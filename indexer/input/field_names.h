/* What inputs call the fields of an article. */
#ifndef VERBATIM_INPUT_FIELD_NAMES_H
#define VERBATIM_INPUT_FIELD_NAMES_H

#include "base/slice.h"

struct input_options;

enum article_field {
    FIELD_ID,
    FIELD_TITLE,
    FIELD_BODY,
    FIELD_URL,
    FIELD_DATE,
    FIELD_SINGLES, /* how many hold one value */
    FIELD_SOURCE = FIELD_SINGLES,
    FIELD_AUTHOR,
    FIELD_TAG,
    FIELD_LANG,
    FIELD_COUNT,
    FIELD_UNKNOWN = FIELD_COUNT,
};

/* The field that an input means by a name, letter case aside, and how good a name it is: of several
 * names for one field in one article the lowest rank counts. The names that the options give come
 * first. */
enum article_field field_of_name(const struct input_options *options, struct slice name,
                                 unsigned *rank);

/* FIELD_UNKNOWN where no field of ours has this name. */
enum article_field field_of_option(const char *field);

#endif
