#include "build/run.h"

#include "codec/varint.h"

void run_writer_begin(struct run_writer *writer, struct spool *spool)
{
    writer->spool = spool;
    writer->begin = spool_size(spool);
}

void run_writer_term(struct run_writer *writer)
{
    bytes_clear(&writer->payload);
    writer->articles = 0;
    writer->last_doc = 0;
}

void run_writer_article(struct run_writer *writer, uint32_t doc, const uint32_t *positions,
                        size_t count)
{
    struct bytes *out = &writer->payload;
    varint_put(out, doc - writer->last_doc);
    varint_put(out, count);
    if (!bytes_reserve(out, 5 * count))
        return;
    uint8_t *at = out->data + out->size;
    uint32_t before = 0;
    for (size_t i = 0; i < count; i++) {
        at = varint_write(at, positions[i] - before);
        before = positions[i];
    }
    out->size = (size_t)(at - out->data);
    writer->last_doc = doc;
    writer->articles++;
}

static void append(struct run_writer *writer, const struct bytes *b)
{
    if (writer->status == STATUS_OK)
        writer->status = b->status;
    if (writer->status == STATUS_OK)
        writer->status = spool_append(writer->spool, b->data, b->size);
}

void run_writer_term_end(struct run_writer *writer, struct slice key)
{
    bytes_clear(&writer->head);
    bytes_put_le16(&writer->head, (uint16_t)key.size);
    bytes_append_slice(&writer->head, key);
    varint_put(&writer->head, writer->articles);
    varint_put(&writer->head, writer->payload.size);
    append(writer, &writer->head);
    append(writer, &writer->payload);
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
