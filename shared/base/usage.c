#include "base/usage.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { LETTERS_END = 256 }; /* where the codes of options without a letter begin */

int usage_error(const char *format, ...)
{
    char line[512];
    va_list list;
    va_start(list, format);
    vsnprintf(line, sizeof line, format, list);
    va_end(list);
    log_error("%s", line);
    log_error("try '%s --help'", log_program());
    return EXIT_USAGE;
}

enum status usage_refuse_option(int code, const char *argument, const char *letters,
                                struct error *error)
{
    if (code == ':')
        return error_set(error, STATUS_INVALID, "option '%s' needs a value", argument);
    if (!optopt)
        return error_set(error, STATUS_INVALID, "unknown or ambiguous option '%s'", argument);
    if (optopt < LETTERS_END && !strchr(letters, optopt))
        return error_set(error, STATUS_NOT_FOUND, "unknown option '-%c'", optopt);
    return error_set(error, STATUS_INVALID, "option '%s' takes no value", argument);
}

int usage_print(const char *text)
{
    struct error error = {0};
    fputs(text, stdout);
    if (fflush(stdout) == 0)
        return EXIT_SUCCESS;
    error_set_errno(&error, errno, "cannot write to standard output");
    log_error("%s", error.text);
    return EXIT_FAILURE;
}
