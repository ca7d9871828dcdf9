/* What is suggested while somebody types, in: texts by their beginnings, in blocks whose greatest
 * weight is told beside them, so that the best of a prefix are found without reading all of it. */
#ifndef VERBATIM_STORE_COMPLETIONS_READ_H
#define VERBATIM_STORE_COMPLETIONS_READ_H

#include "base/bytes.h"
#include "base/slice.h"
#include "codec/reader.h"
#include "store/completions_layout.h"
#include "store/snapshot.h"

struct completion_table { /* where its parts lie in the chunk */
    uint64_t blocks, block_bytes, offsets, best, count;
    uint32_t block_count;
};

struct completions { /* no memory of its own; valid as long as its snapshot; any thread */
    const struct snapshot *snapshot;
    bool present; /* the file has the chunk; else its tables are empty */
    struct completion_table tables[COMPLETION_KINDS];
    uint64_t words; /* where the greatest frequencies of the lexicon's blocks begin */
    uint32_t word_blocks;
};

/* A file without the chunk opens too. lexicon_blocks: how many the file's lexicon has. */
enum status completions_open(struct completions *completions, const struct snapshot *snapshot,
                             uint32_t lexicon_blocks);

/* The blocks [*first, *end) of a table: none but these has entries that begin so. */
enum status completions_range(const struct completions *completions, enum completion_kind kind,
                              struct slice prefix, uint32_t *first, uint32_t *end);
/* The greatest weights of so many blocks from one on, each load_le32 of COMPLETIONS_BEST_BYTES;
 * borrowed. They are within the table. */
enum status completions_best(const struct completions *completions, enum completion_kind kind,
                             uint32_t first, uint32_t count, const uint8_t **best);
/* The same of the lexicon's blocks: the most articles that a word of each is in. */
enum status completions_word_best(const struct completions *completions, uint32_t first,
                                  uint32_t count, const uint8_t **best);

struct completion_cursor { /* one thread; zeroed before its first use; release when done */
    const struct completions *completions;
    enum completion_kind kind;
    uint32_t left; /* entries of the block */
    struct reader reader;
    struct bytes text; /* folded */
    uint32_t weight;   /* a phrase's articles; of a title 2 × its articles + whole */
    uint32_t articles;
    bool whole;         /* a title's: the text is all of it */
    struct slice shown; /* a phrase's, borrowed: empty where it is the text */
    uint32_t doc;       /* a title's */
    enum status status; /* sticky until the next block */
};

/* Before the first entry of a block of the table. */
void completion_cursor_block(struct completion_cursor *cursor,
                             const struct completions *completions, enum completion_kind kind,
                             uint32_t block);
/* False at the end of the block or with a bad status. Texts ascend. */
bool completion_cursor_next(struct completion_cursor *cursor);
void completion_cursor_release(struct completion_cursor *cursor);

/* The entry of a text, or the first of its titles; the cursor stands at it. STATUS_NOT_FOUND where
 * there is none. */
enum status completions_find(const struct completions *completions, enum completion_kind kind,
                             struct slice text, struct completion_cursor *cursor);

#endif
