#include "build/gram_scan.h"

#include <string.h>

#include "base/memory.h"
#include "store/settings.h"

enum {
    AHEAD = 24, /* spots whose slots are on their way from memory */
};

enum status gram_scan_open(struct gram_scan *scan, const struct gram_articles *articles,
                           const struct gram_ranges *ranges)
{
    size_t slots = (size_t)ranges->most_slots + 1, words = (size_t)scan->words->count + 1;
    scan->rank_bits = gram_words_rank_bits(scan->words);
    enum status status = gram_places_open(&scan->places, articles, ranges);
    scan->slots = memory_allocate(slots * sizeof *scan->slots);
    scan->hits = memory_allocate(slots * sizeof *scan->hits);
    scan->ends = memory_allocate(words * sizeof *scan->ends);
    scan->bases = memory_allocate(words * sizeof *scan->bases);
    bool good = scan->slots && scan->hits && scan->ends && scan->bases;
    return good ? status : STATUS_NO_MEMORY;
}

void gram_scan_release(struct gram_scan *scan)
{
    gram_places_release(&scan->places);
    memory_free(scan->slots);
    memory_free(scan->hits);
    memory_free(scan->ends);
    memory_free(scan->bases);
    bytes_release(&scan->values);
    *scan = (struct gram_scan){0};
}

/* --- One word's occurrences --------------------------------------------------------------------*/

/* Notes where a word stands in one article, and returns what is behind; NULL for positions that are
 * none of the article's: the lists are not what was written. values: see postings_read_values. */
static struct gram_spot *note_article(const struct gram_places *places, struct gram_spot *spot,
                                      uint32_t article, const uint32_t *values, uint32_t count)
{
    uint32_t start = places->starts[article], size = places->starts[article + 1] - start;
    uint32_t title_words = places->articles->title_words[places->range->first_doc + article];
    uint32_t gap = title_words ? STORE_BODY_GAP - 1 : 0, position = 0;
    for (uint32_t i = 0; i < count; i++) {
        position += values[i];
        uint32_t within = position - (position >= title_words ? gap : 0);
        if (within >= size)
            return NULL;
        *spot++ = (struct gram_spot){start + within, 2 * article + (position < title_words)};
        position++;
    }
    return spot;
}

static void fail(struct gram_scan *scan, enum status status)
{
    if (scan->status == STATUS_OK)
        scan->status = status;
}

/* The numbers of the positions of the current block's articles from place i to place end; NULL
 * after a failure. There are never more than the range has slots. */
static const uint32_t *read_values(struct gram_scan *scan, const struct gram_spot *spot, uint32_t i,
                                   uint32_t end)
{
    struct postings *postings = &scan->postings;
    if (!postings_read_tfs(postings)) {
        fail(scan, postings->status);
        return NULL;
    }
    uint64_t count = postings_count_positions(postings, i, end);
    if (count > scan->places.range->slots - (uint64_t)(spot - scan->hits)) {
        fail(scan, STATUS_CORRUPT);
        return NULL;
    }
    bytes_clear(&scan->values);
    uint32_t *values =
        (uint32_t *)(void *)bytes_extend(&scan->values, (size_t)count * sizeof *values);
    if (!values)
        fail(scan, STATUS_NO_MEMORY);
    else if (!postings_read_values(postings, i, end, values))
        fail(scan, postings->status);
    return scan->status == STATUS_OK ? values : NULL;
}

/* The current block's articles from place i to place end, which are in the range. Returns what is
 * behind their spots. */
static struct gram_spot *note_articles(struct gram_scan *scan, struct gram_spot *spot, uint32_t i,
                                       uint32_t end)
{
    struct postings *postings = &scan->postings;
    uint32_t first_doc = scan->places.range->first_doc;
    const uint32_t *values = i < end ? read_values(scan, spot, i, end) : NULL;
    for (; values && i < end; i++) {
        struct gram_spot *behind = note_article(&scan->places, spot, postings->docs[i] - first_doc,
                                                values, postings->tfs[i]);
        if (!behind) {
            fail(scan, STATUS_CORRUPT);
            return spot;
        }
        spot = behind;
        values += postings->tfs[i];
    }
    return spot;
}

static struct gram_spot *note_word(struct gram_scan *scan, struct gram_spot *spot, uint32_t word)
{
    struct postings *postings = &scan->postings;
    const struct gram_range *range = scan->places.range;
    scan->bases[word] = 0;
    enum status status =
        postings_open(postings, scan->snapshot, gram_word_term(scan->words, word), false);
    if (status == STATUS_OK && postings_seek(postings, range->first_doc)) {
        uint32_t i = postings_find_in_block(postings, range->first_doc), end;
        scan->bases[word] = postings->block * POSTINGS_BLOCK + i;
        do {
            end = postings_find_in_block(postings, range->end_doc);
            end = end < postings->count ? end : postings->count;
            spot = note_articles(scan, spot, i, end);
            i = 0;
        } while (scan->status == STATUS_OK && end == postings->count &&
                 postings_next_block(postings));
    }
    if (postings->status != STATUS_OK)
        fail(scan, postings->status);
    postings_release(postings);
    return spot;
}

/* Puts a word into its slots, with its rank, which rises from article to article. */
static void put_word(struct gram_scan *scan, uint32_t word, const struct gram_spot *spots,
                     size_t count)
{
    uint32_t entry = word << scan->rank_bits, article = count ? spots->article / 2 : 0;
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(&scan->slots[spots[i + AHEAD < count ? i + AHEAD : i].slot], 1);
        entry += spots[i].article / 2 != article;
        article = spots[i].article / 2;
        scan->slots[spots[i].slot] = entry;
    }
}

/* --- A range -----------------------------------------------------------------------------------*/

enum status gram_scan_read(struct gram_scan *scan, const struct gram_range *range)
{
    struct gram_spot *spot = scan->hits;
    uint64_t seen = 0;
    gram_places_fill(&scan->places, range);
    memset(scan->slots, 0, ((size_t)range->slots + 1) * sizeof *scan->slots);
    scan->ends[0] = 0;
    for (uint32_t word = 1; word <= scan->words->count && scan->status == STATUS_OK; word++) {
        const struct term_list *list = &gram_word_term(scan->words, word)->all;
        struct gram_spot *behind = note_word(scan, spot, word);
        put_word(scan, word, spot, (size_t)(behind - spot));
        spot = behind;
        scan->ends[word] = (uint32_t)(spot - scan->hits);
        seen += list->postings_bytes + list->positions_bytes;
        if (seen > scan->mapped_bytes) {
            snapshot_forget(scan->snapshot);
            seen = 0;
        }
    }
    return scan->status;
}
