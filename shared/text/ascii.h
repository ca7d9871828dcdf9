/* The fast path: words of ASCII text that need no rule but "letters and digits, lower-cased". Inward.
 *
 * Whatever needs more is left to the general path, from a place where that finds the same state: words
 * beside a character that is not ASCII, words with a dot or comma behind them that may join what
 * follows, words of more than WORD_MAX_BYTES. */
#ifndef VERBATIM_TEXT_ASCII_H
#define VERBATIM_TEXT_ASCII_H

#include "text/sink.h"

/* Reads words from byte `at` of the text into the sink while it has room. *gap is what stands before
 * `at` and, in the end, before the place returned. *general is set where the general path has to go on
 * from there up to an ASCII space; else that place is the text's end or the sink is full. */
size_t ascii_read(struct slice text, size_t at, uint8_t *gap, struct sink *sink, bool *general);

static inline bool ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

#endif
