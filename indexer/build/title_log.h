/* The written titles of all articles in a spool, for what is made of them when all words have their
 * numbers. */
#ifndef VERBATIM_BUILD_TITLE_LOG_H
#define VERBATIM_BUILD_TITLE_LOG_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/slice.h"

struct spool;
struct title_log; /* owned; one thread */

/* The spool is taken, after a failure too; NULL where opening it failed, which the error tells. */
struct title_log *title_log_open(struct spool *spool, struct error *error);
/* Articles ascend. An empty title is none. */
enum status title_log_add(struct title_log *log, uint32_t doc, struct slice title);
/* After the last one, before the first is read. */
enum status title_log_flush(struct title_log *log, struct error *error);
void title_log_close(struct title_log *log); /* NULL is allowed */

struct title_reader { /* one thread, and any number of readers; zeroed but for the log */
    const struct title_log *log;
    uint64_t at;
    struct bytes buffer;
    size_t read; /* of the buffer */
    uint32_t doc;
    struct slice title; /* in the buffer */
    enum status status; /* sticky */
};

/* The next title; false at the end or with a bad status. */
bool title_reader_next(struct title_reader *reader);
void title_reader_release(struct title_reader *reader);

/* Where the brackets open that a title ends with, in bytes: `Mercury (planet)` is 8. The title's
 * size where it ends with none. */
size_t title_bracket(struct slice title);

#endif
