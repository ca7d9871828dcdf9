/* Reads all that stands in a file through the store, whatever its bytes say, and demands of what
 * comes back what every caller relies on: articles below their number and ascending, positions
 * within their limit and ascending. Ends the program where they do not. */
#ifndef VERBATIM_TESTS_READ_ALL_H
#define VERBATIM_TESTS_READ_ALL_H

#include <stdbool.h>
#include <stdint.h>

#include "store/snapshot.h"

/* What is read: lists are all that is told by word, by run of words or by title; articles are their
 * columns, fields and texts. No list looks at fields or texts, and no article at lists. */
enum read_parts { READ_LISTS = 1, READ_ARTICLES = 2, READ_ALL = READ_LISTS | READ_ARTICLES };

/* A hash of everything read. False in *whole where anything was refused. */
uint64_t read_parts(const struct snapshot *snapshot, enum read_parts parts, bool *whole);
uint64_t read_all(const struct snapshot *snapshot, bool *whole);

#endif
