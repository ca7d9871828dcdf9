#include "match/leaf.h"

#include "base/bytes.h"

/* Starts become spans in their place, the last one first. */
bool match_leaf_extents(struct match_leaf *leaf, struct bytes *out)
{
    if (leaf->kind->extents)
        return leaf->kind->extents(leaf, out);
    if (!match_leaf_occurrences(leaf, out))
        return false;
    size_t count = out->size / sizeof(uint32_t);
    if (count && !bytes_extend(out, count * (sizeof(struct match_span) - sizeof(uint32_t))))
        return false;
    const uint32_t *starts = (const uint32_t *)(const void *)out->data;
    struct match_span *spans = (struct match_span *)(void *)out->data;
    for (size_t i = count; i-- > 0;)
        spans[i] = (struct match_span){starts[i], leaf->word_count};
    return true;
}
