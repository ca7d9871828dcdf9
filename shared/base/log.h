/* What a program says to a person while it runs: one line each, on standard error.
 *
 *     verbatim-index: articles.jsonl:17: not valid JSON: unexpected end of data
 *
 * Control characters of what is quoted, and what is no UTF-8, are written as \xNN, so that no input
 * can move the cursor. Any thread; lines never mix. */
#ifndef VERBATIM_BASE_LOG_H
#define VERBATIM_BASE_LOG_H

#include <stdbool.h>

/* The name before the colon; borrowed for the life of the process. Call before any thread
 * starts. */
void log_set_program(const char *name);
const char *log_program(void);
/* Nothing but log_error is written from now on. */
void log_set_quiet(bool quiet);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line that replaces the one before it where standard error is a terminal; elsewhere a plain
 * line, at most one in ten seconds. log_progress_end clears the terminal's line. */
void log_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_progress_end(void);

#endif
