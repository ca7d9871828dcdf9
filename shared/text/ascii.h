/* The fast path: words of ASCII text that need no rule but "letters and digits, lower-cased".
 * Inward.
 *
 * The text is taken by the window of at most ASCII_WINDOW bytes that ends at a space. Each is
 * lower-cased and searched for the edges of words and for places that want care, sixteen bytes at a
 * time, before its words are read off (as simdjson finds structure: Langdale and Lemire 2019).
 *
 * Whatever needs more is left to the general path, from a place where that finds the same state:
 * words beside a character that is not ASCII, words with a dot or comma behind them that may join
 * what follows, words of more than WORD_MAX_BYTES, runs without a space that are longer than a
 * window. */
#ifndef VERBATIM_TEXT_ASCII_H
#define VERBATIM_TEXT_ASCII_H

#include "text/ascii_scan.h"
#include "text/sink.h"

struct ascii {
    struct slice text;
    size_t at;         /* where reading goes on */
    size_t start, end; /* the window */
    size_t edge, care; /* the next of each in scan */
    unsigned turn; /* which of scan's lower cases is the window's: words of one call lie in both */
    bool loaded;   /* the other one holds words of this call */
    struct ascii_scan scan;
    char lower[2][ASCII_WINDOW + WORD_READABLE];
};

void ascii_begin(struct ascii *a, struct slice text);

/* Reads words from a->at on into the sink while it has room. *gap is what stands before a->at.
 * Returns whether the general path has to go on from there up to an ASCII space; else the text has
 * ended or the sink is full or *pause is set: words borrow both windows, so that no further one can
 * be read in this call of analyzer_read. */
bool ascii_read(struct ascii *a, uint8_t *gap, struct sink *sink, bool *pause);

/* The words given so far are no longer borrowed. */
static inline void ascii_forget(struct ascii *a)
{
    a->loaded = false;
}

static inline bool ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

#endif
