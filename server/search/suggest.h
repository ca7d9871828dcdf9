/* What somebody may be about to type, and what somebody may have meant.
 *
 * The end of a text that is being typed is completed: its last word, by the words of the
 * collection; its last words, by phrases that occur and by titles. Nothing is ever applied:
 * completions and corrections are whole texts, to be offered. How they are chosen and ordered
 * docs/suggestions.md tells. */
#ifndef VERBATIM_SEARCH_SUGGEST_H
#define VERBATIM_SEARCH_SUGGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"

enum {
    SUGGEST_LIMIT_DEFAULT = 10,
    SUGGEST_LIMIT_MOST = 50,
    SUGGEST_TEXT_MOST = 1024, /* bytes of a text that is completed; a longer one is not */
    SUGGEST_CORRECTIONS_MOST = 3,
};

enum suggestion_kind { SUGGESTION_WORD, SUGGESTION_PHRASE, SUGGESTION_TITLE };

struct suggestion {
    struct slice text;         /* the whole text with its end completed */
    enum suggestion_kind kind; /* of what completes it */
    uint64_t articles;         /* that hold that; every file's, hidden ones counted */
};

struct correction {
    struct slice text;          /* the whole text, corrected */
    struct slice word, instead; /* what was written; what is offered for it */
    uint64_t articles;          /* that the corrected text finds, exactly */
};

struct suggestions {
    struct arena arena; /* owns all below */
    struct slice text;  /* as valid UTF-8 */
    struct suggestion *completions;
    size_t completion_count;
    struct correction *corrections;
    size_t correction_count;
    uint64_t took_us;
};

struct searcher;

/* At most `limit` completions, up to SUGGEST_LIMIT_MOST. The suggestions are to be released
 * in any case. Any thread. */
enum status searcher_suggest(const struct searcher *searcher, struct slice text, size_t limit,
                             struct suggestions *suggestions, struct error *error);
void suggestions_release(struct suggestions *suggestions); /* twice is fine */

#endif
