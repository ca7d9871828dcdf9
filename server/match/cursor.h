/* One postings list, article by article: what the matchers of terms, grams and phrases move. */
#ifndef VERBATIM_MATCH_CURSOR_H
#define VERBATIM_MATCH_CURSOR_H

#include "base/arena.h"
#include "match/budget.h"
#include "match/matcher.h"
#include "store/postings_read.h"

struct match_cursor { /* one thread; release when done */
    struct postings postings;
    struct match_budget *budget;
    uint32_t at;  /* place of doc in the current block */
    uint32_t doc; /* BEFORE_FIRST_DOC, NO_MORE_DOCS or the current article */
};

/* Closed. What is taken from an arena for it need not be zeroed: the arrays of a block are large,
 * and filled before they are looked at. */
void match_cursor_init(struct match_cursor *cursor);
/* In an arena, closed; NULL where memory ends. */
struct match_cursor *match_cursor_new(struct arena *arena);
/* A list that cannot be opened ends at once, with the budget's status bad. */
void match_cursor_open(struct match_cursor *cursor, const struct snapshot *snapshot,
                       const struct term *term, bool titles, struct match_budget *budget);
void match_cursor_release(struct match_cursor *cursor); /* a closed or zeroed one is allowed */

/* Back before the first article. */
void match_cursor_rewind(struct match_cursor *cursor);

/* As matcher_next and matcher_seek. */
uint32_t match_cursor_next(struct match_cursor *cursor);
uint32_t match_cursor_seek(struct match_cursor *cursor, uint32_t target);

/* For whoever reads postings by itself: makes the block of the first article not less than target
 * current, and pays for it. False at the end or with the budget's status bad. */
bool match_cursor_enter(struct match_cursor *cursor, uint32_t target);
/* The same for a block that is the current one or behind it, and less than block_count. */
bool match_cursor_enter_block(struct match_cursor *cursor, uint32_t block);
/* Puts the cursor on docs[at] of that block. */
void match_cursor_stand(struct match_cursor *cursor, uint32_t at);
/* The counts of that block. False with the budget's status bad. */
bool match_cursor_read_tfs(struct match_cursor *cursor);

/* Of the current article; false with the budget's status bad. */
bool match_cursor_tf(struct match_cursor *cursor, uint32_t *tf);
/* Of an article not before the current one: 0 where the list has it not. */
bool match_cursor_tf_of(struct match_cursor *cursor, uint32_t doc, uint32_t *tf);
bool match_cursor_positions(struct match_cursor *cursor, struct bytes *out);
/* Positions greater than `most` may be left out, and are not decoded where that saves anything. */
bool match_cursor_positions_to(struct match_cursor *cursor, uint32_t most, struct bytes *out);

#endif
