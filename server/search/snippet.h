/* Snippets: short stretches of a body, each with a whole occurrence of what was asked for,
 * marked. */
#ifndef VERBATIM_SEARCH_SNIPPET_H
#define VERBATIM_SEARCH_SNIPPET_H

#include "base/arena.h"
#include "search/region.h"
#include "search/window.h"

struct occurrences;
struct snippet;

struct snippet_maker {         /* one thread; release when done; reusable */
    struct analyzer *analyzer; /* borrowed, as are the next two */
    struct match_budget *budget;
    struct arena *arena; /* of the answer */
    struct region region;
    struct bytes text, marks, inside; /* room to work in */
};

void snippet_maker_release(struct snippet_maker *maker);

struct snippet_place { /* in the body of an article */
    struct documents *documents;
    uint32_t doc;
    const struct occurrences *occurrences; /* sorted */
    struct window_shown *shown;            /* the words of its snippets so far; with room for one */
    size_t shown_count;
};

/* A snippet around a window of the occurrences, beside those that are shown already; a window too
 * wide for it is shown from its first occurrence on, which is always whole. Adds what it shows.
 * STATUS_NOT_FOUND where the article has no body; else the budget's status or why the text cannot
 * be read. */
enum status snippet_make(struct snippet_maker *maker, struct snippet_place *place,
                         const struct window *window, struct snippet *snippet);
/* The beginning of the body, whose first word has this position; nothing is marked. */
enum status snippet_of_start(struct snippet_maker *maker, struct documents *documents, uint32_t doc,
                             uint32_t body_start, struct snippet *snippet);

#endif
