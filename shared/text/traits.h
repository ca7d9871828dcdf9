/* What one character is to the rules of words: what it folds to and of which class that is. Inward.
 *
 * Traits are worked out by the page of 256 code points when one is first met, once a process (at
 * most 1 MB), from utf8proc and scripts.h. Any thread. */
#ifndef VERBATIM_TEXT_TRAITS_H
#define VERBATIM_TEXT_TRAITS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum char_class {
    CLASS_OTHER,
    CLASS_SPACE,
    CLASS_HYPHEN,
    CLASS_APOSTROPHE,
    CLASS_DOT,
    CLASS_COMMA,
    CLASS_DROPPED, /* a mark that folding removed: it stretches its word in the text, no more */
    CLASS_MARK,    /* from here on: what words are made of */
    CLASS_LETTER,
    CLASS_DIGIT, /* decimal ones, of any script */
    CLASS_REST,  /* what else words hold: other numbers, jamo that belong to the one before them */
    CLASS_CLUSTER, /* letters of the scripts without spaces */
};

enum char_kind {
    KIND_PLAIN,   /* folds to one character, whatever stands before it */
    KIND_IGNORED, /* folds to nothing and is as if it were not there */
    KIND_KNIT,    /* folds to several characters, or into what stands before it: see normalizer.h */
    KIND_LONE,    /* a mark that knits only with other marks: plain between two plain characters */
};

/* In one number, so that it stays in a register. From the lowest bit: what the character folds to
 * where it is plain (24 bits), the class of that (8), the kind (8), loses_marks, drops. */
struct trait {
    uint64_t bits;
};

static inline uint32_t trait_fold(struct trait t)
{
    return t.bits & 0xFFFFFF;
}

static inline enum char_class trait_class(struct trait t)
{
    return (enum char_class)(t.bits >> 24 & 0xFF);
}

static inline enum char_kind trait_kind(struct trait t)
{
    return (enum char_kind)(t.bits >> 32 & 0xFF);
}

/* Of the marks behind it. */
static inline bool trait_loses_marks(struct trait t)
{
    return t.bits >> 40 & 1;
}

/* A mark that goes behind any letter that loses marks but и. */
static inline bool trait_drops(struct trait t)
{
    return t.bits >> 41 & 1;
}

enum { TRAIT_PAGES = 0x200 }; /* planes 0 and 1; what lies behind is worked out each time */

extern struct trait *_Atomic trait_pages[TRAIT_PAGES];

struct trait trait_work_out(uint32_t code_point);

static inline struct trait trait_of(uint32_t code_point)
{
    if (code_point >> 8 < TRAIT_PAGES) {
        const struct trait *page =
            atomic_load_explicit(&trait_pages[code_point >> 8], memory_order_acquire);
        if (page)
            return page[code_point & 0xFF];
    }
    return trait_work_out(code_point);
}

/* The class of a folded character. */
static inline enum char_class class_of(uint32_t folded)
{
    return trait_class(trait_of(folded));
}

#endif
