/* A word so frequent that its pairs cannot be held: they are dealt out to shares of second halves
 * in a spool, in the order of the text, and each share is sorted by itself. */
#include <string.h>

#include "base/memory.h"
#include "build/gram_encode.h"

enum { READ_HITS = 4096, STACK_LEAST = 256, STACK_MOST = 4096 };

enum { NO_STRETCH = 0 };

struct heavy_hit {
    uint32_t second, doc, place; /* the last as in a gram_hit */
};

struct stretch { /* hits of a share in the spool */
    uint64_t offset;
    uint32_t count, next; /* of the same share: a number from 1, or NO_STRETCH */
};

struct share { /* second halves that are sorted together */
    uint64_t hits;
    uint32_t first, last; /* stretches */
    uint32_t height;      /* hits that are not in the spool yet */
};

struct heavy {
    struct gram_encoder *encoder;
    uint32_t group, first, key_count;
    uint32_t *counts; /* owned; hits of each second half; then its share */
    struct bytes shares;
    uint32_t share_count;
    struct heavy_hit *stacks; /* owned; of each share, what is not in the spool yet */
    uint32_t stack;           /* room of each */
    uint32_t second;          /* of a share of one gram alone */
    struct bytes stretches;
    enum status status;
};

/* --- Every hit of the group, in the order of the text ------------------------------------------*/

static void take_hits(struct heavy *heavy, uint32_t first_doc, uint64_t *left,
                      const struct gram_hit *hits, size_t count,
                      void (*take)(struct heavy *, const struct heavy_hit *))
{
    const struct gram_runs *runs = heavy->encoder->runs;
    for (size_t i = 0; i < count && heavy->status == STATUS_OK; i++) {
        if (*left) {
            struct heavy_hit hit = {gram_encode_second(runs, &hits[i]),
                                    gram_encode_doc(runs, first_doc, &hits[i]), hits[i].place};
            --*left;
            if (hit.second < heavy->key_count)
                take(heavy, &hit);
            else
                heavy->status = STATUS_IO;
        } else if (hits[i].key == heavy->first) {
            *left = hits[i].place;
        } else {
            heavy->status = STATUS_IO; /* not what was written */
        }
    }
}

static void each_hit(struct heavy *heavy, void (*take)(struct heavy *, const struct heavy_hit *))
{
    const struct gram_runs *runs = heavy->encoder->runs;
    struct gram_hit hits[READ_HITS];
    for (uint32_t range = 0; range < runs->ranges->count; range++) {
        uint32_t first_doc = gram_range(runs->ranges, range)->first_doc;
        uint64_t offset, left = 0, bytes = gram_runs_part(runs, range, heavy->group, &offset);
        while (bytes && heavy->status == STATUS_OK) {
            size_t n = bytes < sizeof hits ? (size_t)bytes : sizeof hits;
            heavy->status = spool_read(runs->spools[range], offset, hits, n);
            if (heavy->status == STATUS_OK)
                take_hits(heavy, first_doc, &left, hits, n / sizeof *hits, take);
            offset += n;
            bytes -= n;
        }
    }
}

/* --- Shares ------------------------------------------------------------------------------------*/

static void count_hit(struct heavy *heavy, const struct heavy_hit *hit)
{
    heavy->counts[hit->second]++;
}

static struct share *share_of(const struct heavy *heavy, uint32_t share)
{
    return (struct share *)(void *)heavy->shares.data + share;
}

/* Neighbours share while their hits can be held together. */
static void cut_shares(struct heavy *heavy)
{
    struct share share = {0};
    for (uint32_t key = 0; key < heavy->key_count; key++) {
        uint32_t count = heavy->counts[key];
        if (share.hits && count && share.hits + count > heavy->encoder->hits_most) {
            bytes_append(&heavy->shares, &share, sizeof share);
            share.hits = 0;
        }
        share.hits += count;
        heavy->counts[key] = (uint32_t)(heavy->shares.size / sizeof share);
    }
    bytes_append(&heavy->shares, &share, sizeof share);
    heavy->share_count = (uint32_t)(heavy->shares.size / sizeof share);
    heavy->status = heavy->shares.status;
}

static struct stretch *stretch_of(const struct heavy *heavy, uint32_t number)
{
    return (struct stretch *)(void *)heavy->stretches.data + (number - 1);
}

static void put_stack(struct heavy *heavy, uint32_t number)
{
    struct spool *spool = heavy->encoder->spool;
    struct share *share = share_of(heavy, number);
    struct stretch stretch = {spool_size(spool), share->height, NO_STRETCH};
    if (share->height == 0 || heavy->status != STATUS_OK)
        return;
    heavy->status = spool_append(spool, heavy->stacks + (size_t)number * heavy->stack,
                                 share->height * sizeof *heavy->stacks);
    bytes_append(&heavy->stretches, &stretch, sizeof stretch);
    if (heavy->stretches.status != STATUS_OK) {
        heavy->status = heavy->stretches.status;
        return;
    }
    uint32_t last = (uint32_t)(heavy->stretches.size / sizeof stretch);
    if (share->last)
        stretch_of(heavy, share->last)->next = last;
    else
        share->first = last;
    share->last = last;
    share->height = 0;
}

static void deal_hit(struct heavy *heavy, const struct heavy_hit *hit)
{
    uint32_t number = heavy->counts[hit->second];
    struct share *share = share_of(heavy, number);
    heavy->stacks[(size_t)number * heavy->stack + share->height] = *hit;
    if (++share->height == heavy->stack)
        put_stack(heavy, number);
}

static enum status open_stacks(struct heavy *heavy)
{
    struct error error = {0};
    struct gram_encoder *encoder = heavy->encoder;
    uint64_t stack = encoder->hits_most / heavy->share_count;
    heavy->stack = (uint32_t)(stack < STACK_LEAST  ? STACK_LEAST
                              : stack > STACK_MOST ? STACK_MOST
                                                   : stack);
    heavy->stacks =
        memory_allocate((size_t)heavy->share_count * heavy->stack * sizeof *heavy->stacks);
    if (!heavy->stacks)
        return STATUS_NO_MEMORY;
    if (encoder->spool)
        spool_truncate(encoder->spool);
    else
        encoder->spool = container_spool(encoder->container, &error);
    return error.status;
}

static enum status deal(struct heavy *heavy)
{
    struct error error = {0};
    heavy->counts = memory_allocate_zeroed(heavy->key_count, sizeof *heavy->counts);
    if (!heavy->counts)
        return STATUS_NO_MEMORY;
    each_hit(heavy, count_hit);
    if (heavy->status == STATUS_OK)
        cut_shares(heavy);
    if (heavy->status == STATUS_OK)
        heavy->status = open_stacks(heavy);
    if (heavy->status == STATUS_OK)
        each_hit(heavy, deal_hit);
    for (uint32_t share = 0; share < heavy->share_count && heavy->status == STATUS_OK; share++)
        put_stack(heavy, share);
    memory_free(heavy->stacks);
    heavy->stacks = NULL;
    return heavy->status == STATUS_OK ? spool_flush(heavy->encoder->spool, &error) : heavy->status;
}

/* --- One share ---------------------------------------------------------------------------------*/

static enum status read_stretch(const struct heavy *heavy, const struct stretch *stretch,
                                struct heavy_hit hits[STACK_MOST])
{
    return spool_read(heavy->encoder->spool, stretch->offset, hits, stretch->count * sizeof *hits);
}

/* Hands all hits of a share on. */
static enum status each_of_share(struct heavy *heavy, const struct share *share,
                                 void (*take)(struct heavy *, const struct heavy_hit *))
{
    struct heavy_hit hits[STACK_MOST];
    enum status status = STATUS_OK;
    for (uint32_t i = share->first; i != NO_STRETCH && status == STATUS_OK;
         i = stretch_of(heavy, i)->next) {
        const struct stretch *stretch = stretch_of(heavy, i);
        status = read_stretch(heavy, stretch, hits);
        for (uint32_t k = 0; k < stretch->count && status == STATUS_OK; k++)
            take(heavy, &hits[k]);
    }
    return status;
}

static void count_again(struct heavy *heavy, const struct heavy_hit *hit)
{
    if (!gram_gather_count(&heavy->encoder->gather, hit->second))
        heavy->status = STATUS_IO;
}

static void gather_hit(struct heavy *heavy, const struct heavy_hit *hit)
{
    gram_gather_add(&heavy->encoder->gather, hit->second, hit->doc, hit->place);
}

static enum status sort_share(struct heavy *heavy, const struct share *share,
                              struct gram_lists *out)
{
    struct gram_encoder *encoder = heavy->encoder;
    enum status status = each_of_share(heavy, share, count_again);
    if (status == STATUS_OK)
        status = heavy->status;
    if (status == STATUS_OK)
        status = gram_gather_lay(&encoder->gather);
    if (status == STATUS_OK)
        status = each_of_share(heavy, share, gather_hit);
    return status == STATUS_OK ? gram_encode_gathered(encoder, heavy->first, out) : status;
}

static void stream_hit(struct heavy *heavy, const struct heavy_hit *hit)
{
    struct bytes *articles = &heavy->encoder->articles;
    struct gram_article *behind = (struct gram_article *)(void *)(articles->data + articles->size);
    heavy->second = hit->second;
    if (articles->size && behind[-1].doc == hit->doc) {
        behind[-1].tf++;
        behind[-1].title_tf += hit->place % 2;
        return;
    }
    struct gram_article article = {hit->place / 2, hit->doc, 1, hit->place % 2};
    bytes_append(articles, &article, sizeof article);
}

/* A share of one gram alone: nothing is to be sorted, and only its articles are held. */
static enum status stream_share(struct heavy *heavy, const struct share *share,
                                struct gram_lists *out)
{
    struct bytes *articles = &heavy->encoder->articles;
    bytes_clear(articles);
    enum status status = each_of_share(heavy, share, stream_hit);
    if (status == STATUS_OK)
        status = articles->status;
    if (status != STATUS_OK)
        return status;
    const uint32_t halves[] = {heavy->first, heavy->second};
    return gram_encode_list(heavy->encoder, halves,
                            (const struct gram_article *)(const void *)articles->data,
                            (uint32_t)(articles->size / sizeof(struct gram_article)), out);
}

enum status gram_encode_heavy(struct gram_encoder *encoder, uint32_t group, struct gram_lists *out)
{
    struct heavy heavy = {
        .encoder = encoder,
        .group = group,
        .first = gram_groups_firsts(encoder->runs->groups)[group],
        .key_count = encoder->below->count + 1,
    };
    enum status status = deal(&heavy);
    for (uint32_t i = 0; i < heavy.share_count && status == STATUS_OK; i++) {
        const struct share *share = share_of(&heavy, i);
        status = share->hits > encoder->hits_most ? stream_share(&heavy, share, out)
                                                  : sort_share(&heavy, share, out);
    }
    memory_free(heavy.counts);
    bytes_release(&heavy.shares);
    bytes_release(&heavy.stretches);
    return status;
}
