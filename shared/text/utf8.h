/* UTF-8 as it really comes: every byte string is read, and what is not UTF-8 is U+FFFD.
 *
 * A maximal ill-formed subsequence is one U+FFFD, as the Unicode Standard advises (3.9, "U+FFFD
 * Substitution of Maximal Subparts"). Any thread; nothing allocates but utf8_append_valid
 * and utf8_valid_copy. */
#ifndef VERBATIM_TEXT_UTF8_H
#define VERBATIM_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/slice.h"

enum { UTF8_REPLACEMENT = 0xFFFD };

/* Reads the character at data[0]; size is at least 1. Returns how many bytes it takes (1–4). */
size_t utf8_decode(const char *data, size_t size, uint32_t *code_point);
/* Writes 1–4 bytes; a surrogate or a number past U+10FFFF is written as U+FFFD. */
size_t utf8_encode(uint32_t code_point, char out[4]);

bool utf8_valid(struct slice s);
/* Appends s with every ill-formed part replaced by U+FFFD. */
void utf8_append_valid(struct bytes *out, struct slice s);
/* The same as a copy in the arena, whose status tells where memory ends. */
struct slice utf8_valid_copy(struct slice s, struct arena *arena);
/* Code points in s, an ill-formed part counting as one. */
size_t utf8_length(struct slice s);
/* The greatest n ≤ limit such that s.data[0 … n) does not cut a character in two. */
size_t utf8_floor(struct slice s, size_t limit);

#endif
