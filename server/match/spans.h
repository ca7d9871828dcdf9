/* Spans of positions, as an article's occurrences: arrays of struct match_span in bytes. */
#ifndef VERBATIM_MATCH_SPANS_H
#define VERBATIM_MATCH_SPANS_H

#include "base/bytes.h"
#include "match/leaf.h"
#include "match/source.h"

static inline size_t spans_count(const struct bytes *spans)
{
    return spans->size / sizeof(struct match_span);
}

static inline struct match_span *spans_items(const struct bytes *spans)
{
    return (struct match_span *)(void *)spans->data;
}

/* All: false with the budget's status bad. */
/* Ascending by start, then by length; none twice. */
bool spans_sort(const struct match_source *source, struct bytes *spans);
/* How many begin in the article's title. */
bool spans_in_title(const struct match_source *source, uint32_t doc, const struct bytes *spans,
                    uint32_t *count);
/* Their starts, as uint32_t; replaces what out holds. */
bool spans_starts(const struct match_source *source, const struct bytes *spans, struct bytes *out);
bool spans_copy(const struct match_source *source, const struct bytes *spans, struct bytes *out);

#endif
