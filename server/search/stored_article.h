/* An article as it was stored, whole. */
#ifndef VERBATIM_SEARCH_STORED_ARTICLE_H
#define VERBATIM_SEARCH_STORED_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "search/hit.h"

struct stored_article {
    struct arena arena; /* owns all below */
    struct hit fields; /* rank, score, snippets and phrase_count are 0; title_highlights as there */
    struct slice body; /* empty where has_text is false */
    bool has_text, partial;   /* partial: the budget ended before every match was marked */
    struct range *highlights; /* in body, of the question; the first at most 10,000 */
    size_t highlight_count;
};

void stored_article_release(struct stored_article *article); /* twice is fine */

#endif
