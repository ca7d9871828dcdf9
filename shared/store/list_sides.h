/* What stands at the end of a postings list of more than one block, gathered while its blocks are
 * written: the side arrays, bounds, best impacts and articles. FORMAT.md, "postings". */
#ifndef VERBATIM_STORE_LIST_SIDES_H
#define VERBATIM_STORE_LIST_SIDES_H

#include "base/bytes.h"
#include "store/best_impacts.h"
#include "store/impact.h"
#include "store/list_top.h"

struct list_sides_block { /* borrowed, of each article */
    const uint32_t *docs, *tfs, *title_tfs;
    uint32_t count;
};

struct list_sides { /* one thread; zeroed: empty; reusable; release when done */
    struct bytes last, offsets, starts, bounds;
    struct best_impacts best;
    struct list_top top;
    uint32_t top_least; /* an impact of a lower code is nothing to the top */
    uint32_t most;      /* the code of the greatest impact of the block at hand */
    enum status status;
};

void list_sides_begin(struct list_sides *sides);
/* The articles of the block at hand, at most LIST_BLOCK; norms are by article. */
void list_sides_articles(struct list_sides *sides, const struct impact_model *model,
                         const uint8_t *norms, const struct list_sides_block *block);
/* Ends a block: its last article, where it begins in the list, and the occurrences before it. */
void list_sides_block(struct list_sides *sides, uint32_t last, uint64_t offset, uint64_t start);
/* After the last block of a list of df articles in a file of so many: from now on the four arrays,
 * one behind the other, are what stands at its end. STATUS_LIMIT where an offset or a start has
 * more than 32 bits. */
enum status list_sides_end(struct list_sides *sides, uint32_t df, uint32_t articles);
void list_sides_release(struct list_sides *sides);

#endif
