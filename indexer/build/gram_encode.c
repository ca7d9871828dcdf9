#include "build/gram_encode.h"

struct part { /* what one range has of the group: not read yet */
    const struct gram_hit *at, *end;
};

void gram_encoder_release(struct gram_encoder *encoder)
{
    bytes_release(&encoder->raw);
    bytes_release(&encoder->parts);
    bytes_release(&encoder->hits);
    bytes_release(&encoder->spare);
    bytes_release(&encoder->articles);
    spool_close(encoder->spool);
    encoder->spool = NULL;
}

void gram_lists_release(struct gram_lists *lists)
{
    bytes_release(&lists->made);
    bytes_release(&lists->lists);
}

/* --- Lists -------------------------------------------------------------------------------------*/

/* Adds hits of one gram to its articles, for which there is room. */
static void add_hits(struct bytes *articles, const struct gram_hit *hits, size_t count)
{
    struct gram_article *next = (struct gram_article *)(void *)(articles->data + articles->size);
    uint32_t doc = articles->size ? next[-1].doc : UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        uint32_t title = hits[i].place % 2;
        if (hits[i].doc == doc) {
            next[-1].tf++;
            next[-1].title_tf += title;
            continue;
        }
        doc = hits[i].doc;
        *next++ = (struct gram_article){hits[i].place / 2, doc, 1, title};
    }
    articles->size = (size_t)((uint8_t *)next - articles->data);
}

void gram_encode_add(struct gram_encoder *encoder, const struct gram_hit *hits, size_t count)
{
    if (bytes_reserve(&encoder->articles, count * sizeof(struct gram_article)))
        add_hits(&encoder->articles, hits, count);
}

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

enum status gram_encode_end(struct gram_encoder *encoder, uint32_t first, uint32_t second,
                            struct gram_lists *out)
{
    struct bytes *articles = &encoder->articles;
    struct gram_made made = {.first = first, .second = second};
    uint32_t count = (uint32_t)(articles->size / sizeof(struct gram_article));
    enum status status = articles->status;
    if (status == STATUS_OK)
        status = gram_list_write((const struct gram_article *)(const void *)articles->data, count,
                                 encoder->model, encoder->norms, &out->lists, &made.gram);
    bytes_clear(articles);
    name_leader(encoder, &made);
    bytes_append(&out->made, &made, sizeof made);
    return status == STATUS_OK ? out->made.status : status;
}

enum status gram_encode_sorted(struct gram_encoder *encoder, uint32_t first,
                               const struct gram_hit *hits, size_t count, struct gram_lists *out)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK;) {
        size_t behind = i + 1;
        while (behind < count && hits[behind].key == hits[i].key)
            behind++;
        gram_encode_add(encoder, hits + i, behind - i);
        status = gram_encode_end(encoder, first, hits[i].key, out);
        i = behind;
    }
    return status;
}

/* --- A group -----------------------------------------------------------------------------------*/

static enum status read_parts(struct gram_encoder *encoder, uint32_t group)
{
    const struct gram_runs *runs = encoder->runs;
    uint64_t all = gram_runs_bytes(runs, group), offset;
    bytes_clear(&encoder->raw);
    bytes_clear(&encoder->parts);
    uint8_t *at = bytes_extend(&encoder->raw, (size_t)all);
    enum status status = encoder->raw.status;
    for (uint32_t range = 0; range < runs->range_count && status == STATUS_OK; range++) {
        uint64_t bytes = gram_runs_part(runs, range, group, &offset);
        struct part part = {(const struct gram_hit *)(const void *)at,
                            (const struct gram_hit *)(const void *)(at + bytes)};
        if (bytes == 0)
            continue;
        status = spool_read(runs->spools[range], offset, at, (size_t)bytes);
        bytes_append(&encoder->parts, &part, sizeof part);
        at += bytes;
    }
    return status == STATUS_OK ? encoder->parts.status : status;
}

/* All hits of a first half, range by range. */
static enum status gather(struct gram_encoder *encoder, uint32_t first)
{
    struct part *parts = (struct part *)(void *)encoder->parts.data;
    size_t count = encoder->parts.size / sizeof *parts;
    bytes_clear(&encoder->hits);
    bytes_reserve(&encoder->hits, encoder->raw.size);
    for (size_t i = 0; i < count; i++)
        while (parts[i].at < parts[i].end && parts[i].at->key <= first) {
            const struct gram_hit *head = parts[i].at++;
            if (head->key != first || head->place > parts[i].end - parts[i].at)
                return STATUS_IO; /* not what was written */
            bytes_append(&encoder->hits, parts[i].at, head->place * sizeof *head);
            parts[i].at += head->place;
        }
    return encoder->hits.status;
}

static enum status encode_first(struct gram_encoder *encoder, uint32_t first,
                                struct gram_lists *out)
{
    enum status status = gather(encoder, first);
    size_t count = encoder->hits.size / sizeof(struct gram_hit);
    if (status != STATUS_OK || count == 0)
        return status;
    bytes_clear(&encoder->spare);
    if (!bytes_extend(&encoder->spare, encoder->hits.size))
        return encoder->spare.status;
    const struct gram_hit *hits = gram_sort((struct gram_hit *)(void *)encoder->hits.data,
                                            (struct gram_hit *)(void *)encoder->spare.data, count,
                                            gram_bits(encoder->below->count));
    return gram_encode_sorted(encoder, first, hits, count, out);
}

enum status gram_encode_group(struct gram_encoder *encoder, uint32_t group, struct gram_lists *out)
{
    const uint32_t *firsts = gram_groups_firsts(encoder->runs->groups);
    uint64_t hits = gram_runs_bytes(encoder->runs, group) / sizeof(struct gram_hit);
    if (hits > encoder->hits_most && firsts[group] + 1 == firsts[group + 1])
        return gram_encode_heavy(encoder, group, out);
    enum status status = read_parts(encoder, group);
    for (uint32_t first = firsts[group]; first < firsts[group + 1] && status == STATUS_OK; first++)
        status = encode_first(encoder, first, out);
    return status;
}
