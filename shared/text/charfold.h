/* Folding one character, and the questions about one character that utf8proc answers. The one place
 * that knows utf8proc. Inward; any thread. */
#ifndef VERBATIM_TEXT_CHARFOLD_H
#define VERBATIM_TEXT_CHARFOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHAR_DECOMPOSED_MAX = 18 }; /* U+FDFA, the longest compatibility decomposition */

/* NFKD without the ignored characters, but a spacing clone of a mark (U+00A8, U+00B4 …: a space
 * with a mark on it) stays as it is, since it stands for itself. Returns how many; 0 for an ignored
 * one. */
size_t char_decompose(uint32_t code_point, uint32_t out[CHAR_DECOMPOSED_MAX]);

/* Full case folding of a decomposed character, and ø ł đ ħ ı æ œ ð þ as people type them. */
size_t char_fold_case(uint32_t code_point, uint32_t out[CHAR_DECOMPOSED_MAX]);

/* NFKC and full case folding of UTF-8 text without the ignored characters, marks and all letters
 * kept. Returns how many characters; 0 where there is no room for them in out, which has `most`. */
size_t char_fold_written(const char *text, size_t size, uint32_t *out, size_t most);

/* The canonical composite of the two, 0 where there is none. */
uint32_t char_compose(uint32_t first, uint32_t second);
/* Whether it may be the second of a composite. */
bool char_composes_backward(uint32_t code_point);

int char_combining_class(uint32_t code_point);
bool char_is_mark(uint32_t code_point);
bool char_loses_marks(uint32_t code_point);
/* enum char_class, for a folded character. */
uint8_t char_class(uint32_t code_point);

#endif
