/* The text contract: what the words of a text are. The indexer and the query parser read every text
 * through this one door, so that what was written is found as it was written.
 *
 * Folding: default-ignorable characters (soft hyphen, zero-width ones, variation selectors …) and
 * tatweel are removed; NFKC; full case folding; combining marks are removed from Latin, Greek, Cyrillic
 * (but й), Arabic and Hebrew letters and kept elsewhere; ø ł đ ħ ı æ œ ð þ become o l d h i ae oe d th.
 * A word is a maximal run of letters, marks and digits of the folded text, and
 *   - apostrophes of any shape, hyphens and all other characters part words;
 *   - single letters with single dots between them are one word (U.S. = us), the last dot or not;
 *   - 3,000 is 3000 and 1.5 stays 1.5 where all parts are digits; more dots part words;
 *   - Han, kana, Thai, Lao, Khmer, Burmese and Tibetan make a word of each grapheme cluster.
 *   - A folded word of more than WORD_MAX_BYTES bytes is its first characters that fit in WORD_CUT_BYTES,
 *     '#', and 32 hexadecimal digits of the XXH3-128 of the whole folded word (high half first): equal
 *     words stay equal and different ones different, and no other word holds a '#'.
 * Bytes that are not UTF-8 part words.
 *
 * The state is empty at every ASCII white space: analysing a text in pieces that begin there gives the
 * same words as analysing it whole. */
#ifndef VERBATIM_TEXT_ANALYZER_H
#define VERBATIM_TEXT_ANALYZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

enum {
    WORD_MAX_BYTES = 1024,
    WORD_CUT_BYTES = 991, /* + '#' + 32 digits = 1,024 */
};

/* How a word hangs together with the one before it. */
enum word_joint {
    JOINT_NONE,       /* anything else, white space among it */
    JOINT_HYPHEN,     /* exactly one hyphen of any shape (U+002D, U+2010, U+2011, …) */
    JOINT_APOSTROPHE, /* exactly one apostrophe of any shape */
    JOINT_OTHER,      /* no white space between, but not one of the above: a/b, a.bc, @ … */
    JOINT_SCRIPT,     /* nothing between: the next grapheme cluster of a script without spaces */
};

struct word {
    struct slice text;  /* folded; borrowed from the analyzer until the next analyzer_read */
    size_t start, end;  /* where it stands in the given text, in bytes; start < end */
    uint8_t joint;      /* enum word_joint; JOINT_NONE for the first word */
};

struct analyzer; /* owned; one thread at a time; reusable for any number of texts */

struct analyzer *analyzer_open(void);           /* NULL where memory ends */
void analyzer_close(struct analyzer *analyzer); /* NULL is allowed */

/* Begins a text, borrowed until the last word is read. */
void analyzer_begin(struct analyzer *analyzer, struct slice text);

/* Up to `most` next words; 0 at the end of the text. Words come in the order of their start.
 * Sticky STATUS_NO_MEMORY shows in analyzer_status, and no word comes then. */
size_t analyzer_read(struct analyzer *analyzer, struct word *words, size_t most);
enum status analyzer_status(const struct analyzer *analyzer);

/* For tests: without the ASCII fast path. The words are the same. */
void analyzer_use_general_path(struct analyzer *analyzer, bool on);

/* The folded form of a whole value (a source, an author, a tag), as its column keeps it: folded as
 * above, white space runs made one space and trimmed, other characters kept. Appends to out. */
struct bytes;
void analyzer_fold_value(struct analyzer *analyzer, struct slice value, struct bytes *out);

#endif
