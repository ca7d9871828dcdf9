/* The parts of a postings list and of a positions list whose sizes follow from df and cf;
 * FORMAT.md, "postings" and "positions". */
#ifndef VERBATIM_STORE_LIST_LAYOUT_H
#define VERBATIM_STORE_LIST_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

enum {
    LIST_BLOCK = 128,      /* articles, or positions */
    LIST_SIDE_BYTES = 14,  /* of the side arrays a block: last, offset, position start, bound */
    LIST_BEST_MOST = 1000, /* the greatest k whose k-th best impact is stored */
    LIST_TOP = 10,         /* articles that are stored where the k-th best is for that k */
    LIST_TOP_TF_BITS = 10,
    LIST_TOP_TITLE_BITS = 3,
    LIST_TOP_MOST_BYTES = 58, /* where the number of an article takes 31 bits */
    POSITION_GROUP = 16,      /* blocks of positions for one base in the directory */
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

/* Bits of the number of an article in a file of so many. */
static inline unsigned list_top_doc_bits(uint32_t articles)
{
    return articles > 1 ? 32 - (unsigned)__builtin_clz(articles - 1) : 0;
}

/* Of the best articles, what follows them, and whether others are as good as the last. */
static inline uint32_t list_top_bytes(uint32_t articles)
{
    uint32_t counts = LIST_TOP_TF_BITS + LIST_TOP_TITLE_BITS;
    return (LIST_TOP * (list_top_doc_bits(articles) + counts) + counts + 8 + 1 + 7) / 8;
}

static inline bool list_has_top(uint32_t df)
{
    return df >= LIST_BEST_MOST;
}

/* Bytes behind the blocks of a postings list in a file of so many articles; 0 where it has one
 * block. */
static inline uint64_t list_side_bytes(uint32_t df, uint32_t articles)
{
    if (df <= LIST_BLOCK)
        return 0;
    return list_blocks(df) * LIST_SIDE_BYTES + 2 * list_best_count(df) +
           (list_has_top(df) ? list_top_bytes(articles) : 0);
}

/* Bytes behind the blocks of a positions list; 0 where it has one block. */
static inline uint64_t list_directory_bytes(uint64_t cf)
{
    uint64_t blocks = list_blocks(cf), groups = (blocks + POSITION_GROUP - 1) / POSITION_GROUP;
    return blocks <= 1 ? 0 : blocks * POSITION_LENGTH_BYTES + groups * POSITION_BASE_BYTES;
}

/* The least that a postings list takes of so many articles or more, in a file of `articles`: a byte
 * a block and what stands behind them. */
static inline uint64_t list_least_bytes(uint32_t df, uint32_t articles)
{
    return list_blocks(df) + list_side_bytes(df, articles);
}

#endif
