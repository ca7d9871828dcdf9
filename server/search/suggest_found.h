/* Candidates of all files as one collection: counts added, each text once. Inside this room only.
 */
#ifndef VERBATIM_SEARCH_SUGGEST_FOUND_H
#define VERBATIM_SEARCH_SUGGEST_FOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "search/suggest.h"

struct match_budget;
struct workspace;

struct found {          /* in an arena */
    struct slice text;  /* folded; a title's, of its words from where the prefix begins */
    struct slice shown; /* never empty */
    uint64_t articles;
    bool whole; /* a title's: the text is all of it */
    enum suggestion_kind kind;
};

struct found_list {
    struct found *items; /* the most articles first, of equals by text; titles that begin so before
                            others */
    size_t count;
};

struct found_request { /* all borrowed */
    const struct searcher *searcher;
    struct workspace *workspace;
    struct arena *arena;
    struct match_budget *budget; /* tells what could not be read */
    size_t most;
};

/* Words and phrases that begin with the prefix; phrases alone where it has a space. */
enum status found_words(const struct found_request *request, struct slice prefix,
                        struct found_list *list);
/* Titles with words that do. */
enum status found_titles(const struct found_request *request, struct slice prefix,
                         struct found_list *list);

#endif
