/* A status with words for a person. Only at the outer edges: files, queries, HTTP, the command
 * line.
 *
 * The words are lower case, cause first, the subject quoted:
 *     cannot open 'news.vbt': chunk 'postings' fails its checksum
 * The first error stays: error_set on one that is already bad changes nothing. */
#ifndef VERBATIM_BASE_ERROR_H
#define VERBATIM_BASE_ERROR_H

#include <stdarg.h>

#include "base/status.h"

struct error {
    enum status status; /* STATUS_OK in a zeroed error */
    char text[500];     /* zero-terminated, cut at a character of UTF-8 where it is too long */
};

/* Sets the error unless one is set already; returns the status that the error now holds. One thread
 * at a time. */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
enum status error_set_list(struct error *error, enum status status, const char *format,
                           va_list list) __attribute__((format(printf, 3, 0)));

/* As error_set with STATUS_IO, followed by ": " and the words for errnum, for which a long text is
 * cut. */
enum status error_set_errno(struct error *error, int errnum, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
