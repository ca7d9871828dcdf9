/* Text made fit for an article. */
#ifndef VERBATIM_INPUT_CLEAN_H
#define VERBATIM_INPUT_CLEAN_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/slice.h"

/* The text as valid UTF-8 without NUL, each of those being U+FFFD, which parts words and ends
 * nothing. The text itself where it is so already; else a copy in the arena. */
struct slice clean_text(struct arena *arena, struct slice text);

/* ASCII white space. */
static inline bool clean_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Without that at both ends. */
struct slice clean_trim(struct slice text);

/* Makes CR LF and lone CR a line feed, in place. */
void clean_line_ends(struct bytes *text);

/* Case aside, in ASCII. */
bool clean_same(struct slice a, const char *b);

#endif
