/* The names of the fields in a query's text. Inside this room only. Any thread. */
#ifndef VERBATIM_QUERY_FIELDS_H
#define VERBATIM_QUERY_FIELDS_H

#include "query/tree.h"

/* "title", …; static storage. Not of FIELD_ANY. */
const char *field_name(enum query_field field);
/* The field of this name, in letters of either case; FIELD_ANY where there is none. */
enum query_field field_find(struct slice name);
/* Whether two names are one, in letters of either case. No name is empty. */
bool field_names_equal(struct slice a, struct slice b);

#endif
