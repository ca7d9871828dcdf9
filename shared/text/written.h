/* A word as it was written, but for what no reader minds: compatibility composition (NFKC), full
 * case folding, ignored characters removed; marks and letters such as ø kept. For stemmers, which
 * tell é from e. */
#ifndef VERBATIM_TEXT_WRITTEN_H
#define VERBATIM_TEXT_WRITTEN_H

#include <stddef.h>

#include "base/slice.h"

enum { WRITTEN_BYTES = 255 };

/* Writes the form of a stretch of text; its size. 0 where it, or the stretch, has more than
 * WRITTEN_BYTES bytes, is not UTF-8 or holds what no word does. Any thread. */
size_t written_form(struct slice text, char out[WRITTEN_BYTES]);

#endif
