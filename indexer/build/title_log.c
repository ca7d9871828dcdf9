#include "build/title_log.h"

#include <string.h>

#include "base/endian.h"
#include "base/memory.h"
#include "base/spool.h"

enum { HEAD_BYTES = 8, READ_BYTES = 64 * 1024 };

struct title_log {
    struct spool *spool;
};

struct title_log *title_log_open(struct spool *spool, struct error *error)
{
    struct title_log *log = spool ? memory_allocate(sizeof *log) : NULL;
    if (!log) {
        spool_close(spool);
        error_set(error, STATUS_NO_MEMORY, "out of memory for titles");
        return NULL;
    }
    log->spool = spool;
    return log;
}

enum status title_log_add(struct title_log *log, uint32_t doc, struct slice title)
{
    uint8_t head[HEAD_BYTES];
    if (title.size == 0)
        return STATUS_OK;
    if (title.size > UINT32_MAX)
        return STATUS_LIMIT;
    store_le32(head, doc);
    store_le32(head + 4, (uint32_t)title.size);
    enum status status = spool_append(log->spool, head, sizeof head);
    return status == STATUS_OK ? spool_append(log->spool, title.data, title.size) : status;
}

enum status title_log_flush(struct title_log *log, struct error *error)
{
    return spool_flush(log->spool, error);
}

void title_log_close(struct title_log *log)
{
    if (!log)
        return;
    spool_close(log->spool);
    memory_free(log);
}

/* --- Reading -----------------------------------------------------------------------------------*/

/* Makes `size` bytes stand in the buffer from `read` on. */
static bool fill(struct title_reader *reader, size_t size)
{
    struct bytes *buffer = &reader->buffer;
    size_t kept = buffer->size - reader->read;
    uint64_t left = spool_size(reader->log->spool) - reader->at;
    if (kept >= size)
        return true;
    size_t wanted = size - kept > READ_BYTES ? size - kept : READ_BYTES;
    size_t more = left < wanted ? (size_t)left : wanted;
    if (kept)
        memmove(buffer->data, buffer->data + reader->read, kept);
    buffer->size = kept;
    reader->read = 0;
    uint8_t *at = more ? bytes_extend(buffer, more) : NULL;
    if (reader->status == STATUS_OK)
        reader->status = buffer->status;
    if (at)
        reader->status = spool_read(reader->log->spool, reader->at, at, more);
    reader->at += more;
    return reader->status == STATUS_OK && kept + more >= size;
}

bool title_reader_next(struct title_reader *reader)
{
    if (reader->status != STATUS_OK || !fill(reader, HEAD_BYTES))
        return false;
    const uint8_t *head = reader->buffer.data + reader->read;
    uint32_t size = load_le32(head + 4);
    reader->doc = load_le32(head);
    reader->read += HEAD_BYTES;
    if (!fill(reader, size)) { /* a disk may give back other bytes than it took */
        reader->status = reader->status == STATUS_OK ? STATUS_IO : reader->status;
        return false;
    }
    reader->title = slice_of(reader->buffer.data + reader->read, size);
    reader->read += size;
    return true;
}

void title_reader_release(struct title_reader *reader)
{
    bytes_release(&reader->buffer);
}

size_t title_bracket(struct slice title)
{
    size_t depth = 0;
    if (title.size == 0 || title.data[title.size - 1] != ')')
        return title.size;
    for (size_t at = title.size; at-- > 0;) {
        if (title.data[at] == ')')
            depth++;
        else if (title.data[at] == '(' && --depth == 0)
            return at;
    }
    return title.size;
}
