/* Text set in lines of a terminal. Inside this room only.
 *
 * White space and control characters are where lines may break; characters that would move the
 * cursor, show nothing or turn the direction of writing are left out. A word that is wider than a
 * line is broken. A no-break space is set as a space. */
#ifndef VERBATIM_SEARCH_WRAP_H
#define VERBATIM_SEARCH_WRAP_H

#include "base/bytes.h"

enum { WRAP_NO_BREAK = 0xA0 };

struct wrap {
    struct bytes *out;                        /* borrowed */
    struct bytes word;                        /* what has not been set yet; wrap_end releases it */
    size_t word_width, column, indent, width; /* in terminal columns */
};

/* Begins at the column where the text written so far ends; further lines begin at `indent`. */
void wrap_begin(struct wrap *wrap, struct bytes *out, size_t column, size_t indent, size_t width);
void wrap_put(struct wrap *wrap, uint32_t code_point);
void wrap_text(struct wrap *wrap, struct slice text);
/* Something that takes no room on the screen, such as the beginning of bold type. */
void wrap_escape(struct wrap *wrap, const char *escape);
void wrap_end(struct wrap *wrap); /* and ends the line */

/* The columns that a character takes on a terminal: 0, 1 or 2, by blocks of Unicode's East Asian
 * Width. */
size_t wrap_width_of(uint32_t code_point);
/* Whether it is left as it is: neither a control character nor one that is left out. */
bool wrap_shows(uint32_t code_point);

#endif
