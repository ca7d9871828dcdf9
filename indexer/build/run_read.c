#include "base/endian.h"
#include "build/run.h"

#include "build/run_pack.h"
#include "codec/kernel.h"
#include "codec/varint.h"
#include "store/settings.h"

void run_reader_open(struct run_reader *reader, const struct run *run, uint8_t *buffer, size_t size)
{
    *reader = (struct run_reader){.run = *run, .buffer = buffer, .buffer_size = size};
}

void run_reader_open_memory(struct run_reader *reader, struct slice data)
{
    *reader = (struct run_reader){
        .run.size = data.size,
        .buffer = (uint8_t *)(uintptr_t)data.data,
        .filled = data.size,
        .next = data.size,
    };
}

/* Moves what is left to the front and fills the rest from the spool. */
static void refill(struct run_reader *reader)
{
    size_t left = reader->filled - reader->at;
    memmove(reader->buffer, reader->buffer + reader->at, left);
    size_t room = reader->buffer_size - left;
    uint64_t remaining = reader->run.size - reader->next;
    size_t n = remaining < room ? (size_t)remaining : room;
    enum status status = n ? spool_read(reader->run.spool, reader->run.offset + reader->next,
                                        reader->buffer + left, n)
                           : STATUS_OK;
    if (status != STATUS_OK) {
        reader->status = status;
        n = 0;
    }
    reader->next += n;
    reader->at = 0;
    reader->filled = left + n;
}

/* Whether n bytes stand ready, or else all there are; n is far smaller than the buffer. */
static inline bool ready(struct run_reader *reader, size_t n)
{
    if (reader->filled - reader->at < n && reader->next < reader->run.size)
        refill(reader);
    return reader->filled - reader->at >= n;
}

/* A disk may give back other bytes than it took; whatever they are, nothing that follows is misled.
 */
static bool demand(struct run_reader *reader, bool good)
{
    if (!good && reader->status == STATUS_OK)
        reader->status = STATUS_IO;
    return reader->status == STATUS_OK;
}

static uint64_t get_varint(struct run_reader *reader)
{
    ready(reader, VARINT_MOST_BYTES);
    uint64_t value = 0;
    const uint8_t *from = reader->buffer + reader->at;
    const uint8_t *behind = varint_read(from, reader->buffer + reader->filled, &value);
    if (demand(reader, behind != NULL))
        reader->at += (size_t)(behind - from);
    return value;
}

uint64_t run_reader_done(const struct run_reader *reader)
{
    return reader->next - (reader->filled - reader->at);
}

static uint64_t prefix_of(const uint8_t *key, size_t size)
{
    uint8_t first[8] = {0};
    memcpy(first, key, size < 8 ? size : 8);
    return __builtin_bswap64(load_le64(first));
}

bool run_reader_term(struct run_reader *reader)
{
    if (!demand(reader, run_reader_left(reader) == 0) || !ready(reader, 2))
        return false;
    size_t size = load_le16(reader->buffer + reader->at);
    if (!demand(reader, size > 0 && size <= sizeof reader->key && ready(reader, 2 + size)))
        return false;
    memcpy(reader->key, reader->buffer + reader->at + 2, size);
    reader->key_size = size;
    reader->prefix = prefix_of(reader->key, size);
    reader->at += 2 + size;
    uint64_t bytes = get_varint(reader), done = run_reader_done(reader);
    demand(reader, bytes > 0 && bytes <= reader->run.size - done);
    reader->term_end = reader->part_end = done + bytes;
    reader->articles_left = 0;
    reader->values_left = 0;
    return reader->status == STATUS_OK;
}

bool run_reader_part(struct run_reader *reader)
{
    if (reader->status != STATUS_OK || run_reader_left(reader) == 0)
        return false;
    uint64_t head = get_varint(reader), bytes = get_varint(reader), last = 0;
    reader->titles = head & 1;
    reader->goes_on = head & 2;
    if (reader->goes_on)
        last = get_varint(reader);
    demand(reader, head >> 2 > 0 && head >> 2 <= STORE_MAX_ARTICLES);
    demand(reader, last <= STORE_MAX_POSITION && bytes <= run_reader_left(reader));
    reader->articles_left = (uint32_t)(head >> 2);
    reader->last_position = (uint32_t)last;
    reader->part_end = run_reader_done(reader) + bytes;
    reader->base = 0;
    return reader->status == STATUS_OK;
}

static bool get_packed(struct run_reader *reader, uint32_t count, uint32_t *numbers)
{
    ready(reader, RUN_PACK_MOST_BYTES);
    const uint8_t *from = reader->buffer + reader->at;
    const uint8_t *behind = run_unpack(from, reader->buffer + reader->filled, count, numbers);
    if (!demand(reader, behind != NULL))
        return false;
    reader->at += (size_t)(behind - from);
    return demand(reader, run_reader_done(reader) <= reader->part_end);
}

/* From occurrences less one to their number, and their sum. */
static bool count_values(struct run_frame *frame)
{
    bool good = true;
    frame->values = 0;
    for (uint32_t i = 0; i < frame->count; i++) {
        good &= frame->tfs[i] < STORE_MAX_POSITION;
        frame->values += ++frame->tfs[i];
    }
    return good;
}

static bool titles_fit(const struct run_frame *frame)
{
    bool good = true;
    for (uint32_t i = 0; i < frame->count; i++)
        good &= frame->title_tfs[i] <= frame->tfs[i];
    return good;
}

bool run_reader_frame(struct run_reader *reader, struct run_frame *frame)
{
    if (reader->status != STATUS_OK || reader->articles_left == 0)
        return false;
    uint32_t count = reader->articles_left < RUN_FRAME ? reader->articles_left : RUN_FRAME;
    frame->count = count;
    if (!get_packed(reader, count, frame->docs) || !get_packed(reader, count, frame->tfs) ||
        (reader->titles && !get_packed(reader, count, frame->title_tfs)))
        return false;
    demand(reader, kernel()->ascend(frame->docs, count, reader->base, frame->docs));
    if (!demand(reader, count_values(frame) && (!reader->titles || titles_fit(frame))))
        return false;
    reader->base = frame->docs[count - 1] + 1;
    reader->articles_left -= count;
    reader->values_left = frame->values;
    return true;
}

uint32_t run_reader_values(struct run_reader *reader, uint32_t values[RUN_FRAME])
{
    uint32_t count = reader->values_left < RUN_FRAME ? (uint32_t)reader->values_left : RUN_FRAME;
    if (count == 0 || !get_packed(reader, count, values))
        return 0;
    reader->values_left -= count;
    return count;
}

size_t run_reader_raw(struct run_reader *reader, size_t most, struct bytes *out)
{
    uint64_t left = run_reader_left(reader);
    if (reader->status != STATUS_OK || left == 0)
        return 0;
    if (!ready(reader, 1)) {
        demand(reader, false);
        return 0;
    }
    size_t there = reader->filled - reader->at, n = there < most ? there : most;
    n = n < left ? n : (size_t)left;
    bytes_append(out, reader->buffer + reader->at, n);
    reader->at += n;
    return n;
}
