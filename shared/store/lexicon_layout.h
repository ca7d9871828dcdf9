/* Sizes of the chunk "lexicon"; FORMAT.md lays it out. */
#ifndef VERBATIM_STORE_LEXICON_LAYOUT_H
#define VERBATIM_STORE_LEXICON_LAYOUT_H

#include <stdint.h>

#include "base/slice.h"

enum {
    LEXICON_BLOCK = 32,        /* terms */
    LEXICON_FOOTER_BYTES = 24, /* terms, bytes of data, blocks, terms a block */
    LEXICON_ENTRY_BYTES = 8,   /* of keys and of offsets */
};

/* The first eight bytes of a key as a big-endian number, zeros behind a shorter one: it orders as
 * the keys do, but for ties. */
static inline uint64_t lexicon_key_number(struct slice key)
{
    uint64_t number = 0;
    for (size_t i = 0; i < 8; i++)
        number = number << 8 | (i < key.size ? (uint8_t)key.data[i] : 0);
    return number;
}

#endif
