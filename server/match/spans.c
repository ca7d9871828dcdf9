#include "match/spans.h"

#include "base/bytes.h"
#include "match/places.h"
#include "store/columns_read.h"

static int by_start(const void *a, const void *b)
{
    const struct match_span *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->words > right->words) - (left->words < right->words);
}

bool spans_sort(const struct match_source *source, struct bytes *spans)
{
    struct match_budget *budget = source->budget;
    struct match_span *items = spans_items(spans);
    size_t count = spans_count(spans), kept = 0;
    if (!match_places_order(budget, items, count, sizeof *items, by_start))
        return false;
    for (size_t i = 0; i < count && match_budget_place(budget, i); i++)
        if (i == 0 || by_start(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    spans->size = kept * sizeof *items;
    return budget->status == STATUS_OK;
}

/* They ascend. */
bool spans_in_title(const struct match_source *source, uint32_t doc, const struct bytes *spans,
                    uint32_t *count)
{
    uint32_t title_words = 0;
    *count = 0;
    enum status status = columns_title_words(source->columns, doc, &title_words);
    if (!match_budget_check(source->budget, status, CHUNK_TITLE_WORDS))
        return false;
    while (*count < spans_count(spans) && spans_items(spans)[*count].start < title_words)
        ++*count;
    return match_budget_spend(source->budget, *count / BUDGET_PLACES);
}

bool spans_starts(const struct match_source *source, const struct bytes *spans, struct bytes *out)
{
    bytes_clear(out);
    for (size_t i = 0; i < spans_count(spans); i++) {
        if (!match_budget_place(source->budget, i))
            return false;
        bytes_append(out, &spans_items(spans)[i].start, sizeof(uint32_t));
    }
    return match_budget_check(source->budget, out->status, CHUNK_POSITIONS);
}

bool spans_copy(const struct match_source *source, const struct bytes *spans, struct bytes *out)
{
    bytes_clear(out);
    return match_places_append(source->budget, out, bytes_slice(spans));
}
