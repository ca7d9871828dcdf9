/* An article of an answer, as it is shown. */
#ifndef VERBATIM_SEARCH_HIT_H
#define VERBATIM_SEARCH_HIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct explanation;

struct range {
    uint32_t start, end;
}; /* code points, [start, end) */

struct snippet {
    struct slice text; /* valid UTF-8, white space runs made one space; "…" where it was cut */
    struct range *highlights; /* ascending, not overlapping: whole phrases */
    size_t highlight_count;
};

enum {
    HIT_TITLE_BYTES = 1024,   /* of a title at most, and "…" */
    HIT_FIELDS_BYTES = 32768, /* of an article's fields together; of more, some are left out */
};

struct hit {
    uint32_t rank;                     /* 1 is the first of all, whatever the offset */
    uint32_t file, article;            /* of the collection, in its order; of the file */
    double score;                      /* points, as printed; equal scores are exactly equal */
    struct slice id, title, url, date; /* date as ISO 8601, empty where none */
    bool title_derived;                /* from the body: the article has none */
    bool fields_cut;                   /* the title is cut, or other fields are left out */
    struct slice *sources, *authors, *tags, *langs;
    size_t source_count, author_count, tag_count, lang_count;
    struct slice extra; /* a JSON object's text, or empty */
    struct snippet *snippets;
    size_t snippet_count;
    struct range *title_highlights; /* in title */
    size_t title_highlight_count;
    uint64_t phrase_count; /* occurrences of the query's phrases and words in the article */
    struct explanation *explanations;
    size_t explanation_count;
    struct hit *also_in;  /* collapse: its near-copies that match, the best of them; their fields */
    size_t also_in_count; /* at most QUESTION_ALSO_IN */
    uint64_t also_in_total; /* that match */
};

#endif
