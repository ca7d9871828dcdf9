#include "build/term_join.h"

struct join {
    struct term_encoder *encoder;
    bool any;          /* an article was told */
    uint32_t last_doc; /* then: the last */
    bool goes_on;      /* it has more in the next part, behind last_position */
    uint32_t last_position;
};

/* Articles of the next part follow those of the one before, or go on with its last. */
static bool follows(const struct join *join, const struct run_frame *frame, bool first)
{
    if (frame->docs[frame->count - 1] >= term_encoder_article_count(join->encoder))
        return false;
    if (!first || !join->any || frame->docs[0] > join->last_doc)
        return true;
    return join->goes_on && frame->docs[0] == join->last_doc;
}

/* From a position in the article to the distance from the last one of the part before. */
static bool move_first(const struct join *join, uint32_t *value)
{
    if (*value <= join->last_position)
        return false;
    *value -= join->last_position + 1;
    return true;
}

static enum status join_frame(struct join *join, struct run_reader *reader,
                              const struct run_frame *frame, bool first)
{
    uint32_t values[RUN_FRAME], count;
    if (!follows(join, frame, first))
        return STATUS_IO;
    bool more = first && join->any && frame->docs[0] == join->last_doc;
    term_encoder_articles(join->encoder, frame->docs, frame->tfs,
                          reader->titles ? frame->title_tfs : NULL, frame->count, more);
    join->any = true;
    join->last_doc = frame->docs[frame->count - 1];
    while ((count = run_reader_values(reader, values)) > 0) {
        if (more && !move_first(join, &values[0]))
            return STATUS_IO;
        more = false;
        term_encoder_values(join->encoder, values, count);
    }
    return reader->status;
}

static enum status join_parts(struct join *join, struct run_reader *reader)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && run_reader_part(reader)) {
        struct run_frame frame;
        for (bool first = true; status == STATUS_OK && run_reader_frame(reader, &frame);
             first = false)
            status = join_frame(join, reader, &frame, first);
        join->goes_on = reader->goes_on;
        join->last_position = reader->last_position;
    }
    return status ? status : reader->status;
}

enum status term_join(struct run_reader *const *readers, size_t count, struct term_encoder *encoder)
{
    struct join join = {.encoder = encoder};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = join_parts(&join, readers[i]);
    return status == STATUS_OK && !join.any ? STATUS_IO : status;
}
