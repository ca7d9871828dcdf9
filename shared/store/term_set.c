#include "store/term_set.h"

#include <string.h>

#include "base/memory.h"

enum { WORD_BITS = 64 };

static void grow(struct term_set *set, size_t least)
{
    size_t count = least + least / 2;
    uint64_t *bits = memory_resize(set->bits, count * sizeof *bits);
    if (!bits) {
        set->status = STATUS_NO_MEMORY;
        return;
    }
    memset(bits + set->word_count, 0, (count - set->word_count) * sizeof *bits);
    set->bits = bits;
    set->word_count = count;
}

void term_set_add(struct term_set *set, uint32_t term)
{
    size_t word = term / WORD_BITS;
    if (word >= set->word_count && set->status == STATUS_OK)
        grow(set, word + 1);
    if (set->status == STATUS_OK)
        set->bits[word] |= (uint64_t)1 << term % WORD_BITS;
}

uint32_t term_set_count(struct term_set *set)
{
    uint32_t count = 0;
    if (set->status == STATUS_OK)
        set->before = memory_allocate((set->word_count + 1) * sizeof *set->before);
    if (!set->before) {
        set->status = STATUS_NO_MEMORY;
        return 0;
    }
    for (size_t i = 0; i < set->word_count; i++) {
        set->before[i] = count;
        count += (uint32_t)__builtin_popcountll(set->bits[i]);
    }
    return count;
}

uint32_t term_set_place(const struct term_set *set, uint32_t term)
{
    size_t word = term / WORD_BITS;
    uint64_t less = ((uint64_t)1 << term % WORD_BITS) - 1;
    return set->before[word] + (uint32_t)__builtin_popcountll(set->bits[word] & less);
}

void term_set_each(const struct term_set *set, void (*take)(void *context, uint32_t term),
                   void *context)
{
    for (size_t i = 0; i < set->word_count; i++)
        for (uint64_t word = set->bits[i]; word; word &= word - 1)
            take(context, (uint32_t)(i * WORD_BITS) + (uint32_t)__builtin_ctzll(word));
}

void term_set_release(struct term_set *set)
{
    memory_free(set->bits);
    memory_free(set->before);
    *set = (struct term_set){0};
}
