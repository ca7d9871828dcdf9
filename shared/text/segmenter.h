/* Puts folded characters together to words, as analyzer.h says what a word is. Inward. */
#ifndef VERBATIM_TEXT_SEGMENTER_H
#define VERBATIM_TEXT_SEGMENTER_H

#include "text/folder.h"
#include "text/sink.h"
#include "text/spelling.h"

enum shape {
    SHAPE_NONE,     /* no word is open */
    SHAPE_WORD,     /* anything that is none of the following */
    SHAPE_DIGITS,   /* decimal digits alone */
    SHAPE_FRACTION, /* digits with a decimal point */
    SHAPE_LETTER,   /* one letter and its marks */
    SHAPE_INITIALS, /* letters that had dots between them */
    SHAPE_CLUSTER,
};

/* What stands between two words: enum word_joint, or one of these. */
enum gap {
    GAP_NOTHING = JOINT_SCRIPT + 1,
    GAP_LAST_DOT, /* the dot behind initials, which belongs to them */
};

/* How the part behind a separator may become one word with what stands before it. */
enum tie { TIE_NONE, TIE_COMMA, TIE_POINT, TIE_INITIAL };

struct draft {
    struct spelling *spelling;
    size_t start, end;
    uint8_t joint, shape;
    bool ends_in_digit, grouped;
    bool dotted;  /* stands behind a digit and a dot that does not join them */
    unsigned run; /* digits in the last run, counted to 4 */
};

struct segmenter {
    struct draft now;  /* while a tie is open: joined with next */
    struct draft next; /* while a tie is open: what stands behind the separator */
    struct draft held; /* while a tie is open: now as it was before, its text in held_text */
    size_t held_size;
    uint8_t tie;
    uint8_t
        separator; /* CLASS_DOT or CLASS_COMMA directly behind the last word, undecided; else 0 */
    size_t separator_end;
    uint8_t gap;
    bool after_cluster; /* the last word was one */
    bool after_digit_dot;
    struct sink *sink;
    struct spelling spellings[2];
    char held_text[WORD_MAX_BYTES];
};

/* False where memory ends. */
bool segmenter_open(struct segmenter *s, struct sink *sink);
void segmenter_release(struct segmenter *s);

/* No word is open and none came before. */
void segmenter_begin(struct segmenter *s);

/* Ends at most SINK_OVER words. */
void segmenter_push(struct segmenter *s, const struct folded *c, enum char_class class);

/* The most frequent cases, without a character's way through everything: letters behind letters,
 * and characters of scripts without spaces. Takes as many from the folder as are such. */
void segmenter_run(struct segmenter *s, struct folder *f);

/* What stands between the last word and the place of a character that no word holds. */
static inline uint8_t gap_after(uint8_t gap, enum char_class class)
{
    if (class == CLASS_SPACE || gap == JOINT_NONE)
        return JOINT_NONE;
    if (gap < GAP_NOTHING)
        return JOINT_OTHER;
    return class == CLASS_HYPHEN       ? JOINT_HYPHEN
           : class == CLASS_APOSTROPHE ? JOINT_APOSTROPHE
                                       : JOINT_OTHER;
}

#endif
