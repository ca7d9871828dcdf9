/* Titles as they are suggested: by each of their first words on, sorted as the words of a text
 * are. */
#ifndef VERBATIM_BUILD_COMPLETION_TITLES_H
#define VERBATIM_BUILD_COMPLETION_TITLES_H

#include "base/error.h"
#include "build/title_log.h"
#include "store/completions_write.h"

enum { COMPLETION_TITLE_STARTS = 8 }; /* words of a title that it is found from */

struct completion_titles { /* all borrowed */
    struct container_writer *container;
    const struct title_log *log; /* flushed */
    struct completions_writer *writer;
    const char *beside;
    size_t memory; /* bytes to be taken */
};

/* Adds all titles to the writer. */
enum status completion_titles_write(const struct completion_titles *titles, struct error *error);

#endif
