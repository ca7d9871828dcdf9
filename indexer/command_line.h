/* The command line of verbatim-index, read into one struct. */
#ifndef VERBATIM_INDEXER_COMMAND_LINE_H
#define VERBATIM_INDEXER_COMMAND_LINE_H

#include <stdbool.h>

#include "build/builder.h"
#include "input/input.h"

enum { COMMAND_LINE_FIELDS = 64 };

/* What options are of use for. */
enum {
    COMMAND_LINE_OUTPUT = 1,   /* -o */
    COMMAND_LINE_SETTINGS = 2, /* what the built file keeps */
    COMMAND_LINE_INPUT = 4,    /* reading articles */
    COMMAND_LINE_WORK = 8,     /* memory and threads */
    COMMAND_LINE_JSON = 16
};

struct command_line { /* all strings are borrowed from argv */
    const char *output;
    struct builder_options build;
    struct input_options input;
    struct input_field fields[COMMAND_LINE_FIELDS];
    bool json, max_article_given;
    bool help, version; /* asked for, maybe by an abbreviation */
    unsigned uses;      /* COMMAND_LINE_… of the options given */
    char **arguments;   /* after the options */
    int count;
};

/* Reads argv[1] and on. False after a message to the user: the exit status is EXIT_USAGE. */
bool command_line_parse(struct command_line *line, int argc, char **argv);
/* Whether all options given are of these uses; false after a message. */
bool command_line_allows(const struct command_line *line, unsigned uses);
/* Prints the help. Returns the exit status. */
int command_line_help(void);

#endif
