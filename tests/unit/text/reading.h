/* All the words of a text at once, kept beyond the analyzer's next read. */
#ifndef VERBATIM_TESTS_TEXT_READING_H
#define VERBATIM_TESTS_TEXT_READING_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "text/analyzer.h"
#include "text/utf8.h"

struct reading {
    struct word *words; /* their text lies in bytes */
    size_t count, capacity;
    struct bytes bytes;
};

static inline void reading_release(struct reading *r)
{
    free(r->words);
    bytes_release(&r->bytes);
    *r = (struct reading){0};
}

static inline void reading_keep(struct reading *r, const struct word *word)
{
    if (r->count == r->capacity) {
        r->capacity = r->capacity ? 2 * r->capacity : 64;
        r->words = realloc(r->words, r->capacity * sizeof *r->words);
        if (!r->words)
            abort();
    }
    r->words[r->count] = *word;
    r->words[r->count++].text.data = NULL; /* it is behind the one before in bytes */
    bytes_append_slice(&r->bytes, word->text);
}

/* Whether as many bytes of the word can be read as analyzer.h says: what it borrows from the text
 * must not stand at its end. */
static inline bool reading_is_readable(const struct word *word, struct slice text)
{
    uintptr_t at = (uintptr_t)word->text.data, begin = (uintptr_t)text.data;
    return at < begin || at >= begin + text.size || begin + text.size - at >= WORD_READABLE;
}

/* Reads a whole text, at most `batch` (up to 256) words a call. */
static inline void reading_take(struct reading *r, struct analyzer *a, struct slice text,
                                size_t batch)
{
    struct word words[256];
    size_t n, at = 0;
    r->count = 0;
    bytes_clear(&r->bytes);
    analyzer_begin(a, text);
    while ((n = analyzer_read(a, words, batch)) > 0)
        for (size_t i = 0; i < n; i++) {
            if (!reading_is_readable(&words[i], text))
                abort();
            reading_keep(r, &words[i]);
        }
    if (analyzer_status(a) != STATUS_OK || r->bytes.status != STATUS_OK)
        abort();
    for (size_t i = 0; i < r->count; i++) {
        r->words[i].text.data = (char *)r->bytes.data + at;
        at += r->words[i].text.size;
    }
}

static inline bool reading_same_words(const struct reading *a, const struct reading *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = slice_equal(a->words[i].text, b->words[i].text);
    return same;
}

/* The same words in the same places. */
static inline bool reading_equal(const struct reading *a, const struct reading *b)
{
    bool same = reading_same_words(a, b);
    for (size_t i = 0; same && i < a->count; i++)
        same = a->words[i].start == b->words[i].start && a->words[i].end == b->words[i].end &&
               a->words[i].joint == b->words[i].joint;
    return same;
}

static inline void reading_print(const char *label, const struct reading *r)
{
    fprintf(stderr, "%s:", label);
    for (size_t i = 0; i < r->count && i < 200; i++)
        fprintf(stderr, " '%.*s'[%zu,%zu)%u", (int)r->words[i].text.size, r->words[i].text.data,
                r->words[i].start, r->words[i].end, r->words[i].joint);
    fprintf(stderr, "\n");
}

/* The words with a space between each two, in a static place. */
static inline const char *reading_joined(const struct reading *r)
{
    static char out[1 << 16];
    size_t at = 0;
    for (size_t i = 0; i < r->count && at + r->words[i].text.size + 2 < sizeof out; i++) {
        if (i)
            out[at++] = ' ';
        memcpy(out + at, r->words[i].text.data, r->words[i].text.size);
        at += r->words[i].text.size;
    }
    out[at] = '\0';
    return out;
}

#endif
