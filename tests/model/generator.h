/* Articles as nobody would write them, the same on every machine for the same seed.
 *
 * Zipf's words, near-copies, one word over and over, words glued together, every script, every kind
 * of quotation mark, numerals, empty bodies, titles that are the body's beginning, words of
 * thousands of letters, bodies of many blocks. */
#ifndef VERBATIM_TESTS_GENERATOR_H
#define VERBATIM_TESTS_GENERATOR_H

#include "base/arena.h"
#include "text/article.h"

struct generated {
    struct article article;
    bool plain; /* title and body are letters A–Z, a–z and white space alone: its words need no
                   analyzer */
};

struct generator {
    uint64_t state;
    struct arena *arena;
    struct generated *made; /* all so far, for copies; room for `most` */
    size_t count, most;
};

void generator_init(struct generator *generator, uint64_t seed, size_t most, struct arena *arena);
/* The next one; it lives as long as the arena. Its id is its number, or now and then a strange
 * string. */
const struct generated *generator_next(struct generator *generator);

#endif
