/* Reading numbers and runs of bytes one behind the other from bytes that are not trusted.
 *
 * Sticky: after a read that reaches past the end or meets a malformed number every read gives 0 or
 * an empty slice, and ok stays false. One thread. */
#ifndef VERBATIM_CODEC_READER_H
#define VERBATIM_CODEC_READER_H

#include <stdbool.h>

#include "base/endian.h"
#include "base/slice.h"
#include "codec/varint.h"

struct reader {
    const uint8_t *at, *end; /* borrowed */
    bool ok;
};

static inline struct reader reader_of(struct slice bytes)
{
    const uint8_t *data = (const uint8_t *)bytes.data;
    return (struct reader){data, data + bytes.size, true};
}

static inline size_t reader_left(const struct reader *reader)
{
    return (size_t)(reader->end - reader->at);
}

/* Whether everything was read and nothing failed. */
static inline bool reader_done(const struct reader *reader)
{
    return reader->ok && reader->at == reader->end;
}

static inline void reader_fail(struct reader *reader)
{
    reader->ok = false;
    reader->at = reader->end;
}

static inline uint64_t reader_varint(struct reader *reader)
{
    uint64_t value = 0;
    if (reader->at < reader->end && *reader->at < 0x80)
        return *reader->at++;
    const uint8_t *behind = varint_read_fast(reader->at, reader->end, &value);
    if (!behind) {
        reader_fail(reader);
        return 0;
    }
    reader->at = behind;
    return value;
}

static inline uint32_t reader_varint32(struct reader *reader)
{
    uint64_t value = reader_varint(reader);
    if (value > UINT32_MAX) {
        reader_fail(reader);
        return 0;
    }
    return (uint32_t)value;
}

static inline struct slice reader_bytes(struct reader *reader, uint64_t size)
{
    if (size > reader_left(reader)) {
        reader_fail(reader);
        return (struct slice){0};
    }
    struct slice s = slice_of(reader->at, (size_t)size);
    if (size)
        reader->at += size;
    return s;
}

/* A varint and so many bytes. */
static inline struct slice reader_string(struct reader *reader)
{
    return reader_bytes(reader, reader_varint(reader));
}

static inline uint64_t reader_le64(struct reader *reader)
{
    struct slice s = reader_bytes(reader, 8);
    return s.size ? load_le64(s.data) : 0;
}

#endif
