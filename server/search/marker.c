#include "search/marker.h"

#include "match/budget.h"
#include "match/leaf.h"
#include "search/hit.h"
#include "search/occurrences.h"
#include "text/utf8.h"

enum { WORDS_AT_ONCE = 64, READS_OF_BLOCK = 16 /* that cost as much as a block */ };

/* Words may share characters, as 1 and 2 share a vulgar fraction: their stretches become one. */
static void close_range(struct marker *marker, size_t end)
{
    struct range range = {marker->start, (uint32_t)end};
    size_t count = marker->out->size / sizeof range;
    struct range *made = (struct range *)(void *)marker->out->data;
    marker->open = false;
    if (count == 0 || made[count - 1].end <= range.start)
        bytes_append(marker->out, &range, sizeof range);
    else if (made[count - 1].end < range.end)
        made[count - 1].end = range.end;
}

void marker_word(struct marker *marker, uint32_t position, size_t start, size_t end)
{
    while (marker->at < marker->count && marker->items[marker->at].start <= position) {
        const struct occurrence *item = &marker->items[marker->at++];
        if (item->start < position)
            continue;
        uint32_t last = item->start + item->words - 1;
        if (!marker->open)
            marker->start = (uint32_t)start;
        marker->last = marker->open && marker->last > last ? marker->last : last;
        marker->open = true;
    }
    if (marker->open && position == marker->last)
        close_range(marker, end);
}

static bool is_done(const struct marker *marker)
{
    bool full = marker->out->size >= marker->most * sizeof(struct range);
    return full || (!marker->open && marker->at == marker->count);
}

static enum status mark_bytes(struct marker *marker, struct slice text, uint32_t position,
                              struct analyzer *analyzer, struct match_budget *budget)
{
    struct word words[WORDS_AT_ONCE];
    size_t count, reads = 0;
    analyzer_begin(analyzer, text);
    while (!is_done(marker) && (count = analyzer_read(analyzer, words, WORDS_AT_ONCE)) > 0) {
        if (reads++ % READS_OF_BLOCK == 0 && !match_budget_spend(budget, 1))
            return budget->status;
        for (size_t i = 0; i < count && !is_done(marker); i++)
            marker_word(marker, position++, words[i].start, words[i].end);
    }
    if (budget->status != STATUS_OK)
        return budget->status;
    return analyzer_status(analyzer) != STATUS_OK ? analyzer_status(analyzer) : marker->out->status;
}

/* Ranges that ascend and do not overlap, from bytes to code points. */
static void count_code_points(struct slice text, struct bytes *ranges)
{
    struct range *range = (struct range *)(void *)ranges->data;
    size_t count = ranges->size / sizeof *range, byte = 0;
    uint32_t point = 0;
    for (size_t i = 0; i < count; i++) {
        point += (uint32_t)utf8_length(slice_of(text.data + byte, range[i].start - byte));
        byte = range[i].start;
        range[i].start = point;
        point += (uint32_t)utf8_length(slice_of(text.data + byte, range[i].end - byte));
        byte = range[i].end;
        range[i].end = point;
    }
}

enum status marker_text(struct slice text, uint32_t position, const struct occurrence *items,
                        size_t count, size_t most, struct analyzer *analyzer,
                        struct match_budget *budget, struct bytes *out)
{
    struct marker marker = {.items = items, .count = count, .most = most, .out = out};
    bytes_clear(out);
    if (count == 0)
        return STATUS_OK;
    enum status status = mark_bytes(&marker, text, position, analyzer, budget);
    count_code_points(text, out);
    return status;
}
