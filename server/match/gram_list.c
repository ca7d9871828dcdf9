#include "match/gram_list.h"

static enum status open_leader(const struct match_source *source, const struct gram *gram,
                               const struct term *const *words, struct postings **leader)
{
    *leader = NULL;
    if (!gram->ranked)
        return STATUS_OK;
    *leader = arena_take(source->arena, sizeof **leader);
    if (!*leader)
        return STATUS_NO_MEMORY;
    return postings_open(*leader, source->snapshot, words[gram->leader], false);
}

void match_gram_list_open(struct match_cursor *cursor, const struct match_source *source,
                          const struct gram *gram, const struct term *const *words, bool titles)
{
    struct postings *leader;
    match_cursor_init(cursor);
    cursor->budget = source->budget;
    enum status status = open_leader(source, gram, words, &leader);
    if (!match_budget_check(source->budget, status, CHUNK_POSTINGS))
        return;
    status = postings_open_gram(&cursor->postings, source->snapshot, gram, titles, leader);
    if (match_budget_check(source->budget, status, CHUNK_GRAMS))
        cursor->doc = BEFORE_FIRST_DOC;
}
