/* A tree without what a searcher may not answer: see struct query_options. Inside this room only.
 */
#ifndef VERBATIM_QUERY_LOWER_H
#define VERBATIM_QUERY_LOWER_H

#include "query/parse.h"

struct query_node *lower(struct parse *p, struct query_node *node);

#endif
