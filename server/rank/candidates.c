#include "rank/candidates.h"

#include "rank/leader.h"
#include "rank/list.h"
#include "store/postings_share.h"

_Static_assert((int)CANDIDATES_MOST == (int)POSTINGS_BLOCK, "as many as the leader's block has");

/* From the count on there are none. Eight at a time, for vectors. */
static void end(struct candidates *candidates, uint32_t count)
{
    uint32_t *docs = candidates->docs, i = count;
    candidates->count = count;
    for (; i % 8; i++)
        docs[i] = POSTINGS_NO_DOC;
    for (; i < CANDIDATES_MOST; i += 8)
        for (uint32_t j = 0; j < 8; j++)
            docs[i + j] = POSTINGS_NO_DOC;
}

void candidates_begin(struct candidates *candidates, const struct leader *leader, uint64_t rest,
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

void candidates_begin_later(struct candidates *candidates, const struct leader *leader, bool all)
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
    const struct leader *leader = candidates->leader;
    uint64_t part;
    for (uint32_t i = 0; i < found->count; i++) {
        uint8_t which = found->places[0][i];
        if (candidates->score[which] == HOPELESS)
            continue;
        list->at = found->places[1][i];
        if (!ranked_list_score(list, leader->ranking, leader_norm(leader, candidates->at[which]),
                               &part))
            return false;
        if (candidates->owes)
            part += leader_part(leader, candidates->at[which]);
        candidates->score[which] += part;
    }
    return true;
}

/* Where the candidates are looked up: those from `at` on in a block that the first of them would be
 * in, which is on its way from memory while those before are looked up. */
struct walk {
    uint32_t at;
    uint32_t block; /* the list's block_count where it has none */
};

static struct walk walk_to(const struct candidates *candidates, const struct ranked_list *list,
                           uint32_t at, uint32_t from)
{
    const struct postings *postings = list->postings;
    if (at == candidates->count)
        return (struct walk){at, from};
    uint32_t block = postings_find_block(postings, from, candidates->docs[at]);
    if (block < postings->block_count)
        postings_fetch_block(postings, block);
    return (struct walk){at, block};
}

static struct walk walk_begin(const struct candidates *candidates, const struct ranked_list *list)
{
    return walk_to(candidates, list, 0, list->postings->block);
}

/* Looks them up in the walk's block and adds the list's part; goes on to those behind it. False at
 * the list's end or with the budget's status bad. */
static bool walk_on(struct candidates *candidates, struct walk *walk, struct ranked_list *list,
                    struct postings_shared *found)
{
    const struct postings *postings = list->postings;
    const struct postings_docs few = {candidates->docs, walk->at, candidates->count};
    if (walk->block == postings->block_count)
        return false;
    uint32_t behind =
        postings_find_doc(candidates->docs, postings_block_last(postings, walk->block) + 1);
    struct walk next = walk_to(candidates, list, behind, walk->block + 1);
    if (!match_cursor_enter_block(list->cursor, walk->block))
        return false;
    postings_share_docs(few, postings, found);
    *walk = next;
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
    struct walk walk = walk_begin(candidates, list);
    uint32_t kept = 0;
    bool good = true;
    while (walk.at < candidates->count && good) {
        good = walk_on(candidates, &walk, list, &found);
        if (good)
            kept = keep_found(candidates, kept, &found, all, hopeful);
    }
    end(candidates, kept);
    candidates->owes = false;
    return good;
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
    end(candidates, count);
}

void candidates_add(struct candidates *candidates, struct ranked_list *list, uint64_t rest,
                    uint64_t least)
{
    struct postings_shared found;
    struct walk walk = walk_begin(candidates, list);
    while (walk.at < candidates->count && walk_on(candidates, &walk, list, &found))
        continue;
    leave_out(candidates, least > rest ? least - rest : 0);
}
