#include "rank/candidates.h"

#include <string.h>

#include "rank/leader.h"
#include "rank/list.h"
#include "store/postings_share.h"

_Static_assert((int)CANDIDATES_MOST == (int)POSTINGS_BLOCK, "as many as the leader's block has");

/* From the count on there are none, as is from `before` on already. Eight at a time, for vectors.
 */
static void end_before(struct candidates *candidates, uint32_t count, uint32_t before)
{
    uint32_t *docs = candidates->docs, i = count;
    candidates->count = count;
    for (; i % 8; i++)
        docs[i] = POSTINGS_NO_DOC;
    for (; i < before; i += 8)
        for (uint32_t j = 0; j < 8; j++)
            docs[i + j] = POSTINGS_NO_DOC;
}

static void end(struct candidates *candidates, uint32_t count)
{
    end_before(candidates, count, CANDIDATES_MOST);
}

void candidates_begin(struct candidates *candidates, struct leader *leader, uint64_t rest,
                      uint64_t least)
{
    uint64_t hopeful = least > rest ? least - rest : 0;
    uint32_t count = 0;
    candidates->leader = leader;
    candidates->owes = false;
    for (uint32_t i = 0; i < leader->count; i++) {
        uint8_t at = leader->at[i];
        uint64_t score = leader_part(leader, at);
        candidates->docs[count] = leader_doc(leader, at);
        candidates->at[count] = at;
        candidates->score[count] = score;
        count += score >= hopeful;
    }
    end(candidates, count);
}

static void begin_all(struct candidates *candidates, const struct leader *leader)
{
    uint32_t count = leader->postings->count;
    for (uint32_t i = 0; i < count; i++) {
        candidates->docs[i] = leader_doc(leader, (uint8_t)i);
        candidates->at[i] = (uint8_t)i;
        candidates->score[i] = HOPELESS;
    }
    end(candidates, count);
}

void candidates_begin_unweighed(struct candidates *candidates, struct leader *leader)
{
    candidates->leader = leader;
    candidates->owes = true;
    candidates->count = leader->postings->count;
    memcpy(candidates->docs, leader->postings->docs, sizeof candidates->docs);
    memset(candidates->score, 0, sizeof candidates->score);
    for (uint32_t i = 0; i < CANDIDATES_MOST; i++)
        candidates->at[i] = (uint8_t)i;
}

void candidates_begin_later(struct candidates *candidates, struct leader *leader, bool all)
{
    candidates->leader = leader;
    candidates->owes = true;
    if (all)
        begin_all(candidates, leader);
    for (uint32_t i = 0; i < leader->count; i++) {
        uint32_t place = all ? leader->at[i] : i;
        candidates->docs[place] = leader_doc(leader, leader->at[i]);
        candidates->at[place] = leader->at[i];
        candidates->score[place] = 0;
    }
    if (!all)
        end(candidates, leader->count);
}

void candidates_settle(struct candidates *candidates)
{
    for (uint32_t i = 0; candidates->owes && i < candidates->count; i++)
        if (candidates->score[i] != HOPELESS)
            candidates->score[i] += leader_part(candidates->leader, candidates->at[i]);
    candidates->owes = false;
}

/* Adds the list's part to the score of each that was found and is not hopeless. */
static bool score(struct candidates *candidates, struct ranked_list *list,
                  const struct postings_shared *found)
{
    struct leader *leader = candidates->leader;
    uint64_t part;
    for (uint32_t i = 0; i < found->count; i++) {
        uint8_t which = found->places[0][i];
        if (candidates->score[which] == HOPELESS)
            continue;
        list->at = found->places[1][i];
        if ((candidates->owes && !leader_weigh_place(leader, candidates->at[which])) ||
            !ranked_list_score(list, leader->ranking, leader_norm(leader, candidates->at[which]),
                               &part))
            return false;
        if (candidates->owes)
            part += leader_part(leader, candidates->at[which]);
        candidates->score[which] += part;
    }
    return true;
}

/* Where the candidates are to be looked up: all blocks of a list are on their way from memory
 * before the first is entered. */
struct walk {
    uint32_t count;              /* of blocks */
    bool ends;                   /* the list has no article behind the last of them */
    uint8_t at[CANDIDATES_MOST]; /* the first candidate that would be in the block */
    uint32_t block[CANDIDATES_MOST];
};

static void walk_plan(struct walk *walk, const struct candidates *candidates,
                      const struct ranked_list *list)
{
    const struct postings *postings = list->postings;
    uint32_t block = postings->block;
    walk->count = 0;
    walk->ends = false;
    for (uint32_t at = 0; at < candidates->count; block++) {
        block = postings_find_block(postings, block, candidates->docs[at]);
        if ((walk->ends = block == postings->block_count))
            return;
        postings_fetch_block(postings, block);
        walk->at[walk->count] = (uint8_t)at;
        walk->block[walk->count++] = block;
        at = postings_find_doc(candidates->docs, postings_block_last(postings, block) + 1);
    }
}

/* Looks candidates up in the walk's i-th block and adds the list's part. False with the budget's
 * status bad. */
static bool walk_on(struct candidates *candidates, const struct walk *walk, uint32_t i,
                    struct ranked_list *list, struct postings_shared *found)
{
    const struct postings_docs few = {candidates->docs, walk->at[i], candidates->count};
    if (!match_cursor_enter_block(list->cursor, walk->block[i]))
        return false;
    postings_share_docs(few, list->postings, found);
    return score(candidates, list, found);
}

/* Moves what was found to the front, behind `count` that are kept; returns how many are now. */
static uint32_t keep_found(struct candidates *candidates, uint32_t count,
                           const struct postings_shared *found, bool all, uint64_t hopeful)
{
    for (uint32_t i = 0; i < found->count; i++) {
        uint8_t which = found->places[0][i];
        uint64_t sum = candidates->score[which];
        bool hopes = sum != HOPELESS && sum >= hopeful;
        candidates->docs[count] = candidates->docs[which];
        candidates->at[count] = candidates->at[which];
        candidates->score[count] = hopes ? sum : HOPELESS;
        count += hopes || all;
    }
    return count;
}

bool candidates_require(struct candidates *candidates, struct ranked_list *list, bool all,
                        uint64_t rest, uint64_t least)
{
    struct postings_shared found;
    uint64_t hopeful = least > rest ? least - rest : 0;
    struct walk walk;
    uint32_t kept = 0;
    bool good = true;
    walk_plan(&walk, candidates, list);
    for (uint32_t i = 0; i < walk.count && good; i++) {
        good = walk_on(candidates, &walk, i, list, &found);
        if (good)
            kept = keep_found(candidates, kept, &found, all, hopeful);
    }
    end_before(candidates, kept, candidates->count);
    candidates->owes = false;
    return good && !walk.ends;
}

static void leave_out(struct candidates *candidates, uint64_t hopeful)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < candidates->count; i++) {
        candidates->docs[count] = candidates->docs[i];
        candidates->at[count] = candidates->at[i];
        candidates->score[count] = candidates->score[i];
        count += candidates->score[i] >= hopeful;
    }
    end_before(candidates, count, candidates->count);
}

void candidates_add(struct candidates *candidates, struct ranked_list *list, uint64_t rest,
                    uint64_t least)
{
    struct postings_shared found;
    struct walk walk;
    walk_plan(&walk, candidates, list);
    for (uint32_t i = 0; i < walk.count && walk_on(candidates, &walk, i, list, &found); i++)
        continue;
    leave_out(candidates, least > rest ? least - rest : 0);
}
