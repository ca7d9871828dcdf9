#include "build/gram_pairs.h"

#include "build/gram_chains.h"

enum { AT_ONCE = 4096 };

struct putting { /* the pairs that begin with one word */
    const struct gram_scan *scan;
    const uint32_t *dfs;
    uint32_t first, df, partner;
};

/* Which article it is in the list of the pair's leader, or the article itself. */
static uint32_t place_of(const struct putting *putting, uint32_t slot, uint32_t doc)
{
    const struct gram_scan *scan = putting->scan;
    uint32_t second = scan->slots[slot + 1], df = putting->dfs[second];
    bool left = putting->df <= df;
    if (!gram_rule_ranked(&scan->words->rule, scan->words->article_count, 2,
                          left ? putting->df : df))
        return doc;
    return left ? scan->bases[putting->first] + scan->ranks[slot]
                : scan->bases[second] + scan->ranks[slot + 1];
}

static struct gram_hit hit_at(const struct putting *putting, uint32_t slot)
{
    const struct gram_places *places = &putting->scan->places;
    uint32_t article = gram_places_article(places, slot);
    uint32_t doc = places->range->first_doc + article;
    return (struct gram_hit){
        .key = putting->scan->slots[slot + 1],
        .place = 2 * place_of(putting, slot, doc) + gram_places_title(places, slot, article),
        .doc = doc,
    };
}

static enum status put_word(const struct putting *putting, struct gram_run *run)
{
    const struct gram_scan *scan = putting->scan;
    struct gram_hit hits[AT_ONCE];
    uint32_t count = 0;
    enum status status = STATUS_OK;
    for (uint32_t i = scan->ends[putting->first - 1]; i < scan->ends[putting->first]; i++) {
        uint32_t slot = scan->hits[i];
        if (putting->dfs[scan->slots[slot + 1]] < putting->partner)
            continue;
        hits[count++] = hit_at(putting, slot);
        if (count < AT_ONCE)
            continue;
        if ((status = gram_run_put(run, putting->first, hits, count)) != STATUS_OK)
            return status;
        count = 0;
    }
    return count ? gram_run_put(run, putting->first, hits, count) : status;
}

enum status gram_pairs_put(const struct gram_scan *scan, struct gram_run *run)
{
    const uint32_t *partners = gram_words_partners(scan->words);
    struct putting putting = {.scan = scan, .dfs = gram_words_dfs(scan->words)};
    enum status status = STATUS_OK;
    for (uint32_t word = 1; word <= scan->words->count && status == STATUS_OK; word++) {
        putting.first = word;
        putting.df = putting.dfs[word];
        putting.partner = partners[word];
        status = put_word(&putting, run);
    }
    return status;
}

enum status gram_pairs_chain(const struct gram_scan *scan, struct spool *spool)
{
    const uint32_t *dfs = gram_words_dfs(scan->words), *links = gram_words_links(scan->words);
    const uint32_t *slots = scan->slots;
    uint32_t count = (uint32_t)scan->places.range->slots, start = 0;
    enum status status = STATUS_OK;
    for (uint32_t slot = 0; slot < count && status == STATUS_OK; slot++) {
        if (dfs[slots[slot + 1]] >= links[slots[slot]])
            continue;
        if (slot - start >= 2)
            status = gram_chains_put(spool, start, slots + start, slot - start + 1);
        start = slot + 1;
    }
    return status;
}
