/* The folded characters of a text, one after another, with the places they come from. Inward.
 *
 * Plain characters go straight through; one that knits goes through the normalizer together with the
 * plain one before it and all knitting ones behind. Memory is that of the struct; time is linear. */
#ifndef VERBATIM_TEXT_FOLDER_H
#define VERBATIM_TEXT_FOLDER_H

#include <stdbool.h>

#include "base/slice.h"
#include "text/normalizer.h"
#include "text/traits.h"
#include "text/utf8_inline.h"

struct source_char {
    size_t start, end; /* ignored characters before it are left out */
    uint32_t code;
    struct trait trait;
};

struct folder {
    struct slice text;
    size_t at;               /* behind next */
    struct source_char next; /* read, not yet folded; start == end at the end of the text */
    struct normalizer normal;
};

/* From byte `at` of the text on, where no character before it can matter. */
void folder_begin(struct folder *f, struct slice text, size_t at);

/* The next folded character and its class; false at the end. */
bool folder_next(struct folder *f, struct folded *out, enum char_class *class);

/* Reads one more character into next. Ignored ones are passed over; the end of the text is plain and of no
 * class that words hold. */
static inline void folder_read(struct folder *f)
{
    struct source_char *next = &f->next;
    do {
        next->start = f->at;
        if (f->at == f->text.size) {
            *next = (struct source_char){.start = f->at, .end = f->at, .code = ' '};
            return;
        }
        f->at += utf8_decode_inline(f->text.data + f->at, f->text.size - f->at, &next->code);
        next->end = f->at;
        next->trait = trait_of(next->code);
    } while (next->trait.kind == KIND_IGNORED);
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
    return f->next.start;
}

#endif
