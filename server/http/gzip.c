#include "http/gzip.h"

#include <strings.h>
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

static struct slice trim(struct slice s)
{
    while (s.size && (s.data[0] == ' ' || s.data[0] == '\t'))
        s = slice_from(s, 1);
    while (s.size && (s.data[s.size - 1] == ' ' || s.data[s.size - 1] == '\t'))
        s.size--;
    return s;
}

/* The part before the next `mark`, trimmed; s moves behind the mark. */
static struct slice take(struct slice *s, char mark)
{
    const char *end = s->size ? memchr(s->data, mark, s->size) : NULL;
    struct slice part = {s->data, end ? (size_t)(end - s->data) : s->size};
    *s = slice_from(*s, part.size + (end != NULL));
    return trim(part);
}

static bool same_word(struct slice s, const char *word)
{
    return s.size == strlen(word) && strncasecmp(s.data, word, s.size) == 0;
}

/* "q=0", "q=0.0", "q=0.000" */
static bool refuses(struct slice weight)
{
    if (weight.size < 3 || (weight.data[0] | 0x20) != 'q' || weight.data[1] != '=')
        return false;
    for (size_t i = 2; i < weight.size; i++)
        if (weight.data[i] != '0' && weight.data[i] != '.')
            return false;
    return true;
}

bool gzip_accepted(struct slice accept_encoding)
{
    bool any = false;
    while (accept_encoding.size) {
        struct slice element = take(&accept_encoding, ',');
        struct slice coding = take(&element, ';');
        bool refused = refuses(trim(element));
        if (same_word(coding, "gzip") || same_word(coding, "x-gzip"))
            return !refused;
        if (same_word(coding, "*"))
            any = !refused;
    }
    return any;
}
