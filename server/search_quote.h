/* verbatim-search --quote: a pasted text instead of a query. */
#ifndef VERBATIM_SEARCH_QUOTE_COMMAND_H
#define VERBATIM_SEARCH_QUOTE_COMMAND_H

#include <stdbool.h>

#include "base/slice.h"

struct quote_params;
struct searcher;

struct quote_command {
    const char *file; /* "-": standard input */
    struct quote_params *params;
    bool pretty; /* what differs in bold */
    bool (*write)(struct slice bytes);
};

/* Prints the answer; false where it or reading failed, said on standard error. */
bool quote_command_run(const struct searcher *searcher, struct quote_command *command);

#endif
