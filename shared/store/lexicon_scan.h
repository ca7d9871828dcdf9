/* The keys of a lexicon in order, for one who looks at many and wants few: whatever begins as an
 * unwanted one does is passed over without being read. */
#ifndef VERBATIM_STORE_LEXICON_SCAN_H
#define VERBATIM_STORE_LEXICON_SCAN_H

#include "base/bytes.h"
#include "codec/reader.h"
#include "store/lexicon_read.h"
#include "store/lexicon_word.h"

enum { LEXICON_SCAN_WORDS = 32 }; /* of a block, at most */

struct lexicon_scan { /* one thread; zeroed before its first use; release when done */
    const struct lexicon *lexicon;
    bool quick;           /* given: no term will be asked for, but counts may be */
    uint64_t least_bytes; /* given: of blocks whose terms' lists in `postings` take fewer together
                             no key is wanted but the first, which tells where they lie; 0: all */
    bool passed;          /* the current key is such a first one */
    struct bytes key;     /* the current one; after lexicon_scan_to not kept */
    uint32_t number;      /* the current one's */
    uint32_t shared;      /* so many first bytes are those of the key that was current before */
    uint64_t blocks;      /* entered so far: what a query's budget counts */
    enum status status;   /* sticky */
    uint32_t block, left; /* entries of the block behind the current one */
    struct reader reader; /* at the current one's entry */
    uint64_t postings_offset, positions_offset;
    const uint8_t *block_data;
    uint64_t block_postings, block_positions; /* where the lists of its first begin */
};

/* All of these: false at the end, or with a bad status. The lexicon is borrowed. */
/* The first key that is not less than `from`. */
bool lexicon_scan_seek(struct lexicon_scan *scan, const struct lexicon *lexicon, struct slice from);
bool lexicon_scan_next(struct lexicon_scan *scan);
/* The next key that has not the same first `bytes` as the current one, which has so many. */
bool lexicon_scan_past(struct lexicon_scan *scan, size_t bytes);
/* The first key, from the current one on, that is not less than `to`, which is greater than it. */
bool lexicon_scan_forward(struct lexicon_scan *scan, struct slice to);
/* The term of this number, which is greater than any asked for since the beginning; keys are not
 * read. Zeroed but for its lexicon, a scan may begin with this. */
bool lexicon_scan_to(struct lexicon_scan *scan, uint32_t number);
/* The same of one that lexicon_scan_alike told of, or whose number is known alone. */
bool lexicon_scan_to_word(struct lexicon_scan *scan, const struct lexicon_word *word);
struct lexicon_ending { /* of keys */
    struct slice suffix;
    size_t least_bytes; /* that they have */
};
bool lexicon_ends_so(const struct bytes *key, const struct lexicon_ending *ending);
/* Tells of the current one and those behind it in its block whose keys begin with the same `bytes`:
 * of all of them, or of those that end so; *count of them. words has room for LEXICON_SCAN_WORDS.
 * Keys are not kept. True: the first key of the next block is the current one, and may begin so.
 * The first for a scan that is not quick, the second for one that is. */
bool lexicon_scan_alike(struct lexicon_scan *scan, size_t bytes, struct lexicon_word *words,
                        size_t *count);
bool lexicon_scan_ending(struct lexicon_scan *scan, size_t bytes,
                         const struct lexicon_ending *ending, struct lexicon_word *words,
                         size_t *count);
/* The current one's term, checked as lexicon_next does. */
bool lexicon_scan_term(struct lexicon_scan *scan, struct term *term);
/* No more of the current one than in how many articles it stands and how often. */
bool lexicon_scan_counts(struct lexicon_scan *scan, uint32_t *df, uint64_t *cf);
void lexicon_scan_release(struct lexicon_scan *scan);

#endif
