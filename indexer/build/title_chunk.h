/* The chunk "titles", made when all words have their numbers and classes: each title's words are
 * looked up, hashed, and sorted by hash as the words of a text are sorted. */
#ifndef VERBATIM_BUILD_TITLE_CHUNK_H
#define VERBATIM_BUILD_TITLE_CHUNK_H

#include "base/error.h"
#include "build/title_log.h"
#include "store/container_write.h"
#include "store/settings.h"

struct title_task {                     /* all borrowed */
    struct container_writer *container; /* lexicon, postings, positions and classes are whole */
    const struct settings *settings;
    const struct title_log *log; /* flushed */
    const char *beside;
    size_t memory; /* bytes to be taken */
};

enum status title_chunk_write(const struct title_task *task, struct error *error);

#endif
