#include "build/gram_encode.h"

struct part { /* what one range has of the group: not read yet */
    const struct gram_hit *at, *end;
    uint32_t first_doc; /* of the range */
};

struct stretch { /* of one first half */
    const struct gram_hit *hits;
    uint32_t count, first_doc;
};

void gram_encoder_release(struct gram_encoder *encoder)
{
    bytes_release(&encoder->raw);
    bytes_release(&encoder->parts);
    bytes_release(&encoder->stretches);
    bytes_release(&encoder->articles);
    gram_gather_release(&encoder->gather);
    spool_close(encoder->spool);
    encoder->spool = NULL;
}

void gram_lists_release(struct gram_lists *lists)
{
    bytes_release(&lists->made);
    bytes_release(&lists->lists);
}

/* --- Lists -------------------------------------------------------------------------------------*/

/* Which of a pair's words leads, and whether its list holds ranks. */
static void name_leader(const struct gram_encoder *encoder, struct gram_made *made)
{
    if (!encoder->words)
        return;
    const uint32_t *dfs = gram_words_dfs(encoder->words);
    const uint32_t pair[] = {dfs[made->first], dfs[made->second]};
    uint32_t leader = gram_rule_leader(pair, 2);
    made->gram.ranked =
        gram_rule_ranked(&encoder->words->rule, encoder->words->article_count, 2, pair[leader]);
    made->gram.leader = leader;
}

enum status gram_encode_list(struct gram_encoder *encoder, const uint32_t halves[2],
                             const struct gram_article *articles, uint32_t count,
                             struct gram_lists *out)
{
    struct gram_made *made = (struct gram_made *)(void *)bytes_extend(&out->made, sizeof *made);
    if (!made)
        return out->made.status;
    made->first = halves[0];
    made->second = halves[1];
    enum status status =
        gram_list_write(articles, count, encoder->model, encoder->norms, &out->lists, &made->gram);
    name_leader(encoder, made);
    return status;
}

enum status gram_encode_gathered(struct gram_encoder *encoder, uint32_t first,
                                 struct gram_lists *out)
{
    enum status status = STATUS_OK;
    const struct gram_article *articles;
    uint32_t halves[2] = {first, 0}, count;
    while (status == STATUS_OK &&
           (count = gram_gather_next(&encoder->gather, &halves[1], &articles)) > 0)
        status = gram_encode_list(encoder, halves, articles, count, out);
    return status;
}

/* --- A group -----------------------------------------------------------------------------------*/

/* The group's hits of one range, where they lie or at `at`. */
static enum status read_part(struct gram_encoder *encoder, uint32_t group, uint32_t range,
                             uint8_t **at)
{
    const struct gram_runs *runs = encoder->runs;
    uint64_t offset, bytes = gram_runs_part(runs, range, group, &offset);
    if (bytes == 0)
        return STATUS_OK;
    const uint8_t *hits = spool_held(runs->spools[range], offset, (size_t)bytes);
    enum status status = STATUS_OK;
    if (!hits) {
        status = spool_read(runs->spools[range], offset, *at, (size_t)bytes);
        hits = *at;
        *at += bytes;
    }
    struct part part = {(const struct gram_hit *)(const void *)hits,
                        (const struct gram_hit *)(const void *)(hits + bytes),
                        gram_range(runs->ranges, range)->first_doc};
    bytes_append(&encoder->parts, &part, sizeof part);
    return status == STATUS_OK ? encoder->parts.status : status;
}

static enum status read_parts(struct gram_encoder *encoder, uint32_t group)
{
    uint64_t all = gram_runs_bytes_apart(encoder->runs, group);
    bytes_clear(&encoder->raw);
    bytes_clear(&encoder->parts);
    uint8_t *at = bytes_extend(&encoder->raw, (size_t)all);
    enum status status = encoder->raw.status;
    for (uint32_t range = 0; range < encoder->runs->ranges->count && status == STATUS_OK; range++)
        status = read_part(encoder, group, range, &at);
    return status;
}

/* Notes a stretch and counts its hits. */
static enum status take_stretch(struct gram_encoder *encoder, uint32_t first, struct part *part)
{
    const struct gram_hit *head = part->at++;
    if (head->key != first || head->place > part->end - part->at)
        return STATUS_IO; /* not what was written */
    struct stretch stretch = {part->at, head->place, part->first_doc};
    bool good = true;
    for (uint32_t i = 0; i < stretch.count; i++)
        good &= gram_gather_count(&encoder->gather,
                                  gram_encode_second(encoder->runs, &stretch.hits[i]));
    part->at += stretch.count;
    bytes_append(&encoder->stretches, &stretch, sizeof stretch);
    return good ? encoder->stretches.status : STATUS_IO;
}

/* All stretches of a first half, range by range. */
static enum status take_stretches(struct gram_encoder *encoder, uint32_t first)
{
    struct part *parts = (struct part *)(void *)encoder->parts.data;
    size_t count = encoder->parts.size / sizeof *parts;
    enum status status = STATUS_OK;
    bytes_clear(&encoder->stretches);
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(parts[i + 2 < count ? i + 2 : i].at);
        while (parts[i].at < parts[i].end && parts[i].at->key <= first && status == STATUS_OK)
            status = take_stretch(encoder, first, &parts[i]);
    }
    return status;
}

static void add_stretch(struct gram_encoder *encoder, const struct stretch *stretch)
{
    const struct gram_runs *runs = encoder->runs;
    for (uint32_t i = 0; i < stretch->count; i++) {
        const struct gram_hit *hit = &stretch->hits[i];
        gram_gather_add(&encoder->gather, gram_encode_second(runs, hit),
                        gram_encode_doc(runs, stretch->first_doc, hit), hit->place);
    }
}

static enum status encode_first(struct gram_encoder *encoder, uint32_t first,
                                struct gram_lists *out)
{
    enum status status = take_stretches(encoder, first);
    size_t count = encoder->stretches.size / sizeof(struct stretch);
    if (status != STATUS_OK || count == 0)
        return status;
    const struct stretch *stretches = (const struct stretch *)(const void *)encoder->stretches.data;
    status = gram_gather_lay(&encoder->gather);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        add_stretch(encoder, &stretches[i]);
    return status == STATUS_OK ? gram_encode_gathered(encoder, first, out) : status;
}

enum status gram_encode_group(struct gram_encoder *encoder, uint32_t group, struct gram_lists *out)
{
    const uint32_t *firsts = gram_groups_firsts(encoder->runs->groups);
    uint64_t hits = gram_runs_bytes(encoder->runs, group) / sizeof(struct gram_hit);
    enum status status = gram_gather_open(&encoder->gather, encoder->below->count + 1);
    if (status != STATUS_OK)
        return status;
    if (hits > encoder->hits_most && firsts[group] + 1 == firsts[group + 1])
        return gram_encode_heavy(encoder, group, out);
    status = read_parts(encoder, group);
    for (uint32_t first = firsts[group]; first < firsts[group + 1] && status == STATUS_OK; first++)
        status = encode_first(encoder, first, out);
    return status;
}
