/* What a program says of its command line, which getopt_long reads: where it is wrong, and help.
 * One thread. */
#ifndef VERBATIM_BASE_USAGE_H
#define VERBATIM_BASE_USAGE_H

#include "base/error.h"

enum { EXIT_USAGE = 2 }; /* beside EXIT_SUCCESS and EXIT_FAILURE */

/* Logs what is wrong and, on a line of its own, how to get help. Returns EXIT_USAGE. */
int usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What is wrong with an option that getopt_long has just not taken: STATUS_NOT_FOUND where there is
 * none of that letter, else STATUS_INVALID. code is what it returned: '?', or ':' where a value is
 * missing, as its short options begin with ':'. argument is the one that it looked at; `letters`
 * are all options of one letter. */
enum status usage_refuse_option(int code, const char *argument, const char *letters,
                                struct error *error);

/* Prints a help or a version. EXIT_SUCCESS, or else EXIT_FAILURE with the cause logged. */
int usage_print(const char *text);

#endif
