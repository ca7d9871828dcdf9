#include "build/gram_pairs.h"

enum {
    AT_ONCE = 4096,
    AHEAD = 24, /* spots whose slots are on their way from memory */
};

struct putting { /* the pairs that begin with one word */
    const struct gram_scan *scan;
    const uint32_t *dfs;
    uint32_t first, df, partner;
    struct gram_spot chosen[AT_ONCE];
    struct gram_hit hits[AT_ONCE];
};

/* Those of the spots behind which a partner stands; without a branch, as nobody could guess it. */
static uint32_t choose(struct putting *putting, const struct gram_spot *spots, uint32_t count)
{
    const uint32_t *slots = putting->scan->slots, *dfs = putting->dfs;
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < count; i++) {
        __builtin_prefetch(&slots[spots[i + AHEAD < count ? i + AHEAD : i].slot + 1]);
        putting->chosen[chosen] = spots[i];
        chosen += dfs[slots[spots[i].slot + 1] >> putting->scan->rank_bits] >= putting->partner;
    }
    return chosen;
}

/* Which article it is in the list of the pair's leader, or the article itself. */
static inline uint32_t place_of(const struct putting *putting, uint32_t slot, uint32_t second,
                                uint32_t doc)
{
    const struct gram_scan *scan = putting->scan;
    uint32_t mask = ((uint32_t)1 << scan->rank_bits) - 1, df = putting->dfs[second];
    uint32_t left = scan->bases[putting->first] + (scan->slots[slot] & mask);
    uint32_t right = scan->bases[second] + (scan->slots[slot + 1] & mask);
    uint32_t right_leads = 0 - (uint32_t)(df < putting->df);
    uint32_t leader_df = df < putting->df ? df : putting->df;
    if (leader_df >= scan->words->ranked_below)
        return doc;
    return left ^ ((left ^ right) & right_leads);
}

static void make_hits(struct putting *putting, uint32_t count)
{
    const struct gram_scan *scan = putting->scan;
    uint32_t first_doc = scan->places.range->first_doc;
    for (uint32_t i = 0; i < count; i++) {
        const struct gram_spot *spot = &putting->chosen[i];
        uint32_t second = scan->slots[spot->slot + 1] >> scan->rank_bits;
        uint32_t doc = first_doc + spot->article / 2;
        uint32_t place = place_of(putting, spot->slot, second, doc);
        uint32_t key = second << scan->rank_bits | spot->article / 2;
        putting->hits[i] = (struct gram_hit){key, 2 * place + spot->article % 2};
    }
}

static enum status put_word(struct putting *putting, struct gram_run *run)
{
    const struct gram_scan *scan = putting->scan;
    uint32_t at = scan->ends[putting->first - 1], end = scan->ends[putting->first];
    while (at < end) {
        uint32_t count = end - at < AT_ONCE ? end - at : AT_ONCE;
        uint32_t chosen = choose(putting, scan->hits + at, count);
        enum status status = STATUS_OK;
        make_hits(putting, chosen);
        if (chosen)
            status = gram_run_put(run, putting->first, putting->hits, chosen);
        if (status != STATUS_OK)
            return status;
        at += count;
    }
    return STATUS_OK;
}

enum status gram_pairs_put(const struct gram_scan *scan, struct gram_run *run)
{
    const uint32_t *partners = gram_words_partners(scan->words);
    struct putting putting; /* its arrays are large, and filled where they are looked at */
    enum status status = STATUS_OK;
    putting.scan = scan;
    putting.dfs = gram_words_dfs(scan->words);
    for (uint32_t word = 1; word <= scan->words->count && status == STATUS_OK; word++) {
        putting.first = word;
        putting.df = putting.dfs[word];
        putting.partner = partners[word];
        status = put_word(&putting, run);
    }
    return status;
}

/* --- The text ----------------------------------------------------------------------------------*/

/* Pairs of words in one number each; an odd one at the end stands alone. */
static enum status put_halves(const struct gram_scan *scan, size_t count, struct spool *spool)
{
    uint16_t words[AT_ONCE];
    enum status status = STATUS_OK;
    for (size_t at = 0; at < count && status == STATUS_OK; at += AT_ONCE) {
        size_t n = count - at < AT_ONCE ? count - at : AT_ONCE;
        for (size_t i = 0; i < n; i++)
            words[i] = (uint16_t)(scan->slots[at + i] >> scan->rank_bits);
        if (n % 2)
            words[n++] = 0;
        status = spool_append(spool, words, n * sizeof *words);
    }
    return status;
}

enum status gram_pairs_text(struct gram_scan *scan, struct spool *spool)
{
    size_t count = (size_t)scan->places.range->slots;
    if (gram_pairs_word_bytes(scan->words) == sizeof(uint16_t))
        return put_halves(scan, count, spool);
    for (size_t i = 0; i < count; i++)
        scan->slots[i] >>= scan->rank_bits;
    return spool_append(spool, scan->slots, count * sizeof *scan->slots);
}
