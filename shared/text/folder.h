/* The folded characters of a text, one after another, with the places they come from. Inward.
 *
 * Plain characters go straight through; one that knits goes through the normalizer together with
 * the plain one before it and all knitting ones behind. Memory is that of the struct; time is
 * linear. */
#ifndef VERBATIM_TEXT_FOLDER_H
#define VERBATIM_TEXT_FOLDER_H

#include <stdbool.h>

#include "base/slice.h"
#include "text/normalizer.h"
#include "text/traits.h"
#include "text/utf8_inline.h"

struct source_char {
    size_t start, end; /* ignored characters before it are left out */
    struct trait trait;
    uint32_t code;
};

struct folder {
    struct slice text;
    size_t at; /* behind the character in chars[turn] */
    /* That one is read, not yet folded; start == end at the end of the text. The other one is the
     * one taken last. Nothing is copied: a struct that is written in parts and read at once makes
     * the processor wait. */
    struct source_char chars[2];
    unsigned turn;
    size_t stop;             /* where the text ends, or whether to go on is asked again */
    bool (*goes_on)(void *); /* NULL: nobody is asked */
    void *context;
    struct normalizer normal;
};

static inline struct source_char *folder_ahead(struct folder *f)
{
    return &f->chars[f->turn];
}

/* From byte `at` of the text on, where no character before it can matter. */
void folder_begin(struct folder *f, struct slice text, size_t at);

/* At `stop`: whether the text ends here, or is to end. */
bool folder_ends(struct folder *f);

/* The next folded character and its class; false at the end. */
bool folder_next(struct folder *f, struct folded *out, enum char_class *class);

/* Whether the character at `at` is plain; the end of the text is. */
static inline bool folder_plain_at(const struct folder *f, size_t at)
{
    uint32_t code;
    if (at == f->text.size)
        return true;
    utf8_decode_inline(f->text.data + at, f->text.size - at, &code);
    return trait_kind(trait_of(code)) == KIND_PLAIN;
}

/* A lone mark is plain between plain characters. */
static inline struct trait folder_settle_lone(const struct folder *f, struct trait trait,
                                              bool behind_plain)
{
    uint64_t kind = behind_plain && folder_plain_at(f, f->at) ? KIND_PLAIN : KIND_KNIT;
    return (struct trait){(trait.bits & ~((uint64_t)0xFF << 32)) | kind << 32};
}

/* Reads the character ahead, into its place. Ignored ones are passed over; the end of the text is
 * plain and of no class that words hold. */
static inline void folder_read(struct folder *f, bool behind_plain)
{
    struct source_char *ahead = folder_ahead(f);
    do {
        ahead->start = f->at;
        if (f->at >= f->stop && folder_ends(f)) {
            ahead->end = f->at;
            ahead->code = ' ';
            ahead->trait.bits = ' ';
            return;
        }
        f->at += utf8_decode_inline(f->text.data + f->at, f->text.size - f->at, &ahead->code);
        ahead->end = f->at;
        ahead->trait = trait_of(ahead->code);
    } while (trait_kind(ahead->trait) == KIND_IGNORED);
    if (trait_kind(ahead->trait) == KIND_LONE)
        ahead->trait = folder_settle_lone(f, ahead->trait, behind_plain);
}

/* Whether whatever drops goes behind a character of the trait. и may become й. */
static inline bool folder_loses_marks(struct trait trait)
{
    enum { CYRILLIC_I = 0x0438 };
    return trait_loses_marks(trait) && trait_fold(trait) != CYRILLIC_I;
}

/* Takes the character ahead, a plain one, with the marks behind it that it loses, and reads on. It
 * lies there until the next is taken. */
static inline const struct source_char *folder_take(struct folder *f)
{
    struct source_char *taken = folder_ahead(f);
    f->turn ^= 1;
    folder_read(f, true);
    if (folder_loses_marks(taken->trait))
        while (trait_drops(folder_ahead(f)->trait)) {
            taken->end = folder_ahead(f)->end;
            folder_read(f, false);
        }
    return taken;
}

/* The character that was taken last is ahead again. */
static inline void folder_untake(struct folder *f)
{
    f->turn ^= 1;
    f->at = folder_ahead(f)->end;
}

/* Whether every character read has been given out but the one that folder_place stands before. */
static inline bool folder_idle(const struct folder *f)
{
    const struct normalizer *n = &f->normal;
    return !n->part_count && !n->has_base && !n->mark_count && n->ready_at == n->ready_count;
}

/* Where an idle folder goes on. */
static inline size_t folder_place(const struct folder *f)
{
    return f->chars[f->turn].start;
}

#endif
