#include "build/gram_sort.h"

#include <string.h>

enum { FEW = 32, DIGIT_BITS_MOST = 11 };

unsigned gram_bits(uint32_t number)
{
    return number ? 32 - (unsigned)__builtin_clz(number) : 0;
}

static void sort_few(struct gram_link *links, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct gram_link link = links[i];
        size_t at = i;
        for (; at > 0 && links[at - 1].key > link.key; at--)
            links[at] = links[at - 1];
        links[at] = link;
    }
}

static void sort_by_digit(const struct gram_link *from, struct gram_link *to, size_t count,
                          unsigned shift, unsigned bits)
{
    size_t at[1 << DIGIT_BITS_MOST], behind = 0;
    uint32_t mask = ((uint32_t)1 << bits) - 1;
    memset(at, 0, ((size_t)mask + 1) * sizeof *at);
    for (size_t i = 0; i < count; i++)
        at[from[i].key >> shift & mask]++;
    for (uint32_t digit = 0; digit <= mask; digit++) {
        size_t n = at[digit];
        at[digit] = behind;
        behind += n;
    }
    for (size_t i = 0; i < count; i++)
        to[at[from[i].key >> shift & mask]++] = from[i];
}

struct gram_link *gram_sort(struct gram_link *links, struct gram_link *spare, size_t count,
                            unsigned bits)
{
    if (count <= FEW) {
        sort_few(links, count);
        return links;
    }
    unsigned passes = (bits + DIGIT_BITS_MOST - 1) / DIGIT_BITS_MOST;
    for (unsigned pass = 0; pass < passes; pass++) {
        unsigned from = bits * pass / passes, to = bits * (pass + 1) / passes;
        sort_by_digit(links, spare, count, from, to - from);
        struct gram_link *sorted = spare;
        spare = links;
        links = sorted;
    }
    return links;
}
