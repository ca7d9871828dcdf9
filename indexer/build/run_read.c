#include "build/run.h"

#include "codec/varint.h"
#include "store/settings.h"

void run_reader_open(struct run_reader *reader, const struct run *run, uint8_t *buffer, size_t size)
{
    *reader = (struct run_reader){.run = *run, .buffer = buffer, .buffer_size = size};
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

/* Whether n bytes stand ready; n is far smaller than the buffer. */
static bool ready(struct run_reader *reader, size_t n)
{
    if (reader->filled - reader->at < n && reader->next < reader->run.size)
        refill(reader);
    return reader->filled - reader->at >= n;
}

/* A disk may give back other bytes than it took; whatever they are, nothing that follows is misled.
 */
static void demand(struct run_reader *reader, bool good)
{
    if (!good && reader->status == STATUS_OK)
        reader->status = STATUS_IO;
}

static uint64_t get_varint(struct run_reader *reader)
{
    ready(reader, VARINT_MOST_BYTES);
    uint64_t value = 0;
    const uint8_t *from = reader->buffer + reader->at;
    const uint8_t *behind = varint_read(from, reader->buffer + reader->filled, &value);
    demand(reader, behind != NULL);
    if (behind)
        reader->at += (size_t)(behind - from);
    return value;
}

bool run_reader_term(struct run_reader *reader)
{
    if (reader->status != STATUS_OK || !ready(reader, 2))
        return false;
    size_t size = load_le16(reader->buffer + reader->at);
    if (size > sizeof reader->key || !ready(reader, 2 + size)) {
        reader->status = STATUS_IO;
        return false;
    }
    memcpy(reader->key, reader->buffer + reader->at + 2, size);
    reader->key_size = size;
    reader->at += 2 + size;
    reader->articles_left = (uint32_t)get_varint(reader);
    get_varint(reader);
    reader->doc = 0;
    reader->first = true;
    demand(reader, size > 0 && reader->articles_left > 0);
    return reader->status == STATUS_OK;
}

bool run_reader_article(struct run_reader *reader)
{
    if (reader->articles_left == 0 || reader->status != STATUS_OK)
        return false;
    reader->articles_left--;
    uint64_t doc = get_varint(reader), count = get_varint(reader);
    demand(reader, (reader->first || doc > 0) && doc + reader->doc <= STORE_MAX_ARTICLES);
    demand(reader, count > 0 && count <= STORE_MAX_POSITION);
    reader->first = false;
    reader->doc += (uint32_t)doc;
    reader->count = (uint32_t)count;
    return reader->status == STATUS_OK;
}

void run_reader_positions(struct run_reader *reader, struct bytes *out)
{
    if (!bytes_reserve(out, reader->count * sizeof(uint32_t))) {
        reader->status = STATUS_NO_MEMORY;
        return;
    }
    uint32_t *at = (uint32_t *)(void *)(out->data + out->size);
    uint64_t position = 0;
    for (uint32_t i = 0; i < reader->count && reader->status == STATUS_OK; i++) {
        uint64_t gap = get_varint(reader);
        position += gap;
        demand(reader,
               (i == 0 || gap > 0) && gap <= STORE_MAX_POSITION && position <= STORE_MAX_POSITION);
        at[i] = (uint32_t)position;
    }
    out->size += reader->count * sizeof(uint32_t);
}

uint64_t run_reader_done(const struct run_reader *reader)
{
    return reader->next - (reader->filled - reader->at);
}
