/* A gram's list in a cursor. */
#ifndef VERBATIM_MATCH_GRAM_LIST_H
#define VERBATIM_MATCH_GRAM_LIST_H

#include "match/cursor.h"
#include "match/source.h"
#include "store/gram.h"

/* As match_cursor_open. words: the gram's, in order. What the list needs beside itself is in the
 * source's arena. gram is borrowed. */
void match_gram_list_open(struct match_cursor *cursor, const struct match_source *source,
                          const struct gram *gram, const struct term *const *words, bool titles);

/* Whether the gram stands in some title. */
static inline bool match_gram_in_titles(const struct gram *gram)
{
    return gram->one_article ? gram->title_tf > 0 : gram->titles.df > 0;
}

#endif
