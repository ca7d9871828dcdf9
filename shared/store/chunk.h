/* The chunks of a file, by number and name. Their insides are laid out in FORMAT.md. */
#ifndef VERBATIM_STORE_CHUNK_H
#define VERBATIM_STORE_CHUNK_H

#include <stdint.h>

enum chunk_id { /* also their order in the file; a number is never used again for something else */
                CHUNK_SETTINGS,
                CHUNK_LEXICON,
                CHUNK_POSTINGS,
                CHUNK_POSITIONS,
                CHUNK_NORMS,
                CHUNK_TITLE_WORDS,
                CHUNK_DATES,
                CHUNK_IDS,
                CHUNK_FIELDS,
                CHUNK_TEXT,  /* absent with --no-text */
                CHUNK_GRAMS, /* this and what follows: laid out, absent until written */
                CHUNK_CLASSES,
                CHUNK_TITLES,
                CHUNK_COMPOUNDS,
                CHUNK_COMPLETIONS,
                CHUNK_GROUPS,
                CHUNK_ORDER, /* only where articles are numbered otherwise than they came */
                CHUNK_COUNT
};

/* "settings", "lexicon" …; at most 16 bytes. */
extern const char *const chunk_names[CHUNK_COUNT];

/* Where the next part of a chunk begins behind one that ends at `bytes`: its numbers are aligned.
 */
static inline uint64_t chunk_padded(uint64_t bytes)
{
    return bytes + -bytes % 8;
}

#endif
