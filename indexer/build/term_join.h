/* A term's parts put together into its lists. */
#ifndef VERBATIM_BUILD_TERM_JOIN_H
#define VERBATIM_BUILD_TERM_JOIN_H

#include "build/run.h"
#include "store/term_encode.h"

/* Reads all parts of the term that the readers stand at, in their order; the encoder has begun it.
 * STATUS_IO where they are not what a run has. */
enum status term_join(struct run_reader *const *readers, size_t count,
                      struct term_encoder *encoder);

#endif
