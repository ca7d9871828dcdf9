/* The parts of a postings list and of a positions list whose sizes follow from df and cf;
 * FORMAT.md, "postings" and "positions". */
#ifndef VERBATIM_STORE_LIST_LAYOUT_H
#define VERBATIM_STORE_LIST_LAYOUT_H

#include <stdint.h>

enum {
    LIST_BLOCK = 128,      /* articles, or positions */
    LIST_SIDE_BYTES = 14,  /* of the side arrays a block: last, offset, position start, bound */
    LIST_BEST_MOST = 1000, /* the greatest k whose k-th best impact is stored */
    POSITION_GROUP = 16,   /* blocks of positions for one base in the directory */
    POSITION_LENGTH_BYTES = 2,
    POSITION_BASE_BYTES = 4,
};

static inline uint64_t list_blocks(uint64_t values)
{
    return (values + LIST_BLOCK - 1) / LIST_BLOCK;
}

/* How many k-th best impacts stand behind a list: k = 10 and 100 with more than one block, 1000
 * with so many articles. */
static inline uint32_t list_best_count(uint32_t df)
{
    return df <= LIST_BLOCK ? 0 : df < LIST_BEST_MOST ? 2 : 3;
}

/* Bytes behind the blocks of a postings list; 0 where it has one block. */
static inline uint64_t list_side_bytes(uint32_t df)
{
    return df <= LIST_BLOCK ? 0 : list_blocks(df) * LIST_SIDE_BYTES + 2 * list_best_count(df);
}

/* Bytes behind the blocks of a positions list; 0 where it has one block. */
static inline uint64_t list_directory_bytes(uint64_t cf)
{
    uint64_t blocks = list_blocks(cf), groups = (blocks + POSITION_GROUP - 1) / POSITION_GROUP;
    return blocks <= 1 ? 0 : blocks * POSITION_LENGTH_BYTES + groups * POSITION_BASE_BYTES;
}

#endif
