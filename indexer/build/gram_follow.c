#include "build/gram_follow.h"

enum { HITS_HELD = 1 << 21 }; /* of one first word, in a thread */

struct follow_hit {
    uint32_t second, doc;
    uint32_t place; /* as in a gram_hit */
};

static const struct follow_hit *hits_of(const struct gram_follow *follow, size_t *count)
{
    *count = follow->hits.size / sizeof(struct follow_hit);
    return (const struct follow_hit *)(const void *)follow->hits.data;
}

struct follow_spot { /* an occurrence behind which a partner stands */
    uint32_t next;   /* what is in the slot behind */
    uint32_t owner;  /* its article's place in the block */
    uint32_t slot;
};

union candidate { /* one becomes the other where it lies */
    struct follow_spot spot;
    struct follow_hit hit;
};

/* --- From places to hits -----------------------------------------------------------------------*/

/* Those of the block's occurrences that are hits. Without a branch, as nobody could guess it. */
static size_t choose(const struct gram_follow *follow, union candidate *chosen)
{
    const struct gram_walk *walk = &follow->walk;
    const uint32_t *dfs = gram_words_dfs(follow->text->words), *behind = follow->text->slots + 1;
    const uint8_t *owners = walk->owners.data;
    unsigned rank_bits = follow->text->rank_bits;
    uint32_t partner = follow->partner, low = follow->low, span = follow->span;
    size_t n = 0;
    for (size_t i = 0, count = gram_walk_count(walk); i < count; i++) {
        uint32_t slot = walk->slots[i], next = behind[slot], second = next >> rank_bits;
        chosen[n].spot = (struct follow_spot){next, owners[i], slot};
        n += (dfs[second] >= partner) & (second - low < span);
    }
    return n;
}

static struct follow_hit hit_of(const struct gram_follow *follow, struct follow_spot spot)
{
    const struct gram_walk *walk = &follow->walk;
    const struct gram_text *text = follow->text;
    uint32_t doc = walk->postings.docs[spot.owner], second = spot.next >> text->rank_bits;
    uint32_t mask = ((uint32_t)1 << text->rank_bits) - 1;
    uint32_t df = gram_words_dfs(text->words)[second];
    uint32_t right = gram_text_bases(text, doc)[second] + (spot.next & mask);
    uint32_t place = df < follow->df ? right : walk->nth + spot.owner;
    place = (df < follow->df ? df : follow->df) >= text->words->ranked_below ? doc : place;
    bool in_title = spot.slot < text->starts[doc] + text->articles->title_words[doc];
    return (struct follow_hit){second, doc, 2 * place + in_title};
}

/* Appends the hits of the block at hand. */
static enum status follow_block(struct gram_follow *follow)
{
    size_t most = gram_walk_count(&follow->walk);
    union candidate *all =
        (union candidate *)(void *)bytes_extend(&follow->hits, most * sizeof *all);
    if (!all)
        return follow->hits.status;
    size_t count = choose(follow, all);
    for (size_t i = 0; i < count; i++)
        all[i].hit = hit_of(follow, all[i].spot);
    follow->hits.size = (size_t)((uint8_t *)(all + count) - follow->hits.data);
    return STATUS_OK;
}

/* All hits at once, or block by block with `drain`. */
static enum status follow_word(struct gram_follow *follow, void (*drain)(struct gram_follow *))
{
    enum status status = STATUS_OK;
    bytes_clear(&follow->hits);
    gram_walk_begin(&follow->walk, follow->text, follow->first);
    while (status == STATUS_OK && gram_walk_next(&follow->walk, true)) {
        status = follow_block(follow);
        if (status == STATUS_OK && drain) {
            drain(follow);
            bytes_clear(&follow->hits);
        }
    }
    gram_walk_end(&follow->walk);
    return status == STATUS_OK ? follow->walk.status : status;
}

/* --- From hits to lists ------------------------------------------------------------------------*/

static enum status encode_held(struct gram_follow *follow, struct gram_lists *out)
{
    struct gram_gather *gather = &follow->encoder->gather;
    size_t count;
    const struct follow_hit *hits = hits_of(follow, &count);
    for (size_t i = 0; i < count; i++)
        gram_gather_count(gather, hits[i].second);
    enum status status = gram_gather_lay(gather);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        gram_gather_add(gather, hits[i].second, hits[i].doc, hits[i].place);
    return status == STATUS_OK ? gram_encode_gathered(follow->encoder, follow->first, out) : status;
}

/* --- Words of too many hits --------------------------------------------------------------------*/

static void drain_to_totals(struct gram_follow *follow)
{
    uint64_t *totals = (uint64_t *)(void *)follow->totals.data;
    size_t count;
    const struct follow_hit *hits = hits_of(follow, &count);
    for (size_t i = 0; i < count; i++)
        totals[hits[i].second]++;
}

/* Of one gram alone: only its articles are held. */
static void drain_to_articles(struct gram_follow *follow)
{
    struct bytes *articles = &follow->encoder->articles;
    size_t count;
    const struct follow_hit *hits = hits_of(follow, &count);
    for (size_t i = 0; i < count; i++) {
        struct gram_article *last =
            articles->size ? (struct gram_article *)(void *)(articles->data + articles->size) - 1
                           : NULL;
        if (last && last->doc == hits[i].doc) {
            last->tf++;
            last->title_tf += hits[i].place % 2;
        } else {
            struct gram_article article = {hits[i].place / 2, hits[i].doc, 1, hits[i].place % 2};
            bytes_append(articles, &article, sizeof article);
        }
    }
}

static enum status encode_alone(struct gram_follow *follow, struct gram_lists *out)
{
    struct bytes *articles = &follow->encoder->articles;
    const uint32_t halves[] = {follow->first, follow->low};
    bytes_clear(articles);
    enum status status = follow_word(follow, drain_to_articles);
    if (status == STATUS_OK)
        status = articles->status;
    if (status != STATUS_OK)
        return status;
    return gram_encode_list(follow->encoder, halves,
                            (const struct gram_article *)(const void *)articles->data,
                            (uint32_t)(articles->size / sizeof(struct gram_article)), out);
}

/* Second words are taken by shares, and the first word's places are gone over for each. */
static enum status encode_shares(struct gram_follow *follow, uint64_t most, struct gram_lists *out)
{
    uint32_t keys = follow->span;
    bytes_clear(&follow->totals);
    uint64_t *totals = (uint64_t *)(void *)bytes_extend(&follow->totals, keys * sizeof *totals);
    if (!totals)
        return follow->totals.status;
    for (uint32_t i = 0; i < keys; i++)
        totals[i] = 0;
    enum status status = follow_word(follow, drain_to_totals);
    for (uint32_t low = 0, high; low < keys && status == STATUS_OK; low = high) {
        uint64_t hits = totals[low];
        for (high = low + 1; high < keys && hits + totals[high] <= most; high++)
            hits += totals[high];
        follow->low = low;
        follow->span = high - low;
        if (hits > most) {
            status = encode_alone(follow, out);
        } else if (hits) {
            status = follow_word(follow, NULL);
            if (status == STATUS_OK)
                status = encode_held(follow, out);
        }
    }
    return status;
}

/* --- A group -----------------------------------------------------------------------------------*/

static enum status encode_first(struct gram_follow *follow, uint32_t first, struct gram_lists *out)
{
    const struct gram_words *words = follow->text->words;
    uint64_t most = follow->encoder->hits_most < HITS_HELD ? follow->encoder->hits_most : HITS_HELD;
    follow->first = first;
    follow->df = gram_words_dfs(words)[first];
    follow->partner = gram_words_partners(words)[first];
    follow->low = 0;
    follow->span = words->count + 1;
    if (gram_word_term(words, first)->all.cf > most)
        return encode_shares(follow, most, out);
    enum status status = follow_word(follow, NULL);
    return status == STATUS_OK ? encode_held(follow, out) : status;
}

enum status gram_follow_group(struct gram_follow *follow, uint32_t group, struct gram_lists *out)
{
    const uint32_t *firsts = gram_groups_firsts(follow->groups);
    enum status status =
        gram_gather_open(&follow->encoder->gather, follow->encoder->below->count + 1);
    for (uint32_t first = firsts[group]; first < firsts[group + 1] && status == STATUS_OK; first++)
        status = encode_first(follow, first, out);
    return status;
}

void gram_follow_release(struct gram_follow *follow)
{
    gram_walk_release(&follow->walk);
    bytes_release(&follow->hits);
    bytes_release(&follow->totals);
}
