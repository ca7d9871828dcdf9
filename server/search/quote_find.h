/* Where the words of a pasted text stand side by side. Inside this room only. */
#ifndef VERBATIM_SEARCH_QUOTE_FIND_H
#define VERBATIM_SEARCH_QUOTE_FIND_H

#include <stdint.h>

struct arena;
struct bytes;
struct collection;
struct match_budget;
struct quote_words;

enum { QUOTE_MATCHES_MOST = 1 << 22 };

/* Words [start, start + words) of the pasted text stand in an article from position `at` on, and
 * one more on either side does not. */
struct quote_match {
    uint32_t file, doc, at;
    uint16_t start, words;
};

/* Appends every match of at least min words in articles that are not hidden to matches (struct
 * quote_match). Each stretch of min words is sought in each file by the lists of its words and of
 * runs of them; stretches that go on side by side in an article are one match. Where the budget
 * ends, or there are QUOTE_MATCHES_MOST (budget->cut then), matches are missing, and some may go
 * on. Its deadline comes nearer with each match, by what quote_rank will take for it. matchers:
 * scratch, cleared. */
void quote_find_matches(const struct collection *collection, const struct quote_words *words,
                        uint32_t min, struct match_budget *budget, struct arena *arena,
                        struct arena *matchers, struct bytes *matches);

#endif
