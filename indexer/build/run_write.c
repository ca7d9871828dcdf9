#include "build/run.h"

#include "build/run_pack.h"
#include "codec/varint_put.h"

enum { COPIED_AT_ONCE = 64 * 1024 };

void run_writer_begin(struct run_writer *writer, struct spool *spool)
{
    writer->spool = spool;
    writer->begin = spool_size(spool);
}

static void append(struct run_writer *writer, const struct bytes *b)
{
    if (writer->status == STATUS_OK)
        writer->status = b->status;
    if (writer->status == STATUS_OK)
        writer->status = spool_append(writer->spool, b->data, b->size);
}

/* --- A term's occurrences ----------------------------------------------------------------------*/

/* The articles of a frame, each as the packed numbers tell it. */
struct gathered {
    uint32_t count, gaps[RUN_FRAME], less_one[RUN_FRAME], title_tfs[RUN_FRAME];
};

/* Takes occurrences from `at` on until the frame is full; returns where it stopped. The frame's
 * values are written over those taken, of which they need half; no branch has to be guessed but the
 * last. base is behind the last article before, and is moved. */
static uint32_t gather(const struct occurrence *occurrences, uint32_t at, uint32_t end,
                       uint32_t *base, struct gathered *out)
{
    uint32_t *values = (uint32_t *)(void *)(uintptr_t)(occurrences + at);
    uint32_t doc = 0, next = 0, n = 0; /* n: articles begun */
    for (; at < end; at++) {
        struct occurrence o = occurrences[at];
        uint32_t position = o.place & ~OCCURRENCE_IN_TITLE, title = o.place >> 31;
        bool new = n == 0 || o.doc != doc;
        if (n == RUN_FRAME && new)
            break;
        doc = o.doc;
        n += new;
        out->gaps[n - 1] = doc;
        out->less_one[n - 1] = new ? 0 : out->less_one[n - 1] + 1;
        out->title_tfs[n - 1] = title + (new ? 0 : out->title_tfs[n - 1]);
        *values++ = position - (new ? 0 : next);
        next = position + 1;
    }
    out->count = n;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t here = out->gaps[i];
        out->gaps[i] = here - *base;
        *base = here + 1;
    }
    return at;
}

/* Returns what is behind; there is room. */
static uint8_t *pack(const uint32_t *numbers, uint32_t count, uint8_t *out)
{
    for (uint32_t at = 0, n; at < count; at += n) {
        n = count - at < RUN_PACK_MOST ? count - at : RUN_PACK_MOST;
        out = run_pack(numbers + at, n, out);
    }
    return out;
}

static void pack_frame(struct bytes *out, const struct gathered *frame, const uint32_t *values,
                       uint32_t value_count, bool titles)
{
    size_t most = (size_t)(value_count / RUN_PACK_MOST + 4) * RUN_PACK_MOST_BYTES;
    if (!bytes_reserve(out, most))
        return;
    uint8_t *at = out->data + out->size;
    at = pack(frame->gaps, frame->count, at);
    at = pack(frame->less_one, frame->count, at);
    if (titles)
        at = pack(frame->title_tfs, frame->count, at);
    out->size = (size_t)(pack(values, value_count, at) - out->data);
}

static bool any_in_title(const struct occurrence *occurrences, uint32_t count)
{
    uint32_t any = 0;
    for (uint32_t i = 0; i < count; i++)
        any |= occurrences[i].place;
    return any & OCCURRENCE_IN_TITLE;
}

/* The frames into the payload; returns how many articles there are. */
static uint32_t write_frames(struct run_writer *writer, struct occurrence *occurrences,
                             uint32_t count, bool titles)
{
    struct gathered frame;
    uint32_t articles = 0, base = 0;
    bytes_clear(&writer->payload);
    for (uint32_t at = 0, from; at < count; articles += frame.count) {
        from = at;
        at = gather(occurrences, at, count, &base, &frame);
        pack_frame(&writer->payload, &frame, (const uint32_t *)(const void *)(occurrences + from),
                   at - from, titles);
    }
    return articles;
}

void run_writer_term(struct run_writer *writer, struct slice key, struct occurrence *occurrences,
                     uint32_t count, bool goes_on)
{
    uint8_t part[3 * VARINT_MOST_BYTES], *end = part;
    bool titles = any_in_title(occurrences, count);
    uint32_t last = occurrences[count - 1].place & ~OCCURRENCE_IN_TITLE;
    uint64_t articles = write_frames(writer, occurrences, count, titles);
    end = varint_write(end, articles << 2 | (uint64_t)goes_on << 1 | titles);
    end = varint_write(end, writer->payload.size);
    if (goes_on)
        end = varint_write(end, last);
    bytes_clear(&writer->head);
    bytes_put_le16(&writer->head, (uint16_t)key.size);
    bytes_append_slice(&writer->head, key);
    varint_put(&writer->head, (uint64_t)(end - part) + writer->payload.size);
    bytes_append(&writer->head, part, (size_t)(end - part));
    append(writer, &writer->head);
    append(writer, &writer->payload);
}

void run_writer_put(struct run_writer *writer, struct slice key, struct slice rest)
{
    bytes_clear(&writer->head);
    bytes_put_le16(&writer->head, (uint16_t)key.size);
    bytes_append_slice(&writer->head, key);
    varint_put(&writer->head, rest.size);
    bytes_append_slice(&writer->head, rest);
    append(writer, &writer->head);
}

/* --- A term's parts ----------------------------------------------------------------------------*/

void run_writer_copy(struct run_writer *writer, struct run_reader *const *readers, size_t count)
{
    uint64_t bytes = 0;
    struct slice key = run_reader_key(readers[0]);
    for (size_t i = 0; i < count; i++)
        bytes += run_reader_left(readers[i]);
    bytes_clear(&writer->head);
    bytes_put_le16(&writer->head, (uint16_t)key.size);
    bytes_append_slice(&writer->head, key);
    varint_put(&writer->head, bytes);
    append(writer, &writer->head);
    for (size_t i = 0; i < count; i++) {
        bytes_clear(&writer->payload);
        while (run_reader_raw(readers[i], COPIED_AT_ONCE, &writer->payload)) {
            append(writer, &writer->payload);
            bytes_clear(&writer->payload);
        }
        if (writer->status == STATUS_OK)
            writer->status = readers[i]->status;
    }
}

struct run run_writer_end(struct run_writer *writer, uint64_t unit, uint32_t part)
{
    return (struct run){
        .spool = writer->spool,
        .offset = writer->begin,
        .size = spool_size(writer->spool) - writer->begin,
        .unit = unit,
        .part = part,
    };
}

void run_writer_release(struct run_writer *writer)
{
    bytes_release(&writer->payload);
    bytes_release(&writer->head);
}
