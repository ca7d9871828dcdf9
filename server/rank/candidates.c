#include "rank/candidates.h"

#include "rank/leader.h"
#include "rank/list.h"

_Static_assert((int)CANDIDATES_MOST == (int)POSTINGS_BLOCK, "as many as the leader's block has");

void candidates_begin(struct candidates *candidates, struct leader *leader, bool all, uint64_t rest,
                      uint64_t least)
{
    uint32_t count = 0;
    candidates->leader = leader;
    for (uint32_t i = 0; i < leader->count; i++) {
        uint64_t score = leader_part(leader, leader->at[i]);
        bool hopeful = score + rest >= least;
        candidates->at[count] = leader->at[i];
        candidates->score[count] = hopeful ? score : HOPELESS;
        count += hopeful || all;
    }
    candidates->count = count;
}

struct found { /* some candidates in a block of another list */
    uint32_t count;
    uint8_t which[POSTINGS_BLOCK]; /* of the candidates */
    uint8_t place[POSTINGS_BLOCK]; /* in the block */
};

/* Looks those from `from` on up that the block may hold; returns the first that is behind it. Every
 * step writes what may be found, so that no branch is to be guessed. */
static uint32_t look_up(const struct candidates *candidates, uint32_t from,
                        const struct postings *postings, struct found *found)
{
    uint32_t last = postings->docs[postings->count - 1], count = 0, i = from;
    for (; i < candidates->count; i++) {
        uint32_t doc = leader_doc(candidates->leader, candidates->at[i]);
        if (doc > last)
            break;
        uint32_t place = postings_find_in_block(postings, doc);
        found->which[count] = (uint8_t)i;
        found->place[count] = (uint8_t)place;
        count += postings->docs[place] == doc;
    }
    found->count = count;
    return i;
}

/* Adds the list's part to the score of each that was found and is not hopeless. */
static bool score(struct candidates *candidates, struct ranked_list *list,
                  const struct found *found)
{
    const struct leader *leader = candidates->leader;
    uint64_t part;
    for (uint32_t i = 0; i < found->count; i++) {
        uint8_t which = found->which[i];
        if (candidates->score[which] == HOPELESS)
            continue;
        list->at = found->place[i];
        if (!ranked_list_score(list, leader->ranking, leader_norm(leader, candidates->at[which]),
                               &part))
            return false;
        candidates->score[which] += part;
    }
    return true;
}

static bool enter(struct ranked_list *list, uint32_t doc)
{
    const struct postings *postings = list->postings;
    if (postings->count && doc <= postings->docs[postings->count - 1])
        return true;
    return match_cursor_enter(list->cursor, doc);
}

/* Moves what was found to the front, behind `count` that are kept; returns how many are now. */
static uint32_t keep_found(struct candidates *candidates, uint32_t count, const struct found *found,
                           bool all, uint64_t rest, uint64_t least)
{
    for (uint32_t i = 0; i < found->count; i++) {
        uint8_t which = found->which[i];
        uint64_t sum = candidates->score[which];
        bool hopeful = sum != HOPELESS && sum + rest >= least;
        candidates->at[count] = candidates->at[which];
        candidates->score[count] = hopeful ? sum : HOPELESS;
        count += hopeful || all;
    }
    return count;
}

bool candidates_require(struct candidates *candidates, struct ranked_list *list, bool all,
                        uint64_t rest, uint64_t least)
{
    struct found found;
    uint32_t kept = 0;
    bool good = true;
    for (uint32_t i = 0; i < candidates->count && good;) {
        good = enter(list, leader_doc(candidates->leader, candidates->at[i]));
        if (!good)
            break;
        i = look_up(candidates, i, list->postings, &found);
        good = score(candidates, list, &found);
        kept = keep_found(candidates, kept, &found, all, rest, least);
    }
    candidates->count = kept;
    return good;
}

static void leave_out(struct candidates *candidates, uint64_t rest, uint64_t least)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < candidates->count; i++) {
        candidates->at[count] = candidates->at[i];
        candidates->score[count] = candidates->score[i];
        count += candidates->score[i] + rest >= least;
    }
    candidates->count = count;
}

void candidates_add(struct candidates *candidates, struct ranked_list *list, uint64_t rest,
                    uint64_t least)
{
    struct found found;
    for (uint32_t i = 0; i < candidates->count;) {
        if (!enter(list, leader_doc(candidates->leader, candidates->at[i])))
            break;
        i = look_up(candidates, i, list->postings, &found);
        if (!score(candidates, list, &found))
            break;
    }
    leave_out(candidates, rest, least);
}
