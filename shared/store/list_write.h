/* One list out: its postings and its positions, block by block. The shape is FORMAT.md's. */
#ifndef VERBATIM_STORE_LIST_WRITE_H
#define VERBATIM_STORE_LIST_WRITE_H

#include "store/impact.h"
#include "store/list_sides.h"
#include "store/sink.h"
#include "store/term.h"

struct list_writer { /* one thread; reusable; release when done */
    struct sink postings, positions;
    const struct impact_model *model; /* borrowed */
    const uint8_t *norms;             /* borrowed */

    uint32_t df;
    uint64_t cf;
    uint32_t count; /* articles of the block at hand */
    uint32_t docs[LIST_BLOCK], tfs[LIST_BLOCK], title_tfs[LIST_BLOCK];
    uint32_t base;           /* behind the last article of the block before */
    uint64_t starts_at;      /* cf before the block at hand */
    uint64_t postings_bytes; /* written */
    struct list_sides sides;

    uint32_t value_count; /* of the positions block at hand */
    uint32_t values[LIST_BLOCK];
    uint64_t positions_bytes;
    struct bytes lengths, bases;
    enum status status;
};

void list_writer_begin(struct list_writer *list);
/* Articles, ascending: the occurrences of each, 1 or more, and how many of them are in its title;
 * title_tfs is NULL where none is. */
void list_writer_articles(struct list_writer *list, const uint32_t *docs, const uint32_t *tfs,
                          const uint32_t *title_tfs, uint32_t count);
/* More occurrences of the last article. */
void list_writer_more(struct list_writer *list, uint32_t tf, uint32_t title_tf);
/* Positions: absolute for an article's first, else the distance to the one before, less one. */
void list_writer_values(struct list_writer *list, const uint32_t *values, uint32_t count);
/* Writes what is at hand and what stands at the end; fills df, cf and sizes. A list of one article
 * has no postings, and no positions where they are at most TERM_INLINE_POSITIONS; values keeps
 * them. */
void list_writer_end(struct list_writer *list, bool inline_one_article, struct term_list *out);
enum status list_writer_status(const struct list_writer *list);
void list_writer_release(struct list_writer *list);

#endif
