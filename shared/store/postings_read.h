/* A postings list read block by block, with the positions of any of its articles.
 *
 * After open, postings_next_block or postings_seek makes a block current: docs[0 … count) ascend.
 * Counts (tf) and positions are decoded only when asked for. Bytes are never trusted: docs that do
 * not ascend or reach the number of articles, and lists that reach past their chunk, are
 * STATUS_CORRUPT, sticky. */
#ifndef VERBATIM_STORE_POSTINGS_READ_H
#define VERBATIM_STORE_POSTINGS_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "codec/doc_block.h"
#include "store/snapshot.h"
#include "store/term.h"

struct bytes;
struct gram;
struct list_top;

enum {
    POSTINGS_BLOCK = 128,
    POSTINGS_NO_DOC = 0x7FFFFFFF, /* in docs behind the block's last: greater than any */
};

struct postings { /* one thread; release when done */
    const struct snapshot *snapshot;
    const struct term *term;      /* borrowed; NULL where of a gram */
    const struct term_list *list; /* borrowed; the term's or gram's, all or titles */
    enum chunk_id chunk;          /* where the list lies */
    bool one_article;             /* and no list: the article stands in docs */
    struct postings *leader;      /* borrowed; numbers are ranks in its list; NULL: articles */
    uint64_t block_bytes;         /* of the list, without what stands at its end */
    uint32_t block_count;
    const uint8_t *last, *offsets, *position_starts,
        *bounds; /* side arrays; NULL where one block */

    uint32_t block; /* the current one; block_count at the end */
    uint32_t count; /* articles in it; 0 before the first and at the end */
    bool has_tfs;
    struct doc_block_counts counts; /* where the current block's lie */
    uint32_t only_count;            /* of the one block of a list, which open has decoded already */
    uint64_t least;                 /* behind the last article decoded */
    uint64_t start;          /* after postings_read_tfs: number of the block's first position */
    uint32_t position_block; /* which block of positions is decoded below; UINT32_MAX: none */
    uint64_t blocks_decoded; /* since open: what a query's budget counts */
    enum status status;      /* sticky */

    uint32_t docs[POSTINGS_BLOCK]; /* from here on nothing until a block is current */
    uint32_t tfs[POSTINGS_BLOCK];  /* after postings_read_tfs */
    uint32_t position_values[POSTINGS_BLOCK];
};

enum status postings_open(struct postings *postings, const struct snapshot *snapshot,
                          const struct term *term, bool titles);
/* A gram's, without positions: those must not be asked for. leader:
 * where the gram is ranked the postings of its leading word, open, wherever they stand, else not
 * looked at. They are moved about, so nobody else may use them until this is released, but the
 * gram's other list. `gram` is borrowed like a term. Everything else below works as for a word:
 * docs are articles. */
enum status postings_open_gram(struct postings *postings, const struct snapshot *snapshot,
                               const struct gram *gram, bool titles, struct postings *leader);
/* A class's list (classes_read.h), in all else as a gram's that holds no ranks. */
enum status postings_open_class(struct postings *postings, const struct snapshot *snapshot,
                                const struct gram *list, bool titles);
/* The next block (the first after open). False at the end or with a bad status. */
bool postings_next_block(struct postings *postings);
/* The first block, from the current one on, whose last doc is not less than doc; never goes back. A
 * call for the current block decodes nothing. False at the end or with a bad status. */
bool postings_seek(struct postings *postings, uint32_t doc);
/* Makes this block current: the current one or one behind it. */
bool postings_enter_block(struct postings *postings, uint32_t block);
/* Has a block on its way from memory before it is entered. block is less than block_count. */
void postings_fetch_block(const struct postings *postings, uint32_t block);
/* As after open. */
void postings_rewind(struct postings *postings);
/* The first block from `from` on whose last doc is not less than doc, without decoding any;
 * block_count where there is none. */
uint32_t postings_find_block(const struct postings *postings, uint32_t from, uint32_t doc);
/* The last doc of a block, without decoding it. block is less than block_count. */
uint32_t postings_block_last(const struct postings *postings, uint32_t block);
/* The bound of a block, 65535ths of an impact: none of its articles' is greater. 65535 where a list
 * has one block. In a list of titles the impact is that of the occurrences in the title alone. */
uint16_t postings_block_bound(const struct postings *postings, uint32_t block);
/* The k-th best impact of the whole list in 65535ths, rounded down, for k = 10, 100 or 1000: so
 * many of its articles have one at least as great. 0 where it is not stored: a list of one block,
 * or shorter than k. */
uint16_t postings_best(const struct postings *postings, uint32_t k);
/* The ten best articles of the whole list by their impacts, which are not filled in; norms neither,
 * but that of `next`. False where none are stored, or with a bad status. */
bool postings_top(struct postings *postings, struct list_top *top);
/* The same as they are stored; NULL where none are. */
const uint8_t *postings_top_bytes(const struct postings *postings);
/* The place of the first article that is not less than doc, in POSTINGS_BLOCK of them that ascend,
 * behind those POSTINGS_NO_DOC. doc is less than 2^31. */
static inline uint32_t postings_find_doc(const uint32_t *docs, uint32_t doc)
{
    const uint32_t *at = docs;
    uint32_t less = 0;
    at += at[63] < doc ? 64 : 0;
    at += at[31] < doc ? 32 : 0;
    at += at[15] < doc ? 16 : 0;
    at += at[7] < doc ? 8 : 0;
    for (uint32_t i = 0; i < 8; i++) /* as numbers with a sign all vectors can compare them */
        less += (int32_t)at[i] < (int32_t)doc;
    return (uint32_t)(at - docs) + less;
}
/* The same in the current block; count where there is none. */
static inline uint32_t postings_find_in_block(const struct postings *postings, uint32_t doc)
{
    return postings_find_doc(postings->docs, doc);
}
/* Fills tfs of the current block. */
bool postings_read_tfs(struct postings *postings);
/* How many positions docs[i … end) of the current block have together; tfs are read. */
uint64_t postings_count_positions(const struct postings *postings, uint32_t i, uint32_t end);
/* The positions of docs[i] of the current block: tfs[i] of them, ascending, appended as uint32_t to
 * out (cleared first); those greater than `most` may be left out: blocks that begin behind it are
 * not decoded. False with a bad status. */
bool postings_read_positions_to(struct postings *postings, uint32_t i, uint32_t most,
                                struct bytes *out);
static inline bool postings_read_positions(struct postings *postings, uint32_t i, struct bytes *out)
{
    return postings_read_positions_to(postings, i, UINT32_MAX, out);
}
/* The next `count` of these, or those that are left, behind the ones of docs[i] that out holds: for
 * one who stops between them. Counts are read; not of a term whose list is inline. */
bool postings_read_more_positions(struct postings *postings, uint32_t i, uint32_t count,
                                  struct bytes *out);
/* The positions of docs[i … end) as they are stored, for one who reads whole lists: of each article
 * its first, then each − the one before − 1. tfs are read; out has room for the sum of theirs. What
 * would be over the greatest position is not looked for. */
bool postings_read_values(struct postings *postings, uint32_t i, uint32_t end, uint32_t *out);
void postings_release(struct postings *postings); /* twice is fine */

#endif
