/* A text that is being typed, read from its end: which words are to be completed, and what stands
 * around them. Inside this room only. */
#ifndef VERBATIM_SEARCH_SUGGEST_TEXT_H
#define VERBATIM_SEARCH_SUGGEST_TEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"
#include "text/analyzer.h"

enum { SUGGEST_WORDS_MOST = 8 }; /* last words that are looked at */

struct suggest_text {
    struct slice front;   /* what stays as it is: before the words, the opening mark included */
    struct slice closing; /* what is put behind a completion: a quotation's end, or nothing */
    bool quoted;
    size_t count;                           /* words; 0: there is nothing to complete */
    struct slice words[SUGGEST_WORDS_MOST]; /* folded */
    size_t starts[SUGGEST_WORDS_MOST];      /* where they begin in the text */
    bool whole; /* the last word is over: what comes behind it is to be completed */
};

/* text is valid UTF-8 and borrowed; folded words are in the arena. */
void suggest_text_read(struct suggest_text *out, struct slice text, struct analyzer *analyzer,
                       struct arena *arena);
/* The folded words from number `from` on with a space between; one behind them where `whole`. Empty
 * where memory ends. */
struct slice suggest_text_prefix(const struct suggest_text *text, size_t from, struct arena *arena);

#endif
