/* Concordance lines: every occurrence of what was asked for, with what stands around it. */
#ifndef VERBATIM_SEARCH_LINES_H
#define VERBATIM_SEARCH_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum {
    LINE_CONTEXT_CHARS = 60,     /* code points on either side at most, whole words */
    LINE_OFFSET_MOST = 999999999 /* lines that may be passed over */
};

/* left, match and right put together are the text, white space runs made one space. */
struct kwic_line {
    uint32_t file, article; /* of the collection, in its order; of the file */
    struct slice id, title, date;
    struct slice left, match, right;
    uint32_t at; /* the number of the match's first word in the title or body, from 0 */
    bool in_title;
};

#endif
