/* From a stream of bytes to the reader of what is in it, through any archives and compressions. */
#ifndef VERBATIM_INPUT_UNWRAP_H
#define VERBATIM_INPUT_UNWRAP_H

#include "base/slice.h"
#include "base/status.h"

struct intake;
struct source;

/* Reads all articles of a source, which stays the caller's. name is for places, id is the article's
 * where it is one; depth is how many archives and compressions it is in. */
enum status unwrap(struct intake *intake, struct source *source, const char *name, struct slice id,
                   int depth);

#endif
