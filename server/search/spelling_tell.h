/* What is told of spellings in an answer. */
#ifndef VERBATIM_SEARCH_SPELLING_TELL_H
#define VERBATIM_SEARCH_SPELLING_TELL_H

#include "match/budget.h"
#include "query/tree.h"

struct answer;
struct collection;
struct workspace;

/* Fills spellings, from the query with its other spellings. The answer's arena tells whether memory
 * ended. */
void spelling_tell(const struct query_node *spelled, struct answer *answer);

enum {
    ALSO_WRITTEN_WORDS = 8,    /* the most of a phrase whose other spellings are looked for */
    ALSO_WRITTEN_BYTES = 32,   /* the most of a word that is looked at in two parts */
    ALSO_WRITTEN_TRIED = 32,   /* spellings of a query that are counted */
    ALSO_WRITTEN_PART = 2,     /* the least letters of a part of a word */
    ALSO_WRITTEN_SHARE = 10,   /* each of a word's parts must stand in at least one article for each
                                  so many that hold the word; of a single word side by side. Two
                                  bare words as one, for each so many that have them so */
    ALSO_WRITTEN_BLOCKS = 4096 /* that may be read for all of it */
};

struct also_request { /* all borrowed */
    const struct collection *collection;
    struct workspace *workspace;         /* nobody's matchers are in it */
    const struct query_node *root;       /* as it was written */
    const struct vocabulary *vocabulary; /* NULL, or where its words may have been looked up */
    struct match_budget *budget; /* when it ends, what was not counted until then is not told */
    struct arena *scratch;
};

/* Fills also_written, behind spelling_tell: neighbouring words as one word, and words as two, which
 * were not searched. STATUS_OK, STATUS_NO_MEMORY or the budget's status. */
enum status also_written_tell(const struct also_request *request, struct answer *answer);

#endif
