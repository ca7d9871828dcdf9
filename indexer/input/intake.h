/* One call of input_read: what all readers of it share. */
#ifndef VERBATIM_INPUT_INTAKE_H
#define VERBATIM_INPUT_INTAKE_H

#include "base/error.h"
#include "input/draft.h"
#include "input/input.h"

struct intake {
    const struct input_options *options; /* borrowed, as all below */
    const struct input_sink *sink;
    struct input_totals *totals;
    struct error *error;
    struct draft draft;  /* owned; the article that is being put together */
    uint64_t file_bytes; /* of the file on the disk that is being read: the farthest byte read */
    uint64_t unpacked_bytes; /* what its decompressors and archives have made of it */
};

enum { INTAKE_UNPACKED_FREE = 256 << 20, INTAKE_UNPACKED_TIMES = 1000 };

/* Whether a file has grown past all measure on unpacking: more than 256 MiB and a thousand times
 * itself. */
static inline bool intake_is_bomb(const struct intake *intake)
{
    return intake->unpacked_bytes > INTAKE_UNPACKED_FREE &&
           intake->unpacked_bytes / INTAKE_UNPACKED_TIMES > intake->file_bytes;
}

/* A bad article, line or file: counts and reports it, or with --strict sets the error and returns
 * STATUS_INVALID. Line 0 where lines mean nothing. */
enum status intake_skip(struct intake *intake, const char *name, uint64_t line, const char *format,
                        ...) __attribute__((format(printf, 4, 5)));

/* As intake_skip with an error's text; but where memory ran out, the whole reading ends. */
enum status intake_skip_failed(struct intake *intake, const char *name, uint64_t line,
                               const struct error *cause);

/* Something that is no article and was left alone on purpose, such as a hidden file: counted and
 * reported as skipped, also with --strict. */
void intake_pass_over(struct intake *intake, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
