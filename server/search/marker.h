/* Turns occurrences, which are word positions, into stretches of a text while its words are read in
 * turn. Occurrences that overlap make one stretch. */
#ifndef VERBATIM_SEARCH_MARKER_H
#define VERBATIM_SEARCH_MARKER_H

#include "text/analyzer.h"

struct match_budget;
struct occurrence;

struct marker {                     /* one text; one thread */
    const struct occurrence *items; /* sorted; borrowed */
    size_t count, at;
    size_t most;       /* stretches at most */
    struct bytes *out; /* struct range, in bytes of the text; borrowed */
    bool open;
    uint32_t start, last; /* of the open one: its first byte, its last position */
};

/* The next word: its position and where it stands in the text. */
void marker_word(struct marker *marker, uint32_t position, size_t start, size_t end);

/* Marks a whole text whose first word has this position. out (cleared first) is of struct range in
 * code points. STATUS_NO_MEMORY, or the budget's status. */
enum status marker_text(struct slice text, uint32_t position, const struct occurrence *items,
                        size_t count, size_t most, struct analyzer *analyzer,
                        struct match_budget *budget, struct bytes *out);

#endif
