/* What a worker notes of how words are written while it reads them: of those with a character that
 * is not ASCII the spelling, and of neighbours joined by a hyphen or an apostrophe the pair.
 *
 * Nothing is noted of a word of ASCII letters, which is written as it is folded but for its case.
 * Two kinds of keys are counted:
 *     01 folded 00 spelling              as it stands in the text
 *     02 left 00 right 00 how            enum word_joint, or SPELLING_CHAIN where more than the
 *                                        two hang together: vis-à-vis; but not in co-pilot's
 * of words of at most STEM_WORD_BYTES bytes. One thread at a time. */
#ifndef VERBATIM_BUILD_SPELLINGS_H
#define VERBATIM_BUILD_SPELLINGS_H

#include "base/bytes.h"
#include "base/error.h"
#include "text/analyzer.h"

enum { SPELLING_WRITTEN = 1, SPELLING_JOINED = 2, SPELLING_CHAIN = 0x80 };

struct spelling_key { /* of a key, borrowed from it */
    uint8_t kind;
    struct slice first, second; /* folded and spelling, or left and right */
    uint8_t how;                /* of a JOINED one */
};
/* STATUS_IO where it is no key: a disk may give back other bytes than it took. */
enum status spelling_key_read(struct slice key, struct spelling_key *read);

struct spool;
struct spellings; /* owned */

/* As tally_open. */
struct spellings *spellings_open(size_t memory, struct spool *spool, struct error *error);
/* Begins a text, with a word that nothing joins to one before. */
void spellings_begin(struct spellings *spellings, struct slice text);
/* Its next words, as analyzer_read gave them. */
void spellings_words(struct spellings *spellings, const struct word *words, size_t count);
enum status spellings_status(const struct spellings *spellings);
enum status spellings_finish(struct spellings *spellings, struct error *error);
/* As tally_runs. */
const struct bytes *spellings_runs(const struct spellings *spellings);
void spellings_close(struct spellings *spellings); /* NULL is allowed */

#endif
