#include "match/docs.h"

#include "base/arena.h"

struct match_docs {
    struct matcher matcher;
    const uint32_t *docs;
    size_t count;
    size_t at; /* of those not yet passed */
};

static uint32_t docs_seek(struct matcher *matcher, uint32_t target)
{
    struct match_docs *list = (struct match_docs *)matcher;
    size_t high = list->count;
    while (list->at < high) {
        size_t middle = list->at + (high - list->at) / 2;
        if (list->docs[middle] < target)
            list->at = middle + 1;
        else
            high = middle;
    }
    return list->at < list->count ? list->docs[list->at] : NO_MORE_DOCS;
}

static const struct matcher_kind docs_kind = {.seek = docs_seek};

struct matcher *match_docs(const struct match_source *source, const uint32_t *docs, size_t count)
{
    struct match_docs *list = arena_allocate(source->arena, 1, sizeof *list);
    if (!list)
        return NULL;
    matcher_init(&list->matcher, &docs_kind, count);
    list->docs = docs;
    list->count = count;
    return &list->matcher;
}
