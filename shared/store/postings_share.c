#include "store/postings_share.h"

#include "codec/kernel.h"

_Static_assert((int)POSTINGS_BLOCK == (int)KERNEL_SHARE, "a block is shared at once");

/* Each article is looked for in the other block: for where they are few. */
static uint32_t look_up(struct postings_docs few, const struct postings *many,
                        uint8_t (*places)[POSTINGS_BLOCK])
{
    uint32_t last = many->docs[many->count - 1], count = 0;
    for (uint32_t at = few.at; at < few.count && few.docs[at] <= last; at++) {
        uint32_t place = postings_find_in_block(many, few.docs[at]);
        places[0][count] = (uint8_t)at;
        places[1][count] = (uint8_t)place;
        count += many->docs[place] == few.docs[at];
    }
    return count;
}

enum { SHARE = 8 }; /* articles from which on comparing whole blocks is faster */

static void share(struct postings_docs few, const struct postings *many,
                  struct postings_shared *shared)
{
    if (few.at + SHARE < few.count && few.docs[few.at + SHARE] <= many->docs[many->count - 1]) {
        struct kernel_numbers left = {few.docs, few.at, few.count};
        struct kernel_numbers right = {many->docs, 0, many->count};
        right.from = postings_find_in_block(many, few.docs[few.at]);
        shared->count = kernel()->share(left, right, shared->places);
    } else {
        shared->count = look_up(few, many, shared->places);
    }
}

uint32_t postings_share(const struct postings *few, uint32_t few_at, const struct postings *many,
                        struct postings_shared *shared)
{
    uint32_t few_last = few->docs[few->count - 1], many_last = many->docs[many->count - 1];
    share((struct postings_docs){few->docs, few_at, few->count}, many, shared);
    return (few_last < many_last ? few_last : many_last) + 1;
}

uint32_t postings_share_docs(struct postings_docs few, const struct postings *many,
                             struct postings_shared *shared)
{
    uint32_t behind = postings_find_doc(few.docs, many->docs[many->count - 1] + 1);
    share(few, many, shared);
    return behind < few.count ? behind : few.count;
}
