#include "input/source.h"

#include "base/memory.h"

enum { BUFFER_BYTES = 256 * 1024 };

void source_close(struct source *source)
{
    if (source->close)
        source->close(source->context);
    memory_free(source->buffer);
    *source = (struct source){.ended = true};
}

static bool make_room(struct source *source, size_t want)
{
    if (source->start) {
        memmove(source->buffer, source->buffer + source->start, source->end - source->start);
        source->end -= source->start;
        source->start = 0;
    }
    size_t capacity = want > BUFFER_BYTES ? want : BUFFER_BYTES;
    if (source->buffer && capacity <= source->capacity)
        return true;
    uint8_t *buffer = memory_resize(source->buffer, capacity);
    if (!buffer) {
        error_set(&source->error, STATUS_NO_MEMORY, "out of memory");
        return false;
    }
    source->buffer = buffer;
    source->capacity = capacity;
    return true;
}

static struct slice held(const struct source *source)
{
    return slice_of(source->buffer + source->start, source->end - source->start);
}

struct slice source_peek(struct source *source, size_t want)
{
    if (source->end - source->start >= want)
        return held(source);
    if (source->ended || !make_room(source, want))
        source->ended = true;
    while (!source->ended && source->end - source->start < want) {
        size_t got = source->read(source->context, source->buffer + source->end,
                                  source->capacity - source->end, &source->error);
        source->end += got;
        source->ended = got == 0;
    }
    return source->buffer ? held(source) : slice_of(NULL, 0);
}

struct slice source_some(struct source *source)
{
    return source_peek(source, 1);
}

bool source_has_failed(const struct source *source)
{
    return source->error.status != STATUS_OK && source->start == source->end;
}

void source_take(struct source *source, size_t n)
{
    source->start += n;
    if (source->start == source->end)
        source->start = source->end = 0;
}

int64_t source_seek(struct source *source, int64_t offset, int whence)
{
    if (!source->seek)
        return -1;
    if (whence == SEEK_CUR)
        offset -= (int64_t)(source->end - source->start);
    int64_t at = source->seek(source->context, offset, whence);
    if (at >= 0) {
        source->start = source->end = 0;
        source->ended = false;
    }
    return at;
}

void source_read_all(struct source *source, size_t most, struct bytes *out, uint64_t *size)
{
    struct slice some;
    *size = 0;
    while ((some = source_some(source)).size) {
        *size += some.size;
        if (*size <= most)
            bytes_append_slice(out, some);
        else
            bytes_release(out);
        source_take(source, some.size);
    }
}

static void keep(struct bytes *spill, struct slice part, size_t most, uint64_t *size)
{
    *size += part.size;
    if (*size <= most)
        bytes_append_slice(spill, part);
    else
        bytes_release(spill);
}

/* The line goes on past the buffer: gathers it. Whether its end came. */
static bool gather_line(struct source *source, size_t most, struct bytes *spill, uint64_t *size)
{
    struct slice some;
    const char *end = NULL;
    while (!end && (some = source_some(source)).size) {
        end = memchr(some.data, '\n', some.size);
        size_t part = end ? (size_t)(end - some.data) : some.size;
        keep(spill, slice_of(some.data, part), most, size);
        source_take(source, part + (end != NULL));
    }
    return end != NULL;
}

bool source_line(struct source *source, size_t most, struct bytes *spill, struct slice *line,
                 uint64_t *size)
{
    struct slice some = source_some(source);
    *size = 0;
    *line = slice_of(NULL, 0);
    if (some.size == 0)
        return false;
    const char *end = memchr(some.data, '\n', some.size);
    if (end && (size_t)(end - some.data) <= most) {
        *line = slice_of(some.data, (size_t)(end - some.data));
        *size = line->size;
        source->start += line->size + 1; /* not source_take: what the line points at must stay */
        return true;
    }
    bytes_clear(spill);
    if (!gather_line(source, most, spill, size) && source->error.status != STATUS_OK)
        return false;
    if (*size <= most)
        *line = bytes_slice(spill);
    return true;
}
