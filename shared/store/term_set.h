/* A set of term numbers, then the place of each in it: a bit a term. */
#ifndef VERBATIM_STORE_TERM_SET_H
#define VERBATIM_STORE_TERM_SET_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct term_set {       /* one thread; zeroed: empty; release when done */
    uint64_t *bits;     /* owned */
    uint32_t *before;   /* owned; members in the words before each word of bits; after the count */
    size_t word_count;  /* of bits */
    enum status status; /* sticky */
};

void term_set_add(struct term_set *set, uint32_t term);
/* Ends adding. Returns the number of members; 0 with a bad status. */
uint32_t term_set_count(struct term_set *set);
/* How many members are less; after the count. term is one. */
uint32_t term_set_place(const struct term_set *set, uint32_t term);
/* Calls take with each member, ascending. */
void term_set_each(const struct term_set *set, void (*take)(void *context, uint32_t term),
                   void *context);
void term_set_release(struct term_set *set);

#endif
