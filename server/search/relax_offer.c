#include "base/bytes.h"
#include "search/found_docs.h"
#include "search/relax_tree.h"
#include "search/relax_work.h"

/* "a AND b" as people write it. */
static struct slice without_and(const struct relaxing *relaxing, struct slice text)
{
    struct bytes plain = {0};
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++) {
        quoted ^= text.data[i] == '"';
        if (!quoted && slice_starts_with(slice_from(text, i), SLICE(" AND ")))
            i += 4;
        bytes_put_u8(&plain, (uint8_t)text.data[i]);
    }
    struct slice copy = arena_copy(relaxing->scratch, bytes_slice(&plain));
    bytes_release(&plain);
    return copy;
}

static bool is_offered(const struct relaxing *relaxing, struct slice query)
{
    const struct why *why = relaxing->work->why;
    for (size_t i = 0; i < why->relaxation_count; i++)
        if (slice_equal(why->relaxations[i].query, query) &&
            why->relaxations[i].without == relaxing->without)
            return true;
    return false;
}

bool relax_is_full(const struct relaxing *relaxing)
{
    return relaxing->work->why->relaxation_count == WHY_RELAXATIONS_MOST || relaxing->work->ended;
}

static bool add(struct relaxing *relaxing, struct slice query, uint64_t total)
{
    struct why *why = relaxing->work->why;
    query = arena_copy(relaxing->work->arena, query);
    if (!query.data)
        return false;
    why->relaxations[why->relaxation_count++] =
        (struct relaxation){query, total, relaxing->without};
    return true;
}

/* --- Counts ------------------------------------------------------------------------------------*/

static const struct relax_known *find_ahead(const struct relaxing *relaxing, struct slice query)
{
    for (size_t i = 0; i < relaxing->ahead_count; i++)
        if (slice_equal(relaxing->ahead[i].query, query) &&
            relaxing->ahead[i].without == relaxing->work->without)
            return &relaxing->ahead[i];
    return NULL;
}

static uint64_t count(struct relaxing *relaxing, struct slice query,
                      const struct found_docs *within, struct why_count *count)
{
    const struct relax_known *ahead = find_ahead(relaxing, query);
    struct why_scope scope = {.within = within};
    if (ahead)
        *count = ahead->count;
    bool known = ahead ? ahead->known : why_try_count(relaxing->work, query, &scope, count);
    return why_take_count(relaxing->work, known, count);
}

/* What is written otherwise than it is read is something else. */
bool relax_count_ahead(struct relaxing *relaxing, struct query_node *with,
                       const struct found_docs *within, struct found_docs *found, uint64_t *total)
{
    struct why_work *work = relaxing->work;
    struct why_scope scope = {within, found};
    struct relax_known *ahead = &relaxing->ahead[relaxing->ahead_count];
    if (!with || relax_is_full(relaxing) || relaxing->ahead_count == RELAX_AHEAD_MOST ||
        !found_docs_init(found, relaxing->scratch))
        return false;
    work->without = relaxing->without & ~WITHOUT_MODE;
    struct slice written = why_write(work, with);
    *ahead =
        (struct relax_known){.query = without_and(relaxing, written), .without = work->without};
    ahead->known = why_try_count(work, ahead->query, &scope, &ahead->count);
    if (!slice_equal(ahead->count.parsed, written))
        return false;
    relaxing->ahead_count++;
    *total = ahead->count.total;
    return ahead->known && found->whole;
}

/* --- Trees -------------------------------------------------------------------------------------*/

bool relax_offer(struct relaxing *relaxing, const struct query_node *tree)
{
    struct why_count found;
    if (!tree || relax_is_full(relaxing))
        return false;
    relaxing->work->without = relaxing->without & ~WITHOUT_MODE;
    struct slice written = why_write(relaxing->work, tree);
    struct slice plain = without_and(relaxing, written);
    if (is_offered(relaxing, plain) || is_offered(relaxing, written))
        return false;
    uint64_t total = count(relaxing, plain, relaxing->within, &found);
    if (!slice_equal(found.parsed, written)) {
        plain = written;
        total = count(relaxing, plain, NULL, &found);
    }
    relaxing->found = total;
    return total > relaxing->beyond && !found.mended && add(relaxing, plain, total);
}

bool relax_offer_instead(struct relaxing *relaxing, struct query_node *with)
{
    const struct why_work *work = relaxing->work;
    struct relax_change change = {work->at, with, work->failing, work->failing_count};
    return with && relax_offer(relaxing, relax_rebuild(relaxing->scratch, relaxing->root, &change));
}

bool relax_offer_wider(struct relaxing *relaxing, struct query_node *with)
{
    const struct why *why = relaxing->work->why;
    bool offered = relax_offer_instead(relaxing, with);
    if (offered)
        relaxing->beyond = why->relaxations[why->relaxation_count - 1].total;
    return offered;
}

void relax_offer_dropped(struct relaxing *relaxing, const struct query_node *at)
{
    const struct why_work *work = relaxing->work;
    struct relax_change change = {at, NULL, work->failing, work->failing_count};
    relax_offer(relaxing, relax_rebuild(relaxing->scratch, relaxing->root, &change));
}
