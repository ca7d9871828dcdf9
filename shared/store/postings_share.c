#include "store/postings_share.h"

/* Each article is looked for in the other block: for where they are few. */
static void look_up(const struct postings *few, uint32_t at, const struct postings *many,
                    struct postings_shared *shared)
{
    uint32_t last = many->docs[many->count - 1];
    for (; at < few->count && few->docs[at] <= last; at++) {
        uint32_t place = postings_find_in_block(many, few->docs[at]);
        shared->few[shared->count] = (uint8_t)at;
        shared->many[shared->count] = (uint8_t)place;
        shared->count += many->docs[place] == few->docs[at];
    }
}

/* Both are walked: every step moves on in one or both without a branch to guess. */
static void merge(const struct postings *few, uint32_t at, const struct postings *many,
                  struct postings_shared *shared)
{
    uint32_t place = postings_find_in_block(many, few->docs[at]);
    while (at < few->count && place < many->count) {
        uint32_t left = few->docs[at], right = many->docs[place];
        shared->few[shared->count] = (uint8_t)at;
        shared->many[shared->count] = (uint8_t)place;
        shared->count += left == right;
        at += left <= right;
        place += right <= left;
    }
}

enum { WALK = 24 }; /* articles from which on walking both blocks is faster */

uint32_t postings_share(const struct postings *few, uint32_t few_at, const struct postings *many,
                        struct postings_shared *shared)
{
    uint32_t few_last = few->docs[few->count - 1], many_last = many->docs[many->count - 1];
    shared->count = 0;
    if (few_at + WALK < few->count && few->docs[few_at + WALK] <= many_last)
        merge(few, few_at, many, shared);
    else
        look_up(few, few_at, many, shared);
    return (few_last < many_last ? few_last : many_last) + 1;
}
