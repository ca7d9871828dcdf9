#include "match/pair.h"

/* The next of those found already. */
static uint32_t next_shared(struct match_pair *pair, uint32_t target)
{
    const struct postings_shared *shared = &pair->shared;
    const uint32_t *docs = pair->few->postings.docs;
    while (pair->given < shared->count) {
        uint32_t i = pair->given++;
        if (docs[shared->places[0][i]] < target)
            continue;
        match_cursor_stand(pair->many, shared->places[1][i]);
        match_cursor_stand(pair->few, shared->places[0][i]);
        return pair->few->doc;
    }
    return NO_MORE_DOCS;
}

/* The articles of the next two blocks that share any from the target on. */
static bool find_shared(struct match_pair *pair, uint32_t target)
{
    pair->given = 0;
    for (pair->shared.count = 0; pair->shared.count == 0; target = pair->behind) {
        uint32_t doc = match_cursor_seek(pair->few, target);
        uint32_t other = doc == NO_MORE_DOCS ? doc : match_cursor_seek(pair->many, doc);
        if (other == NO_MORE_DOCS)
            return false;
        pair->behind = other;
        const struct postings *few = &pair->few->postings;
        if (other <= few->docs[few->count - 1])
            pair->behind = postings_share(few, postings_find_in_block(few, other),
                                          &pair->many->postings, &pair->shared);
    }
    return true;
}

uint32_t match_pair_seek(struct match_pair *pair, uint32_t target)
{
    uint32_t doc = target < pair->behind ? next_shared(pair, target) : NO_MORE_DOCS;
    while (doc == NO_MORE_DOCS) {
        if (!find_shared(pair, target > pair->behind ? target : pair->behind))
            return NO_MORE_DOCS;
        doc = next_shared(pair, target);
    }
    return doc;
}
