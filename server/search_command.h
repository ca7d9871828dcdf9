/* The command line of verbatim-search, read into one struct. */
#ifndef VERBATIM_SEARCH_COMMAND_H
#define VERBATIM_SEARCH_COMMAND_H

#include "base/bytes.h"
#include "search/params.h"
#include "search/quote_params.h"

enum { SEARCH_COMMAND_RUN = -1 };

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct search_command { /* strings are borrowed from argv */
    struct search_params params;
    struct quote_params quote_params;
    struct bytes query; /* owned: the arguments with a space between */
    const char *index_files;
    const char *batch, *output, *quote_file; /* NULL: not given */
    const char *limit;                       /* as given; NULL: not */
    bool runs_given, quote_param_given;      /* --runs; --runs or --min */
    uint64_t skip_lines, threads;            /* threads 0: one a processor */
    enum color color;
    bool resume, quiet, timeline, suggest;
};

/* Reads argv[1] and on. SEARCH_COMMAND_RUN, or else the exit status: a mistake was told on standard
 * error, or the help or the version was printed. To be released in either case. */
int search_command_read(struct search_command *command, int argc, char **argv);
void search_command_release(struct search_command *command); /* twice is fine */

#endif
