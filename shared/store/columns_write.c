#include "store/columns_write.h"

#include <assert.h>

#include "base/bytes.h"
#include "base/endian.h"
#include "base/hash.h"
#include "base/memory.h"
#include "store/fields.h"
#include "store/hash_entry.h"
#include "store/norm.h"
#include "store/settings.h"

struct column_writer {
    struct chunk_writer *norms, *title_words, *dates; /* borrowed */
    struct bytes norm_bytes;
    struct bytes title_counts; /* uint32_t as this machine has them */
    uint32_t most_title_words;
    uint64_t undated; /* articles so far, while none has a date */
    bool dated;
};

struct column_writer *column_writer_open(struct container_writer *container, struct error *error)
{
    struct column_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write the columns: out of memory");
        return NULL;
    }
    writer->norms = container_chunk(container, CHUNK_NORMS, error);
    if (writer->norms)
        writer->title_words = container_chunk(container, CHUNK_TITLE_WORDS, error);
    if (writer->title_words)
        writer->dates = container_chunk(container, CHUNK_DATES, error);
    if (writer->dates)
        return writer;
    column_writer_close(writer);
    return NULL;
}

/* Nothing is written as long as no article has a date. */
static void write_date(struct column_writer *writer, uint64_t date)
{
    uint8_t packed[8], none[8];
    if (!writer->dated && date == FIELDS_NO_DATE) {
        writer->undated++;
        return;
    }
    writer->dated = true;
    store_le64(none, FIELDS_NO_DATE);
    for (; writer->undated; writer->undated--)
        chunk_append(writer->dates, none, sizeof none);
    store_le64(packed, date);
    chunk_append(writer->dates, packed, sizeof packed);
}

void column_writer_article(struct column_writer *writer, uint32_t words, uint32_t title_words,
                           uint64_t date)
{
    write_date(writer, date);
    bytes_put_u8(&writer->norm_bytes, norm_of_length(words));
    bytes_append(&writer->title_counts, &title_words, sizeof title_words);
    if (title_words > writer->most_title_words)
        writer->most_title_words = title_words;
}

enum status column_writer_status(const struct column_writer *writer)
{
    return writer->norm_bytes.status ? writer->norm_bytes.status : writer->title_counts.status;
}

const uint8_t *column_writer_norms(const struct column_writer *writer)
{
    return writer->norm_bytes.data;
}

const uint32_t *column_writer_title_words(const struct column_writer *writer)
{
    return (const uint32_t *)(const void *)writer->title_counts.data;
}

static uint8_t width_of(uint32_t most)
{
    return most == 0 ? 0 : most <= UINT8_MAX ? 1 : most <= UINT16_MAX ? 2 : 4;
}

static void write_title_words(struct column_writer *writer)
{
    const uint32_t *counts = column_writer_title_words(writer);
    size_t count = writer->title_counts.size / sizeof *counts;
    uint8_t width = width_of(writer->most_title_words);
    chunk_append(writer->title_words, &width, 1);
    for (size_t i = 0; i < count && width; i++) {
        uint8_t packed[4];
        store_le32(packed, counts[i]);
        chunk_append(writer->title_words, packed, width);
    }
}

enum status column_writer_finish(struct column_writer *writer)
{
    if (column_writer_status(writer) != STATUS_OK)
        return column_writer_status(writer);
    chunk_append(writer->norms, writer->norm_bytes.data, writer->norm_bytes.size);
    write_title_words(writer);
    enum status status = chunk_status(writer->norms);
    if (status == STATUS_OK)
        status = chunk_status(writer->title_words);
    return status == STATUS_OK ? chunk_status(writer->dates) : status;
}

void column_writer_close(struct column_writer *writer)
{
    if (!writer)
        return;
    bytes_release(&writer->norm_bytes);
    bytes_release(&writer->title_counts);
    memory_free(writer);
}

/* --- Ids ---------------------------------------------------------------------------------------*/

struct id_writer {
    struct chunk_writer *chunk; /* borrowed */
    uint32_t count, added;
    uint64_t last_hash;
    uint32_t last_doc;
};

uint64_t id_hash(struct slice id)
{
    return hash_bytes(id.data, id.size);
}

struct id_writer *id_writer_open(struct container_writer *container, uint32_t count,
                                 struct error *error)
{
    struct id_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write the ids: out of memory");
        return NULL;
    }
    writer->count = count;
    writer->chunk = container_chunk(container, CHUNK_IDS, error);
    if (writer->chunk)
        return writer;
    id_writer_close(writer);
    return NULL;
}

void id_writer_add(struct id_writer *writer, uint64_t hash, uint32_t doc)
{
    uint8_t entry[HASH_ENTRY_BYTES];
    assert(writer->added < writer->count && doc < writer->count);
    assert(writer->added == 0 || hash > writer->last_hash ||
           (hash == writer->last_hash && doc > writer->last_doc));
    hash_entry_write(entry, hash, doc);
    chunk_append(writer->chunk, entry, sizeof entry);
    writer->added++;
    writer->last_hash = hash;
    writer->last_doc = doc;
}

enum status id_writer_finish(struct id_writer *writer)
{
    assert(writer->added == writer->count);
    return chunk_status(writer->chunk);
}

void id_writer_close(struct id_writer *writer)
{
    memory_free(writer);
}
