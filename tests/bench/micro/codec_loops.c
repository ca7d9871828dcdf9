/* Blocks of numbers in and out. Gaps are drawn as of words that stand in one article of so many. */
#include "bench/micro/loop.h"

#include <stdlib.h>

#include "codec/doc_block.h"
#include "codec/kernel.h"
#include "codec/rice.h"
#include "random.h"

enum { BLOCKS = 256, KINDS = 3, DENSE = 0, SPARSE = 1, FEW = 2, FEW_COUNT = 5 };

static const uint32_t one_in[KINDS] = {3, 200, 20000};

struct blocks {
    uint32_t count; /* of each */
    uint32_t docs[BLOCKS][DOC_BLOCK_MOST], gaps[BLOCKS][DOC_BLOCK_MOST];
    uint32_t tfs[BLOCKS][DOC_BLOCK_MOST];
    uint8_t numbers[BLOCKS][RICE_MOST_BYTES], packed[BLOCKS][DOC_BLOCK_MOST_BYTES];
    const uint8_t *numbers_end[BLOCKS], *packed_end[BLOCKS];
};

static struct blocks *all;

static void fill(struct blocks *blocks, uint32_t block, uint32_t rarity, uint64_t *random)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < blocks->count; i++) {
        uint32_t gap = 0;
        while (random_below(random, rarity) > rarity / 16)
            gap += 1 + (uint32_t)random_below(random, 1 + rarity / 8);
        blocks->gaps[block][i] = gap;
        blocks->docs[block][i] = next + gap;
        blocks->tfs[block][i] = 1;
        while (random_below(random, 3) == 0)
            blocks->tfs[block][i]++;
        next += gap + 1;
    }
    blocks->numbers_end[block] =
        rice_encode(blocks->gaps[block], blocks->count, blocks->numbers[block]);
    blocks->packed_end[block] = doc_block_encode(blocks->docs[block], blocks->tfs[block],
                                                 blocks->count, 0, blocks->packed[block]);
}

void codec_prepare(void)
{
    uint64_t random = 1;
    all = malloc(KINDS * sizeof *all);
    for (int kind = 0; all && kind < KINDS; kind++) {
        all[kind].count = kind == FEW ? FEW_COUNT : DOC_BLOCK_MOST;
        for (uint32_t block = 0; block < BLOCKS; block++)
            fill(&all[kind], block, one_in[kind], &random);
    }
}

static uint64_t decode_numbers(int kind)
{
    const struct blocks *blocks = &all[kind];
    uint32_t out[RICE_MOST];
    for (uint32_t i = 0; i < BLOCKS; i++) {
        rice_decode(blocks->numbers[i], blocks->numbers_end[i], blocks->count, out);
        loop_keep(out);
    }
    return (uint64_t)BLOCKS * blocks->count;
}

static uint64_t decode_docs(int kind)
{
    const struct blocks *blocks = &all[kind];
    struct doc_block_counts counts;
    uint32_t out[RICE_MOST];
    for (uint32_t i = 0; i < BLOCKS; i++) {
        doc_block_decode(blocks->packed[i], blocks->packed_end[i], 0, blocks->count, out, &counts);
        loop_keep(out);
    }
    return (uint64_t)BLOCKS * blocks->count;
}

static uint64_t decode_both(int kind)
{
    const struct blocks *blocks = &all[kind];
    struct doc_block_counts counts;
    uint32_t out[RICE_MOST], tfs[RICE_MOST];
    uint64_t sum;
    for (uint32_t i = 0; i < BLOCKS; i++) {
        doc_block_decode(blocks->packed[i], blocks->packed_end[i], 0, blocks->count, out, &counts);
        doc_block_decode_counts(&counts, blocks->count, tfs, &sum);
        loop_keep(tfs);
    }
    return (uint64_t)BLOCKS * blocks->count;
}

static uint64_t encode_numbers(int kind)
{
    const struct blocks *blocks = &all[kind];
    uint8_t out[RICE_MOST_BYTES];
    for (uint32_t i = 0; i < BLOCKS; i++) {
        rice_encode(blocks->gaps[i], blocks->count, out);
        loop_keep(out);
    }
    return (uint64_t)BLOCKS * blocks->count;
}

static uint64_t encode_both(int kind)
{
    const struct blocks *blocks = &all[kind];
    uint8_t out[DOC_BLOCK_MOST_BYTES];
    for (uint32_t i = 0; i < BLOCKS; i++) {
        doc_block_encode(blocks->docs[i], blocks->tfs[i], blocks->count, 0, out);
        loop_keep(out);
    }
    return (uint64_t)BLOCKS * blocks->count;
}

#define OF_KINDS(loop)                  \
    static uint64_t loop##_dense(void)  \
    {                                   \
        return loop(DENSE);             \
    }                                   \
    static uint64_t loop##_sparse(void) \
    {                                   \
        return loop(SPARSE);            \
    }                                   \
    static uint64_t loop##_few(void)    \
    {                                   \
        return loop(FEW);               \
    }
OF_KINDS(decode_numbers)
OF_KINDS(decode_docs)
OF_KINDS(decode_both)
OF_KINDS(encode_numbers)
OF_KINDS(encode_both)

const struct loop codec_loops[] = {
    {"decode numbers, 128 small", "number", decode_numbers_dense},
    {"decode numbers, 128", "number", decode_numbers_sparse},
    {"decode numbers, 5 large", "number", decode_numbers_few},
    {"decode articles, 128 dense", "article", decode_docs_dense},
    {"decode articles, 128", "article", decode_docs_sparse},
    {"decode articles, 5", "article", decode_docs_few},
    {"decode articles and counts, dense", "article", decode_both_dense},
    {"decode articles and counts, 128", "article", decode_both_sparse},
    {"decode articles and counts, 5", "article", decode_both_few},
    {"encode numbers, 128 small", "number", encode_numbers_dense},
    {"encode numbers, 128", "number", encode_numbers_sparse},
    {"encode numbers, 5 large", "number", encode_numbers_few},
    {"encode articles and counts, dense", "article", encode_both_dense},
    {"encode articles and counts, 128", "article", encode_both_sparse},
    {"encode articles and counts, 5", "article", encode_both_few},
    {0},
};
