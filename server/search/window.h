/* Which stretches of an article its snippets show: those in which most different words and phrases
 * of the question stand together, the earlier ones first where that is equal. */
#ifndef VERBATIM_SEARCH_WINDOW_H
#define VERBATIM_SEARCH_WINDOW_H

#include <stddef.h>
#include <stdint.h>

struct occurrence;

enum { WINDOW_WORDS = 24 }; /* from the start of the first occurrence to the end of the last */

struct window { /* occurrences [first, first + count) of the article's */
    size_t first, count;
    uint32_t terms; /* different ones among them */
};

/* Fills windows, the best first, with at most `most`; no occurrence is in two of them. The
 * occurrences are sorted. An occurrence longer than WINDOW_WORDS is a window of its own. counts:
 * room for every term, zeroed, and zero again afterwards. Work: most × count. */
size_t window_choose(const struct occurrence *items, size_t count, uint32_t *counts,
                     struct window *windows, size_t most);

#endif
