/* The chunk "completions", made when all other chunks are: of the words of the lexicon, the most
 * frequent runs of words, and the titles. */
#ifndef VERBATIM_BUILD_COMPLETION_CHUNK_H
#define VERBATIM_BUILD_COMPLETION_CHUNK_H

#include "base/error.h"
#include "build/title_log.h"
#include "store/container_write.h"
#include "store/settings.h"

struct completion_task {                /* all borrowed */
    struct container_writer *container; /* but for completions all is whole */
    const struct settings *settings;
    const struct title_log *log; /* flushed */
    const char *beside;
    bool has_text; /* to look how words are written */
    size_t memory; /* bytes to be taken for titles */
};

enum status completion_chunk_write(const struct completion_task *task, struct error *error);

#endif
