/* Which stretches of an article its snippets show: those in which the words and phrases of the
 * question that tell most stand together, the closer the better, the earlier first where all that
 * is equal. */
#ifndef VERBATIM_SEARCH_WINDOW_H
#define VERBATIM_SEARCH_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct match_budget;
struct occurrence;

enum { WINDOW_WORDS = 24 }; /* from the start of the first occurrence to the end of the last */

struct window { /* occurrences [first, first + count) of the article's */
    size_t first, count;
    uint32_t weight; /* of the different terms among them */
    uint32_t words;  /* that they span */
};

struct window_shown { /* positions [start, end) that a snippet shows already */
    uint32_t start, end;
};

struct window_request {
    const struct occurrence *items; /* sorted */
    size_t count;
    const uint32_t *weights; /* by term; each 1 or more, all together less than 2^32 */
    uint32_t *seen;          /* by term: zeroes, and zeroes again afterwards */
    const struct window_shown *shown;
    size_t shown_count;
    struct match_budget *budget;
};

/* The best window that holds nothing of what is shown. An occurrence longer than WINDOW_WORDS is a
 * window of its own. False where there is none, and with the budget's status bad. Work: count × the
 * occurrences in WINDOW_WORDS. */
bool window_best(const struct window_request *request, struct window *best);

#endif
