/* The one article that readers make and the builder takes. */
#ifndef VERBATIM_TEXT_ARTICLE_H
#define VERBATIM_TEXT_ARTICLE_H

#include <stddef.h>

#include "base/slice.h"
#include "text/date.h"

/* Fields that may hold several values; each is a column. */
enum article_list { ARTICLE_SOURCE, ARTICLE_AUTHOR, ARTICLE_TAG, ARTICLE_LANG, ARTICLE_LISTS };

/* "source", "author", "tag", "lang". */
extern const char *const article_list_names[ARTICLE_LISTS];

struct article_values {
    struct slice *values;
    size_t count;
};

struct article_extra { /* a field that is not known, kept and returned as it was */
    struct slice name;
    struct slice json; /* its value as JSON text */
};

/* All text is valid UTF-8 and borrowed: it lives until the call that it is handed to returns. */
struct article {
    struct slice id;    /* not empty, at most ARTICLE_ID_BYTES */
    struct slice title; /* as given; empty where there is none */
    struct slice body;
    struct slice url;
    struct date date; /* precision DATE_NONE where there is none */
    struct article_values lists[ARTICLE_LISTS];
    struct article_extra *extra;
    size_t extra_count;
};

enum { ARTICLE_ID_BYTES = 4096 };

/* How an article without a title is shown: its first line, or the first sentence of that, at most
 * 120 characters, cut at a word with "…" behind. A part of body, but for the "…" that the caller
 * adds where *cut is set. */
struct slice article_shown_title(struct slice title, struct slice body, _Bool *cut);

#endif
