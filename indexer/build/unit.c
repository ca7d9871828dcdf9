#include "build/unit.h"

size_t unit_bytes(const struct unit *unit)
{
    return unit->data.size + unit->articles.size;
}

bool unit_at_batch_end(const struct unit *unit)
{
    return unit_count(unit) == 0 || unit->batch_bytes >= BATCH_BYTES ||
           unit->batch_articles >= BATCH_ARTICLES;
}

enum status unit_add(struct unit *unit, struct slice record, struct slice body)
{
    bool begins = unit_at_batch_end(unit);
    struct unit_article article = {
        .record_at = unit->data.size,
        .record_size = record.size,
        .body_at = unit->data.size + record.size,
        .body_size = body.size,
        .begins_batch = begins,
    };
    bytes_append_slice(&unit->data, record);
    bytes_append_slice(&unit->data, body);
    bytes_append(&unit->articles, &article, sizeof article);
    unit->batch_bytes = (begins ? 0 : unit->batch_bytes) + record.size + body.size;
    unit->batch_articles = (begins ? 0 : unit->batch_articles) + 1;
    return unit->data.status ? unit->data.status : unit->articles.status;
}

void unit_release(struct unit *unit)
{
    bytes_release(&unit->data);
    bytes_release(&unit->articles);
}
