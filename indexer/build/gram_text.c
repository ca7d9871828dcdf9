#include "build/gram_text.h"

#include <string.h>

#include "base/memory.h"
#include "store/settings.h"

/* --- All articles ------------------------------------------------------------------------------*/

static uint64_t count_slots(const struct gram_articles *articles)
{
    uint64_t slots = 0;
    for (uint32_t doc = 0; doc < articles->count; doc++)
        slots += gram_article_slots(articles, doc);
    return slots;
}

size_t gram_text_bytes(const struct gram_articles *articles)
{
    uint64_t slots = count_slots(articles);
    if (slots >= UINT32_MAX)
        return SIZE_MAX;
    return ((size_t)slots + 1 + articles->count + 1) * sizeof(uint32_t);
}

size_t gram_text_bases_bytes(const struct gram_words *words)
{
    size_t regions = ((size_t)words->article_count >> gram_words_rank_bits(words)) + 1;
    return regions * ((size_t)words->count + 1) * sizeof(uint32_t);
}

enum status gram_text_open(struct gram_text *text)
{
    const struct gram_articles *articles = text->articles;
    text->rank_bits = gram_words_rank_bits(text->words);
    text->slot_count = count_slots(articles);
    text->starts = memory_allocate(((size_t)articles->count + 1) * sizeof *text->starts);
    text->bases = memory_allocate_zeroed(1, gram_text_bases_bytes(text->words));
    text->slots = memory_reserve_large((text->slot_count + 1) * sizeof *text->slots);
    if (!text->starts || !text->bases || !text->slots)
        return STATUS_NO_MEMORY;
    uint32_t slot = 0;
    for (uint32_t doc = 0; doc < articles->count; doc++) {
        text->starts[doc] = slot;
        slot += (uint32_t)gram_article_slots(articles, doc);
    }
    text->starts[articles->count] = slot;
    return STATUS_OK;
}

void gram_text_release(struct gram_text *text)
{
    memory_free(text->starts);
    memory_free(text->bases);
    if (text->slots)
        memory_unreserve(text->slots, (text->slot_count + 1) * sizeof *text->slots);
    text->starts = text->bases = text->slots = NULL;
}

/* --- A word's places ---------------------------------------------------------------------------*/

void gram_walk_begin(struct gram_walk *walk, const struct gram_text *text, uint32_t word)
{
    const struct term *term = gram_word_term(text->words, word);
    walk->text = text;
    walk->nth = 0;
    walk->seen += term->all.postings_bytes + term->all.positions_bytes;
    walk->status = postings_open(&walk->postings, text->snapshot, term, false);
}

struct articles { /* of the block at hand: its slots, and how positions turn into them */
    uint32_t starts[POSTINGS_BLOCK], sizes[POSTINGS_BLOCK];
    uint32_t title_words[POSTINGS_BLOCK], gaps[POSTINGS_BLOCK];
};

static void look_up_articles(const struct gram_walk *walk, struct articles *articles)
{
    const struct gram_text *text = walk->text;
    for (uint32_t i = 0; i < walk->postings.count; i++) {
        uint32_t doc = walk->postings.docs[i], title_words = text->articles->title_words[doc];
        articles->starts[i] = text->starts[doc];
        articles->sizes[i] = text->starts[doc + 1] - text->starts[doc];
        articles->title_words[i] = title_words;
        articles->gaps[i] = title_words ? STORE_BODY_GAP - 1 : 0;
    }
}

/* One more for each article but the first, where its occurrences begin. */
static void mark_articles(const struct postings *postings, uint8_t *marks, size_t count)
{
    memset(marks, 0, count + 1);
    for (uint32_t i = 1, at = 0; i < postings->count; i++)
        marks[at += postings->tfs[i - 1]]++;
}

/* Turns values, see postings_read_values, into slots, and marks into their articles' numbers in the
 * block. Article by article a loop would end where nobody could guess it. False for positions that
 * are none of their article's: the lists are not what was written. */
static inline bool find_slots(struct gram_walk *walk, size_t count, bool behind)
{
    const uint32_t *ahead = walk->text->slots + behind;
    uint8_t *owners = walk->owners.data;
    struct articles articles;
    uint32_t i = 0, position = 0;
    bool good = true;
    look_up_articles(walk, &articles);
    for (size_t n = 0; n < count; n++) {
        i += owners[n];
        position = (owners[n] ? 0 : position) + walk->slots[n];
        uint32_t within = position - (position >= articles.title_words[i] ? articles.gaps[i] : 0);
        bool inside = within < articles.sizes[i];
        uint32_t slot = articles.starts[i] + (inside ? within : 0);
        good &= inside;
        owners[n] = (uint8_t)i;
        walk->slots[n] = slot;
        if (behind)
            __builtin_prefetch(&ahead[slot], 0);
        else
            __builtin_prefetch(&ahead[slot], 1);
        position++;
    }
    return good;
}

/* Values, and where articles begin among them. */
static enum status read_block(struct gram_walk *walk)
{
    struct postings *postings = &walk->postings;
    if (!postings_read_tfs(postings))
        return postings->status;
    uint64_t count = postings_count_positions(postings, 0, postings->count);
    if (count > walk->text->slot_count)
        return STATUS_CORRUPT;
    bytes_clear(&walk->values);
    bytes_clear(&walk->owners);
    walk->slots =
        (uint32_t *)(void *)bytes_extend(&walk->values, (size_t)count * sizeof *walk->slots);
    uint8_t *marks = bytes_extend(&walk->owners, (size_t)count + 1);
    if (!walk->slots || !marks)
        return STATUS_NO_MEMORY;
    mark_articles(postings, marks, (size_t)count);
    return postings_read_values(postings, 0, postings->count, walk->slots) ? STATUS_OK
                                                                           : postings->status;
}

bool gram_walk_next(struct gram_walk *walk, bool behind)
{
    walk->nth += walk->postings.count;
    if (walk->status != STATUS_OK)
        return false;
    if (!postings_next_block(&walk->postings)) {
        walk->status = walk->postings.status;
        return false;
    }
    walk->status = read_block(walk);
    if (walk->status != STATUS_OK)
        return false;
    size_t count = gram_walk_count(walk);
    if (behind ? !find_slots(walk, count, true) : !find_slots(walk, count, false))
        walk->status = STATUS_CORRUPT;
    return walk->status == STATUS_OK;
}

void gram_walk_end(struct gram_walk *walk)
{
    postings_release(&walk->postings);
    if (walk->seen > walk->text->mapped_bytes) {
        snapshot_forget(walk->text->snapshot);
        walk->seen = 0;
    }
}

void gram_walk_release(struct gram_walk *walk)
{
    bytes_release(&walk->values);
    bytes_release(&walk->owners);
}

/* --- Laying out --------------------------------------------------------------------------------*/

/* region: the one that the article before lies in. */
static void put_block(struct gram_text *text, const struct gram_walk *walk, uint32_t word,
                      uint32_t *region)
{
    const struct postings *postings = &walk->postings;
    size_t stride = (size_t)text->words->count + 1;
    uint32_t entries[POSTINGS_BLOCK];
    for (uint32_t i = 0; i < postings->count; i++) {
        uint32_t nth = walk->nth + i, here = postings->docs[i] >> text->rank_bits;
        while (*region < here)
            text->bases[++*region * stride + word] = nth;
        uint32_t rank = nth - text->bases[here * stride + word];
        entries[i] = word << text->rank_bits | rank;
    }
    for (size_t n = 0, count = gram_walk_count(walk); n < count; n++)
        text->slots[walk->slots[n]] = entries[walk->owners.data[n]];
}

enum status gram_text_put(struct gram_text *text, struct gram_walk *walk, uint32_t word)
{
    uint32_t region = 0;
    gram_walk_begin(walk, text, word);
    while (gram_walk_next(walk, false))
        put_block(text, walk, word, &region);
    gram_walk_end(walk);
    return walk->status;
}
