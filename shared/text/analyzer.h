/* The text contract: what the words of a text are. The indexer and the query parser read every text
 * through this one door, so that what was written is found as it was written.
 *
 * Folding: default-ignorable characters (soft hyphen, zero-width ones, variation selectors …) and
 * tatweel are removed; NFKC; full case folding; combining marks are removed from Latin, Greek,
 * Cyrillic (but й), Arabic and Hebrew letters and kept elsewhere; ø ł đ ħ ı æ œ ð þ become o l d h
 * i ae oe d th. A spacing clone of a mark (U+00A8, U+00B4 …) stays itself and parts words. What a
 * folded word folds to is itself. Bytes that are not UTF-8 are U+FFFD and part words.
 *
 * A word is a maximal run of letters, marks and numbers (any L, M, N category) of the folded text,
 * but
 *   - apostrophes of any shape part words, also those that Unicode calls letters (U+02B9, U+02BB to
 *     U+02BF, U+02C8, U+07F4, U+07F5, U+A78C), and the double ones U+02BA and U+02EE;
 *   - Initials: a letter and its marks, then one or more times a single dot, a letter and its
 * marks, with no letter, mark or number before or behind all that, is one word without the dots; a
 * single dot directly behind belongs to its place.
 *   - Grouping: a comma between two runs of decimal digits goes where the run behind it is three
 * digits long and the one before it is one to three, or stands itself behind such a comma, and
 * nothing is glued to either. A decimal's fraction is not grouped.
 *   - Decimals: a dot between two runs of decimal digits (the first may be grouped) stays in the
 * word, where nothing is glued to either, and neither a digit and a dot stand before the first nor
 * a dot and a digit behind the second. Glued is a letter, mark or number, but of the scripts below.
 *   - A letter of Han, kana, Thai, Lao, Khmer, Burmese or Tibetan and the marks behind it are a
 * word: a grapheme cluster (UAX 29), but for Burmese vowels to which that gives a cluster of their
 * own.
 *   - A folded word of more than WORD_MAX_BYTES bytes is its first characters that fit in
 * WORD_CUT_BYTES,
 *     '#', and 32 hexadecimal digits of the XXH3-128 of the whole folded word (high half first):
 * equal words stay equal and different ones different, and no other word holds a '#'.
 *
 * The state is empty at every ASCII white space: analysing a text in pieces that begin there gives
 * the same words as analysing it whole. Time is linear and memory bounded, whatever the text. */
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
    WORD_READABLE = 16,   /* from where a word begins, whatever is behind its end */
};

/* How a word hangs together with the one before it. */
enum word_joint {
    JOINT_NONE,   /* anything else, white space among it */
    JOINT_HYPHEN, /* exactly one hyphen of any shape (U+002D, U+2010 to U+2013, …); no em dash */
    JOINT_APOSTROPHE, /* exactly one apostrophe of any shape */
    JOINT_OTHER,      /* no white space between, but not one of the above: a/b, a.bc, @ … */
    JOINT_SCRIPT,     /* nothing between: the next grapheme cluster of a script without spaces */
};

struct word {
    struct slice text; /* folded; borrowed from the analyzer until the next analyzer_read; at least
                          WORD_READABLE bytes may be read there */
    size_t start, end; /* where its characters stand in the given text, in bytes; start < end. Words
                          that come from one character (ﷺ, ½) stand in the same place. */
    uint8_t joint;     /* enum word_joint; JOINT_NONE for the first word */
};

struct analyzer; /* owned; one thread at a time; reusable for any number of texts */

struct analyzer *analyzer_open(void);           /* NULL where memory ends */
void analyzer_close(struct analyzer *analyzer); /* NULL is allowed */

/* Begins a text, borrowed until the last word is read. */
void analyzer_begin(struct analyzer *analyzer, struct slice text);

/* Up to `most` next words; 0 at the end of the text. Words come in the order of their start.
 * It allocates nothing that it cannot do without, so that analyzer_status is always good so far. */
size_t analyzer_read(struct analyzer *analyzer, struct word *words, size_t most);
/* Passes over up to `most` next words; how many, 0 at the end of the text. What analyzer_read gives
 * behind them is what it gives behind as many words read. */
size_t analyzer_skip(struct analyzer *analyzer, size_t most);
enum status analyzer_status(const struct analyzer *analyzer);

/* From now on asks before each further 64 KiB of a word, or of what parts words, that is not plain
 * ASCII with spaces, whether to go on; where the answer is no, the text ends there. Words that came
 * before it are as they are, but the last. NULL: nobody is asked, as at first. */
void analyzer_watch(struct analyzer *analyzer, bool (*goes_on)(void *context), void *context);

/* For tests: without the ASCII fast path. The words are the same. */
void analyzer_use_general_path(struct analyzer *analyzer, bool on);

/* The folded form of a whole value (a source, an author, a tag), as its column keeps it: folded as
 * above, white space runs made one space and trimmed, other characters kept. Appends to out. A text
 * that was begun is at its end then. */
struct bytes;
void analyzer_fold_value(struct analyzer *analyzer, struct slice value, struct bytes *out);

#endif
