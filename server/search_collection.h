/* What verbatim-search searches: one index file, or several as one. */
#ifndef VERBATIM_SEARCH_COLLECTION_COMMAND_H
#define VERBATIM_SEARCH_COLLECTION_COMMAND_H

#include "search/searcher.h"

/* The files of names with commas between; NULL where they cannot be opened, said on standard error.
 */
struct searcher *open_collection(const char *files);

#endif
