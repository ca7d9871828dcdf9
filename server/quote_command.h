/* verbatim-search --quote: a pasted text instead of a query. */
#ifndef VERBATIM_QUOTE_COMMAND_H
#define VERBATIM_QUOTE_COMMAND_H

#include <stdbool.h>

struct quote_params;
struct searcher;

struct quote_command {           /* all borrowed */
    const char *file;            /* "-": standard input */
    struct quote_params *params; /* its quotation's text is set */
    bool pretty;                 /* what differs in bold */
};

/* Prints the answer; false where it or reading failed, said on standard error. */
bool quote_command_run(const struct searcher *searcher, const struct quote_command *command);

#endif
