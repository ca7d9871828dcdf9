/* A run of bytes that somebody else owns. Not zero-terminated; may hold any byte. */
#ifndef VERBATIM_BASE_SLICE_H
#define VERBATIM_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *data; /* borrowed; may be NULL where size is 0 */
    size_t size;      /* bytes */
};

static inline struct slice slice_of(const void *data, size_t size)
{
    return (struct slice){data, size};
}

static inline struct slice slice_of_string(const char *string)
{
    return (struct slice){string, string ? strlen(string) : 0};
}

/* The slice of a string literal. */
#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Bytewise, as unsigned char; a prefix sorts before what it begins. Returns <0, 0 or >0. */
static inline int slice_compare(struct slice a, struct slice b)
{
    size_t n = a.size < b.size ? a.size : b.size;
    int order = n ? memcmp(a.data, b.data, n) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool slice_starts_with(struct slice s, struct slice prefix)
{
    return s.size >= prefix.size &&
           (prefix.size == 0 || memcmp(s.data, prefix.data, prefix.size) == 0);
}

/* Where the first such byte is; s.size where there is none. */
static inline size_t slice_find(struct slice s, char byte)
{
    const char *at = s.size ? memchr(s.data, byte, s.size) : NULL;
    return at ? (size_t)(at - s.data) : s.size;
}

static inline bool slice_has(struct slice s, char byte)
{
    return slice_find(s, byte) < s.size;
}

/* What is left after the first n bytes; n is at most s.size. */
static inline struct slice slice_from(struct slice s, size_t n)
{
    return (struct slice){n ? s.data + n : s.data, s.size - n};
}

#endif
