/* A word as it grows, of any length in bounded memory: past WORD_MAX_BYTES it is known by its first
 * bytes and its hash, as analyzer.h says. Inward. */
#ifndef VERBATIM_TEXT_SPELLING_H
#define VERBATIM_TEXT_SPELLING_H

#include "base/hash.h"
#include "text/analyzer.h"
#include "text/utf8_inline.h"

enum { SPELLING_BYTES = 2 * WORD_MAX_BYTES };

struct spelling {
    size_t size; /* bytes of data in use */
    size_t cut; /* once hashing: data[0 … cut) is the word's beginning, what lies behind is yet to
                   be hashed */
    bool hashing;
    struct hash_stream *stream; /* owned by who made the spelling */
    char data[SPELLING_BYTES + 4];
};

static inline void spelling_begin(struct spelling *s)
{
    s->size = 0;
    s->hashing = false;
}

/* Out of the way of spelling_add: hands data on to the hash. */
void spelling_drain(struct spelling *s);

static inline void spelling_add(struct spelling *s, uint32_t code_point)
{
    s->size += utf8_encode_inline(code_point, s->data + s->size);
    if (s->size > SPELLING_BYTES - 4)
        spelling_drain(s);
}

/* The word as an index holds it; returns its size, at most WORD_MAX_BYTES. The spelling may grow
 * on. */
size_t spelling_write(struct spelling *s, char out[WORD_MAX_BYTES]);

#endif
