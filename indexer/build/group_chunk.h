/* The chunk "groups", made of the sketches of all bodies, when these are written. */
#ifndef VERBATIM_BUILD_GROUP_CHUNK_H
#define VERBATIM_BUILD_GROUP_CHUNK_H

#include <stdint.h>

#include "base/error.h"

struct container_writer;
struct settings;
struct spool;

struct group_task {                     /* all borrowed */
    struct container_writer *container; /* its chunks "fields" and "text" are whole */
    const struct settings *settings;
    const struct spool *sketches; /* flushed: struct copy_sketch, by number */
    const struct spool *samples;  /* theirs, flushed */
    const uint32_t *places;       /* of the articles in the input, by number; NULL: the number */
};

enum status group_chunk_write(const struct group_task *task, struct error *error);

#endif
