#include "match/cursor.h"

#include "base/bytes.h"
#include "match/places.h"

#include <string.h>

void match_cursor_init(struct match_cursor *cursor)
{
    memset(&cursor->postings, 0, offsetof(struct postings, docs));
    cursor->budget = NULL;
    cursor->at = 0;
    cursor->doc = NO_MORE_DOCS;
}

struct match_cursor *match_cursor_new(struct arena *arena)
{
    struct match_cursor *cursor = arena_take(arena, sizeof *cursor);
    if (cursor)
        match_cursor_init(cursor);
    return cursor;
}

void match_cursor_open(struct match_cursor *cursor, const struct snapshot *snapshot,
                       const struct term *term, bool titles, struct match_budget *budget)
{
    cursor->budget = budget;
    cursor->at = 0;
    enum status status = postings_open(&cursor->postings, snapshot, term, titles);
    cursor->doc =
        match_budget_check(budget, status, CHUNK_POSTINGS) ? BEFORE_FIRST_DOC : NO_MORE_DOCS;
}

void match_cursor_release(struct match_cursor *cursor)
{
    if (cursor->budget)
        postings_release(&cursor->postings);
}

void match_cursor_rewind(struct match_cursor *cursor)
{
    postings_rewind(&cursor->postings);
    cursor->at = 0;
    cursor->doc = cursor->postings.status == STATUS_OK ? BEFORE_FIRST_DOC : NO_MORE_DOCS;
}

static uint32_t end(struct match_cursor *cursor)
{
    match_budget_check(cursor->budget, cursor->postings.status, cursor->postings.chunk);
    return cursor->doc = NO_MORE_DOCS;
}

/* Pays for what a block took beside itself: a ranked list's comes with some of its leader's. */
static bool pay_more(struct match_cursor *cursor, uint64_t decoded_before)
{
    uint64_t took = cursor->postings.blocks_decoded - decoded_before;
    return took <= 1 || match_budget_spend(cursor->budget, took - 1);
}

/* Moves to the next block, or to that of the target, and pays for it. */
static bool move(struct match_cursor *cursor, bool to_next, uint32_t target)
{
    struct postings *postings = &cursor->postings;
    uint64_t before = postings->blocks_decoded;
    return match_budget_spend(cursor->budget, 1) &&
           (to_next ? postings_next_block(postings) : postings_seek(postings, target)) &&
           pay_more(cursor, before);
}

uint32_t match_cursor_next(struct match_cursor *cursor)
{
    struct postings *postings = &cursor->postings;
    if (cursor->doc == NO_MORE_DOCS)
        return NO_MORE_DOCS;
    if (cursor->doc != BEFORE_FIRST_DOC && cursor->at + 1 < postings->count)
        return cursor->doc = postings->docs[++cursor->at];
    if (!move(cursor, true, 0))
        return end(cursor);
    cursor->at = 0;
    return cursor->doc = postings->docs[0];
}

uint32_t match_cursor_seek(struct match_cursor *cursor, uint32_t target)
{
    struct postings *postings = &cursor->postings;
    bool begun = cursor->doc != BEFORE_FIRST_DOC;
    if (begun && target <= cursor->doc)
        return cursor->doc;
    bool here = begun && postings->count && target <= postings->docs[postings->count - 1];
    if (!here && !move(cursor, false, target))
        return end(cursor);
    cursor->at = postings_find_in_block(postings, target);
    return cursor->doc = postings->docs[cursor->at];
}

bool match_cursor_enter(struct match_cursor *cursor, uint32_t target)
{
    const struct postings *postings = &cursor->postings;
    if (postings->count && target <= postings->docs[postings->count - 1])
        return true;
    if (cursor->doc != NO_MORE_DOCS && move(cursor, false, target))
        return true;
    end(cursor);
    return false;
}

bool match_cursor_enter_block(struct match_cursor *cursor, uint32_t block)
{
    struct postings *postings = &cursor->postings;
    uint64_t before = postings->blocks_decoded;
    if (postings->count && postings->block == block)
        return true;
    if (cursor->doc != NO_MORE_DOCS && match_budget_spend(cursor->budget, 1) &&
        postings_enter_block(postings, block) && pay_more(cursor, before))
        return true;
    end(cursor);
    return false;
}

void match_cursor_stand(struct match_cursor *cursor, uint32_t at)
{
    cursor->at = at;
    cursor->doc = cursor->postings.docs[at];
}

/* The list could not be read: says so to the budget, and ends. */
static bool fail(struct match_cursor *cursor, enum status status, enum chunk_id chunk)
{
    match_budget_check(cursor->budget, status != STATUS_OK ? status : STATUS_CORRUPT, chunk);
    cursor->doc = NO_MORE_DOCS;
    return false;
}

bool match_cursor_read_tfs(struct match_cursor *cursor)
{
    struct postings *postings = &cursor->postings;
    if (cursor->doc == NO_MORE_DOCS)
        return false;
    if (!postings->has_tfs && !postings_read_tfs(postings))
        return fail(cursor, postings->status, postings->chunk);
    return true;
}

bool match_cursor_tf(struct match_cursor *cursor, uint32_t *tf)
{
    if (!match_cursor_read_tfs(cursor))
        return false;
    *tf = cursor->postings.tfs[cursor->at];
    return true;
}

bool match_cursor_tf_of(struct match_cursor *cursor, uint32_t doc, uint32_t *tf)
{
    *tf = 0;
    if (match_cursor_seek(cursor, doc) == doc)
        return match_cursor_tf(cursor, tf);
    return cursor->budget->status == STATUS_OK;
}

bool match_cursor_positions(struct match_cursor *cursor, struct bytes *out)
{
    return match_cursor_positions_to(cursor, UINT32_MAX, out);
}

bool match_cursor_positions_to(struct match_cursor *cursor, uint32_t most, struct bytes *out)
{
    uint32_t tf;
    if (!match_cursor_tf(cursor, &tf) ||
        !match_budget_spend(cursor->budget, 1 + tf / POSTINGS_BLOCK))
        return false;
    if (match_places_read(cursor->budget, &cursor->postings, cursor->at, most, out))
        return true;
    cursor->doc = NO_MORE_DOCS;
    return false;
}
