#include "match/predicate.h"

#include "base/arena.h"

struct match_by_predicate {
    struct matcher matcher;
    struct match_budget *budget;
    struct match_predicate predicate;
    uint32_t article_count;
    uint32_t looked_at; /* since a block was spent */
};

static bool look_at(struct match_by_predicate *by, uint32_t doc)
{
    bool holds = false;
    if (by->looked_at++ % BUDGET_ARTICLES == 0 && !match_budget_spend(by->budget, 1))
        return false;
    enum status status = by->predicate.holds(by->predicate.context, doc, &holds);
    return match_budget_check(by->budget, status, by->predicate.chunk) && holds;
}

static uint32_t predicate_seek(struct matcher *matcher, uint32_t target)
{
    struct match_by_predicate *by = (struct match_by_predicate *)matcher;
    for (uint32_t doc = target; doc < by->article_count; doc++) {
        if (look_at(by, doc))
            return doc;
        if (by->budget->status != STATUS_OK)
            break;
    }
    return NO_MORE_DOCS;
}

static bool predicate_test(struct matcher *matcher, uint32_t target)
{
    struct match_by_predicate *by = (struct match_by_predicate *)matcher;
    if (target >= by->article_count || !look_at(by, target))
        return false;
    matcher->doc = target;
    return true;
}

static const struct matcher_kind predicate_kind = {.seek = predicate_seek, .test = predicate_test};

struct matcher *match_predicate(const struct match_source *source, struct match_predicate predicate,
                                uint32_t article_count)
{
    struct match_by_predicate *by = arena_allocate(source->arena, 1, sizeof *by);
    if (!by)
        return NULL;
    matcher_init(&by->matcher, &predicate_kind, article_count);
    by->budget = source->budget;
    by->predicate = predicate;
    by->article_count = article_count;
    return &by->matcher;
}

static enum status always(void *context, uint32_t doc, bool *holds)
{
    (void)context;
    (void)doc;
    *holds = true;
    return STATUS_OK;
}

struct matcher *match_all(const struct match_source *source, uint32_t article_count)
{
    return match_predicate(source, (struct match_predicate){.holds = always}, article_count);
}
