#include "store/sink.h"

#include "store/spool_copy.h"

static void spill(struct sink *sink)
{
    struct error error = {0};
    if (!sink->spool)
        sink->spool = container_spool(sink->container, &error);
    if (!sink->spool)
        sink->status = error.status;
    else
        sink->status = spool_append(sink->spool, sink->held.data, sink->held.size);
    bytes_clear(&sink->held);
}

void sink_append(struct sink *sink, const void *data, size_t size)
{
    if (sink->chunk) {
        chunk_append(sink->chunk, data, size);
        return;
    }
    if (sink->status != STATUS_OK)
        return;
    if (sink->into) {
        bytes_append(sink->into, data, size);
        sink->status = sink->into->status;
        return;
    }
    bytes_append(&sink->held, data, size);
    sink->status = sink->held.status;
    if (sink->status == STATUS_OK && sink->held.size >= SINK_HELD_BYTES)
        spill(sink);
}

static void take_part(void *context, const void *data, size_t size)
{
    sink_append(context, data, size);
}

void sink_drain(struct sink *sink, struct sink *to)
{
    struct error error = {0};
    if (sink->spool && sink->status == STATUS_OK && spool_size(sink->spool))
        sink->status = spool_copy(sink->spool, take_part, to, &error);
    if (sink->status == STATUS_OK)
        sink_append(to, sink->held.data, sink->held.size);
    sink_drop(sink);
}

void sink_drop(struct sink *sink)
{
    if (sink->spool && spool_size(sink->spool))
        spool_truncate(sink->spool);
    bytes_clear(&sink->held);
}

void sink_release(struct sink *sink)
{
    spool_close(sink->spool);
    sink->spool = NULL;
    bytes_release(&sink->held);
}
