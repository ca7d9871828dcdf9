/* One entry of a lexicon's block, read and checked against the file. */
#ifndef VERBATIM_STORE_LEXICON_ENTRY_H
#define VERBATIM_STORE_LEXICON_ENTRY_H

#include "codec/reader.h"
#include "store/lexicon_word.h"
#include "store/snapshot.h"
#include "store/term.h"

/* Reads what follows the key: counts, sizes, positions. The lists of the term begin at the offsets
 * given; their end is in the term. False where it contradicts itself or the file. */
bool lexicon_entry_read(struct reader *reader, const struct snapshot *snapshot,
                        uint64_t postings_offset, uint64_t positions_offset, struct term *term);

/* Reads no more of it than in how many articles the term stands and how often. False likewise. */
bool lexicon_entry_counts(struct reader *reader, const struct snapshot *snapshot, uint32_t *df,
                          uint64_t *cf);

/* Passes over the same without looking closer than the offsets of the next term's lists need. */
void lexicon_entry_skip(struct reader *reader, uint64_t *postings_offset,
                        uint64_t *positions_offset);

/* Passes over the same without looking at anything but where it ends. */
void lexicon_entry_pass(struct reader *reader);

/* The same, and tells in how many articles the term stands and how often in one at most. False
 * where that contradicts itself or the file. */
bool lexicon_entry_word(struct reader *reader, const struct snapshot *snapshot,
                        uint64_t *postings_offset, uint64_t *positions_offset,
                        struct lexicon_word *word);

/* Where the lists of the next term begin. */
void lexicon_entry_end(const struct term *term, uint64_t *postings_offset,
                       uint64_t *positions_offset);

#endif
