/* A stream of bytes with a look ahead: a file, what a decompressor makes of one, a member of an
 * archive.
 *
 * Whoever opens one sets context, read, close and, where it can, seek, and leaves the rest zero.
 * The error is sticky: after it nothing more comes, and what came before stays good. One thread at
 * a time. */
#ifndef VERBATIM_INPUT_SOURCE_H
#define VERBATIM_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/slice.h"

struct source {
    void *context; /* owned by close */
    /* At most capacity bytes into `to`; returns how many, 0 at the end or with the error set. */
    size_t (*read)(void *context, void *to, size_t capacity, struct error *error);
    /* As lseek; -1 where it fails. NULL where the bytes only come once. */
    int64_t (*seek)(void *context, int64_t offset, int whence);
    void (*close)(void *context); /* may be NULL */
    uint8_t *buffer;
    size_t capacity, start, end; /* what was read and not yet taken is buffer[start … end) */
    bool ended;
    struct error error;
};

void source_close(struct source *source); /* twice is fine */

/* The next bytes, at least `want` of them but where the source ends or fails before. Valid until
 * the next call. Nothing is taken. */
struct slice source_peek(struct source *source, size_t want);
/* Whatever is there without waiting for more, at least one byte but at the end. */
struct slice source_some(struct source *source);
/* Whether it failed and all that came before is taken. */
bool source_has_failed(const struct source *source);
/* Takes n bytes of what the last peek gave. */
void source_take(struct source *source, size_t n);

/* Forgets what was read ahead and goes elsewhere, by seek. */
int64_t source_seek(struct source *source, int64_t offset, int whence);

/* Reads to the end. Up to `most` bytes are appended to out; all are counted in *size, so that it is
 * greater than most where there were more, and none of the rest is held. */
void source_read_all(struct source *source, size_t most, struct bytes *out, uint64_t *size);

/* The next line without its line feed; false at the end, and where the source fails within it. A
 * line is held in spill where it does not
 * fit in the buffer; one of more than `most` bytes is not held at all: then *size > most, and *line
 * is empty. */
bool source_line(struct source *source, size_t most, struct bytes *spill, struct slice *line,
                 uint64_t *size);

#endif
