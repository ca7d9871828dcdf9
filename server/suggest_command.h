/* verbatim-search --suggest: what the query may become, instead of what it finds. */
#ifndef VERBATIM_SUGGEST_COMMAND_H
#define VERBATIM_SUGGEST_COMMAND_H

#include <stdbool.h>

#include "search/params.h"

struct searcher;

/* Prints as many suggestions as the limit says, as JSON or as rows; false where that failed, said
 * on standard error. */
bool suggest_command_run(const struct searcher *searcher, struct slice text,
                         const struct search_params *params);

#endif
