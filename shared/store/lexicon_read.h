/* Terms in: looked up one at a time, or walked in order. */
#ifndef VERBATIM_STORE_LEXICON_READ_H
#define VERBATIM_STORE_LEXICON_READ_H

#include "base/bytes.h"
#include "store/snapshot.h"
#include "store/term.h"

enum { LEXICON_ROOTS = 256 };

struct lexicon { /* no memory of its own; valid as long as its snapshot */
    const struct snapshot *snapshot;
    uint64_t term_count;
    uint32_t block_count;
    uint64_t keys_offset, blocks_offset, data_bytes;
    uint32_t root_count, root_step; /* every so many blocks one root; no roots in a huge lexicon */
    uint64_t roots[LEXICON_ROOTS];  /* their keys' numbers: a search begins in memory just used */
};

enum status lexicon_open(struct lexicon *lexicon, const struct snapshot *snapshot);
/* STATUS_NOT_FOUND where there is no such key. Any thread. */
enum status lexicon_find(const struct lexicon *lexicon, struct slice key, struct term *term);
/* No more of it than in how many articles it stands: sooner, as nothing is asked of where the lists
 * of the entries before it end. *df is 0 where there is no such key. */
enum status lexicon_count(const struct lexicon *lexicon, struct slice key, uint32_t *df);

/* Whether the key may be that of a term whose list in `postings` takes at least so many bytes:
 * false where those of all terms of its block do not. */
enum status lexicon_may_fill(const struct lexicon *lexicon, struct slice key, uint64_t bytes,
                             bool *may);

/* A term in three steps, for one who looks several keys up: taken for all of them one step at a
 * time, they wait for memory together. The first asks for where the block is found and may be left
 * out; the second finds it and asks for its bytes; the third looks into it. */
void lexicon_fetch(const struct lexicon *lexicon, struct slice key);
enum status lexicon_place(const struct lexicon *lexicon, struct slice key, uint32_t *block);
enum status lexicon_find_at(const struct lexicon *lexicon, struct slice key, uint32_t block,
                            struct term *term);
/* The term of a number; STATUS_NOT_FOUND where there are fewer. Any thread. */
enum status lexicon_read_at(const struct lexicon *lexicon, uint32_t number, struct term *term);
/* Its key, which replaces what `key` holds; else the same. */
enum status lexicon_key_at(const struct lexicon *lexicon, uint32_t number, struct bytes *key);

struct lexicon_cursor { /* one thread; zeroed before its first seek; release when done */
    const struct lexicon *lexicon;
    uint32_t block;                             /* the next one to enter */
    struct slice rest;                          /* of the block */
    uint32_t left;                              /* entries of the block */
    uint64_t postings_offset, positions_offset; /* where the lists of the next entry begin */
    struct bytes key;                           /* of the entry that lexicon_next gave last */
    struct term term;
    bool walking;       /* an entry was read: the next block must go on where it ended */
    bool waiting;       /* an entry was read that lexicon_next has not given yet */
    enum status status; /* sticky until the next seek */
};

/* Before the first key that is not less than `from`. The lexicon is borrowed. */
void lexicon_seek(struct lexicon_cursor *cursor, const struct lexicon *lexicon, struct slice from);
/* The blocks [*first, *end) of 32 terms: none but these has keys that begin so. Any thread. */
enum status lexicon_range(const struct lexicon *lexicon, struct slice prefix, uint32_t *first,
                          uint32_t *end);
/* Before the first key of a block, less than block_count. */
void lexicon_seek_block(struct lexicon_cursor *cursor, const struct lexicon *lexicon,
                        uint32_t block);
/* False at the end or with a bad status. Every entry is checked as far as it goes: keys ascend,
 * lists lie within their chunks. */
bool lexicon_next(struct lexicon_cursor *cursor);
void lexicon_cursor_release(struct lexicon_cursor *cursor);

#endif
