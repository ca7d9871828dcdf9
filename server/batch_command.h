/* verbatim-search --batch: lines from a file, answers to standard output or into a file. */
#ifndef VERBATIM_BATCH_COMMAND_H
#define VERBATIM_BATCH_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

struct search_params;
struct searcher;

struct batch_command {  /* all borrowed */
    const char *lines;  /* a file's name; "-": standard input */
    const char *output; /* a file's name; NULL: standard output */
    bool resume;        /* go on with the output */
    bool bold, quiet;
    uint64_t skip_lines, threads; /* threads 0: one a processor */
    const struct search_params *params;
};

/* Says what goes wrong. Returns whether every line was answered. */
bool batch_command_run(const struct searcher *searcher, const struct batch_command *command);

#endif
