/* An id in a later file of a collection hides the article of that id in the earlier ones. */
#ifndef VERBATIM_SEARCH_HIDDEN_H
#define VERBATIM_SEARCH_HIDDEN_H

#include "search/collection.h"

/* Finds every hidden article. Of each two files the smaller one's ids are looked up in the
 * other. */
enum status hidden_find(struct collection *collection, struct error *error);

#endif
