/* What verbatim-search searches: one index file, or several as one. */
#ifndef VERBATIM_OPEN_COLLECTION_H
#define VERBATIM_OPEN_COLLECTION_H

struct searcher;

/* The files of names with commas between; NULL where they cannot be opened, said on standard error.
 */
struct searcher *open_collection(const char *files);

#endif
