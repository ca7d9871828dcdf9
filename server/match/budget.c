#include "match/budget.h"

#include "base/clock.h"

void match_budget_init(struct match_budget *budget, uint64_t budget_us, uint64_t blocks_most)
{
    *budget = (struct match_budget){.blocks_most = blocks_most};
    if (budget_us) {
        uint64_t now = clock_microseconds();
        budget->deadline_us = now + budget_us;
        budget->early_us = now + budget_us / 4 * 3;
    }
}

/* What is over the most is looked at as well. */
static void end_if_late(struct match_budget *budget)
{
    budget->clock_at = budget->blocks + BUDGET_CLOCK_BLOCKS;
    if (budget->blocks_most && budget->clock_at > budget->blocks_most)
        budget->clock_at = budget->blocks_most + 1;
    if (budget->deadline_us && clock_microseconds() >= budget->deadline_us) {
        budget->status = STATUS_DEADLINE;
        budget->by_time = true;
    }
}

bool match_budget_spend_looking(struct match_budget *budget, uint64_t blocks)
{
    if (budget->status != STATUS_OK)
        return false;
    if (budget->blocks_most && blocks > budget->blocks_most - budget->blocks) {
        budget->status = STATUS_DEADLINE;
        return false;
    }
    budget->blocks += blocks;
    if (budget->blocks >= budget->clock_at)
        end_if_late(budget);
    return budget->status == STATUS_OK;
}

bool match_budget_spend_early(struct match_budget *budget, uint64_t blocks)
{
    bool looks = budget->blocks + blocks >= budget->clock_at;
    if (budget->cut || !match_budget_spend(budget, blocks))
        return false;
    budget->cut = budget->blocks_most && budget->blocks > budget->blocks_most / 4 * 3;
    if (!budget->cut && looks && budget->early_us && clock_microseconds() >= budget->early_us)
        budget->cut = budget->by_time = true;
    return !budget->cut;
}

bool match_budget_affords(struct match_budget *budget, uint64_t bytes)
{
    if (budget->status == STATUS_OK && budget->deadline_us &&
        clock_microseconds() + bytes / BUDGET_BYTES_US >= budget->deadline_us) {
        budget->status = STATUS_DEADLINE;
        budget->by_time = true;
    }
    return budget->status == STATUS_OK;
}

void match_budget_enter(struct match_budget *budget, size_t file)
{
    if (budget->status == STATUS_OK)
        budget->file = (uint32_t)file;
}

bool match_budget_check(struct match_budget *budget, enum status status, enum chunk_id chunk)
{
    if (budget->status == STATUS_OK && status != STATUS_OK) {
        budget->status = status;
        budget->chunk = chunk;
    }
    return budget->status == STATUS_OK;
}
