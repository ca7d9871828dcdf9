#include "build/gram_runs.h"

#include "base/memory.h"

enum status gram_groups_cut(struct gram_groups *groups, const struct gram_level *level,
                            uint64_t hits)
{
    uint64_t held = 0;
    *groups = (struct gram_groups){0};
    for (uint32_t number = 1; number <= level->count + 1; number++) {
        uint64_t cf = number <= level->count ? gram_level_cf(level, number) : 0;
        if (number == 1 || number > level->count || held + cf > hits) {
            bytes_append(&groups->firsts, &number, sizeof number);
            groups->count += number <= level->count;
            held = 0;
        }
        held += cf;
    }
    return groups->firsts.status;
}

void gram_groups_release(struct gram_groups *groups)
{
    bytes_release(&groups->firsts);
}

enum status gram_runs_open(struct gram_runs *runs, const struct gram_groups *groups,
                           const struct gram_ranges *ranges, unsigned doc_bits)
{
    *runs = (struct gram_runs){.groups = groups, .ranges = ranges, .doc_bits = doc_bits};
    runs->spools = memory_allocate_zeroed(ranges->count, sizeof(void *));
    runs->offsets =
        memory_allocate_zeroed((size_t)ranges->count * (groups->count + 1), sizeof *runs->offsets);
    return runs->spools && runs->offsets ? STATUS_OK : STATUS_NO_MEMORY;
}

void gram_runs_release(struct gram_runs *runs)
{
    memory_free(runs->spools);
    memory_free(runs->offsets);
    *runs = (struct gram_runs){0};
}

static uint64_t *offsets_of(const struct gram_runs *runs, uint32_t range)
{
    return runs->offsets + (size_t)range * (runs->groups->count + 1);
}

uint64_t gram_runs_part(const struct gram_runs *runs, uint32_t range, uint32_t group,
                        uint64_t *offset)
{
    const uint64_t *offsets = offsets_of(runs, range);
    *offset = offsets[group];
    return offsets[group + 1] - offsets[group];
}

uint64_t gram_runs_bytes(const struct gram_runs *runs, uint32_t group)
{
    uint64_t bytes = 0, offset;
    for (uint32_t range = 0; range < runs->ranges->count; range++)
        bytes += gram_runs_part(runs, range, group, &offset);
    return bytes;
}

uint64_t gram_runs_bytes_apart(const struct gram_runs *runs, uint32_t group)
{
    uint64_t bytes = 0, offset;
    for (uint32_t range = 0; range < runs->ranges->count; range++) {
        uint64_t part = gram_runs_part(runs, range, group, &offset);
        if (part && !spool_held(runs->spools[range], offset, (size_t)part))
            bytes += part;
    }
    return bytes;
}

void gram_run_begin(struct gram_run *run, struct gram_runs *runs, uint32_t range,
                    struct spool *spool)
{
    *run = (struct gram_run){runs, spool, range, 0};
    offsets_of(runs, range)[0] = spool_size(spool);
}

static void end_group(struct gram_run *run)
{
    offsets_of(run->runs, run->range)[++run->group] = spool_size(run->spool);
}

enum status gram_run_put(struct gram_run *run, uint32_t first, const struct gram_hit *hits,
                         uint32_t count)
{
    const struct gram_hit head = {first, count};
    while (first >= gram_groups_firsts(run->runs->groups)[run->group + 1])
        end_group(run);
    enum status status = spool_append(run->spool, &head, sizeof head);
    return status == STATUS_OK ? spool_append(run->spool, hits, count * sizeof *hits) : status;
}

void gram_run_end(struct gram_run *run)
{
    while (run->group < run->runs->groups->count)
        end_group(run);
    run->runs->spools[run->range] = run->spool;
}
