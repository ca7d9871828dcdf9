#include "match/leaf.h"

#include "base/bytes.h"
#include "match/budget.h"

/* Starts become spans in their place, the last one first. */
bool match_leaf_extents(struct match_leaf *leaf, struct match_budget *budget, struct bytes *out)
{
    if (leaf->kind->extents)
        return leaf->kind->extents(leaf, out);
    if (!match_leaf_occurrences(leaf, out))
        return false;
    size_t count = out->size / sizeof(uint32_t);
    bytes_extend(out, count * (sizeof(struct match_span) - sizeof(uint32_t)));
    if (!match_budget_check(budget, out->status, CHUNK_POSITIONS))
        return false;
    const uint32_t *starts = (const uint32_t *)(const void *)out->data;
    struct match_span *spans = (struct match_span *)(void *)out->data;
    for (size_t i = count; i-- > 0 && match_budget_place(budget, i);)
        spans[i] = (struct match_span){starts[i], leaf->word_count};
    return budget->status == STATUS_OK;
}
