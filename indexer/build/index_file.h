/* The second half of a build: what the stage made becomes one file. */
#ifndef VERBATIM_BUILD_INDEX_FILE_H
#define VERBATIM_BUILD_INDEX_FILE_H

#include "base/file_output.h"

struct builder_options;
struct stage;

struct index_progress {
    void (*tell)(void *context, double done); /* may be NULL */
    void *context;
};

/* Ends the stage and writes the whole file to out. Where ids met twice the articles are read once
 * more in the order that results, and *stage is another one afterwards; STATUS_NOT_FOUND, and for
 * nothing else, where their bodies were forgotten. */
enum status index_file_write(struct stage **stage, const struct builder_options *options,
                             const char *beside, struct file_output *out,
                             const struct index_progress *progress, struct error *error);

#endif
