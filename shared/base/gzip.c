#include "base/gzip.h"

#include <string.h>
#include <zlib.h>

#include "base/memory.h"

enum { GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 8, STEP_BYTES = 16384 };

struct gzip {
    z_stream stream;
};

static voidpf allocate(voidpf opaque, uInt items, uInt size)
{
    (void)opaque;
    return memory_allocate((size_t)items * size); /* a few sizes of zlib's own: no overflow */
}

static void give_back(voidpf opaque, voidpf block)
{
    (void)opaque;
    memory_free(block);
}

struct gzip *gzip_open(int level)
{
    struct gzip *gzip = memory_allocate_zeroed(1, sizeof *gzip);
    if (!gzip)
        return NULL;
    gzip->stream.zalloc = allocate;
    gzip->stream.zfree = give_back;
    if (deflateInit2(&gzip->stream, level, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) == Z_OK)
        return gzip;
    memory_free(gzip);
    return NULL;
}

void gzip_close(struct gzip *gzip)
{
    if (!gzip)
        return;
    deflateEnd(&gzip->stream);
    memory_free(gzip);
}

static int zlib_flush(enum gzip_flush flush)
{
    return flush == GZIP_END ? Z_FINISH : flush == GZIP_SEND ? Z_SYNC_FLUSH : Z_NO_FLUSH;
}

enum status gzip_add(struct gzip *gzip, struct slice bytes, enum gzip_flush flush,
                     struct bytes *out)
{
    z_stream *z = &gzip->stream;
    z->next_in = (z_const Bytef *)(uintptr_t)bytes.data;
    z->avail_in = (uInt)bytes.size;
    do {
        uint8_t *room = bytes_extend(out, STEP_BYTES);
        if (!room)
            return STATUS_NO_MEMORY;
        z->next_out = room;
        z->avail_out = STEP_BYTES;
        deflate(z, zlib_flush(flush));
        out->size -= z->avail_out;
    } while (z->avail_out == 0);
    return STATUS_OK;
}

enum status gzip_whole(struct slice bytes, int level, struct bytes *out)
{
    struct gzip *gzip = gzip_open(level);
    if (!gzip)
        return STATUS_NO_MEMORY;
    enum status status = gzip_add(gzip, bytes, GZIP_END, out);
    gzip_close(gzip);
    return status;
}

/* --- Back --------------------------------------------------------------------------------------*/

struct gunzip {
    z_stream stream;
};

struct gunzip *gunzip_open(void)
{
    struct gunzip *gunzip = memory_allocate_zeroed(1, sizeof *gunzip);
    if (!gunzip)
        return NULL;
    gunzip->stream.zalloc = allocate;
    gunzip->stream.zfree = give_back;
    if (inflateInit2(&gunzip->stream, GZIP_WINDOW) == Z_OK)
        return gunzip;
    memory_free(gunzip);
    return NULL;
}

void gunzip_close(struct gunzip *gunzip)
{
    if (!gunzip)
        return;
    inflateEnd(&gunzip->stream);
    memory_free(gunzip);
}

static enum status status_of(int code, const char *cause)
{
    if (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR)
        return STATUS_OK;
    if (code == Z_MEM_ERROR)
        return STATUS_NO_MEMORY;
    bool sum = cause && (strcmp(cause, "incorrect data check") == 0 ||
                         strcmp(cause, "incorrect length check") == 0);
    return sum ? STATUS_INVALID : STATUS_CORRUPT;
}

enum status gunzip_some(struct gunzip *gunzip, struct slice *packed, void *to, size_t capacity,
                        size_t *got, bool *ended)
{
    enum { MOST = 1 << 30 };
    z_stream *z = &gunzip->stream;
    uInt given = packed->size < MOST ? (uInt)packed->size : MOST;
    uInt room = capacity < MOST ? (uInt)capacity : MOST;
    z->next_in = (z_const Bytef *)(uintptr_t)packed->data;
    z->avail_in = given;
    z->next_out = to;
    z->avail_out = room;
    int code = inflate(z, Z_NO_FLUSH);
    *packed = slice_from(*packed, given - z->avail_in);
    *got = room - z->avail_out;
    *ended = code == Z_STREAM_END;
    if (*ended)
        inflateReset(z);
    return status_of(code, z->msg);
}
