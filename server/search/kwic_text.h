/* The text of concordance lines: a match and what stands around it. Inside this room only. */
#ifndef VERBATIM_SEARCH_KWIC_TEXT_H
#define VERBATIM_SEARCH_KWIC_TEXT_H

#include "match/leaf.h"
#include "search/lines.h"
#include "search/region.h"

struct kwic_text {             /* one thread; release when done; reusable */
    struct analyzer *analyzer; /* borrowed, as are the next two */
    struct match_budget *budget;
    struct arena *arena; /* of the answer */
    struct region region;
    struct bytes flat; /* scratch */
};

void kwic_text_release(struct kwic_text *text); /* a zeroed one is allowed */

/* The lines of spans of a title, whose first word has position 0; at and in_title are set.
 * STATUS_CORRUPT where it has not these words; else the budget's status or STATUS_NO_MEMORY. */
enum status kwic_text_of_title(struct kwic_text *text, struct slice title,
                               const struct match_span *spans, size_t count,
                               struct kwic_line *lines);
/* The same of a stored body, whose first word has position body_start. Those near one another are
 * read at once. */
enum status kwic_text_of_body(struct kwic_text *text, struct documents *documents, uint32_t doc,
                              uint32_t body_start, const struct match_span *spans, size_t count,
                              struct kwic_line *lines);

#endif
