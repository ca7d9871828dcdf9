#include "store/gram_block_read.h"

#include "codec/rice.h"
#include "codec/varint.h"

/* --- Words -------------------------------------------------------------------------------------*/

bool gram_block_open(struct gram_block *block, struct slice bytes, uint32_t words, uint32_t count,
                     uint64_t key)
{
    const uint8_t *at = (const uint8_t *)bytes.data, *end = at + bytes.size;
    block->words = words;
    block->count = count;
    block->key = key;
    at = varint_read(at, end, &block->lists);
    for (uint32_t word = 0; at && word < words; word++)
        at = rice_decode(at, end, count, block->columns[word]);
    block->at = at;
    block->end = end;
    return at && block->columns[0][0] == 0 && block->columns[1][0] == 0;
}

bool gram_block_step(const struct gram_block *block, uint32_t i, uint32_t *codes)
{
    bool same = i > 0, ascends = i == 0;
    if (i == 0) {
        codes[0] = (uint32_t)(block->key >> 32);
        codes[1] = (uint32_t)block->key;
    }
    for (uint32_t word = i ? 0 : 2; word < block->words; word++) {
        uint32_t value = block->columns[word][i], last = word + 1 == block->words;
        if (!same) {
            codes[word] = value;
            continue;
        }
        if (value + last < value || codes[word] + (value + last) < codes[word])
            return false;
        codes[word] += value + last;
        same = value + last == 0;
        ascends = !same;
    }
    return ascends;
}

/* Two words are one number that ascends. */
static uint32_t find_pair(const struct gram_block *block, uint64_t key)
{
    uint64_t at = block->key;
    uint32_t i = 0;
    while (at < key && ++i < block->count) {
        uint64_t first = block->columns[0][i], second = block->columns[1][i];
        at = first ? (((at >> 32) + first) << 32) + second : at + second + 1;
    }
    return i < block->count && at == key ? i : GRAM_BLOCK_NONE;
}

int gram_block_compare(const uint32_t *codes, const uint32_t *others, uint32_t words)
{
    for (uint32_t word = 0; word < words; word++)
        if (codes[word] != others[word])
            return codes[word] < others[word] ? -1 : 1;
    return 0;
}

uint32_t gram_block_find(const struct gram_block *block, const uint32_t *codes)
{
    uint32_t at[GRAM_WORDS_MOST];
    if (block->words == 2)
        return find_pair(block, grams_key(codes[0], codes[1]));
    for (uint32_t i = 0; i < block->count && gram_block_step(block, i, at); i++) {
        int order = gram_block_compare(at, codes, block->words);
        if (order >= 0)
            return order == 0 ? i : GRAM_BLOCK_NONE;
    }
    return GRAM_BLOCK_NONE;
}

bool gram_block_begins_behind(const struct gram_block *block, const uint32_t *codes)
{
    uint32_t first[GRAM_WORDS_MOST];
    gram_block_step(block, 0, first);
    return gram_block_compare(first, codes, block->words) > 0;
}

/* --- Counts ------------------------------------------------------------------------------------*/

/* A column that nothing belongs to takes no bytes. */
static const uint8_t *read_column(const uint8_t *at, const uint8_t *end, uint32_t count,
                                  uint32_t *values)
{
    return at && count ? rice_decode(at, end, count, values) : at;
}

bool gram_block_read_counts(struct gram_block *block)
{
    const uint8_t *at = block->at, *end = block->end;
    uint32_t lists = 0, titles = 0, title_lists = 0;
    at = read_column(at, end, block->count, block->doubled);
    at = read_column(at, end, block->count, block->more);
    if (!at)
        return false;
    for (uint32_t i = 0; i < block->count; i++) {
        lists += block->doubled[i] >= 2;
        titles += block->doubled[i] & 1;
        title_lists += block->doubled[i] >= 2 && block->doubled[i] & 1;
    }
    at = read_column(at, end, lists, block->sizes);
    at = read_column(at, end, block->count - lists, block->places);
    at = read_column(at, end, titles, block->titles);
    at = read_column(at, end, title_lists, block->title_more);
    at = read_column(at, end, title_lists, block->title_sizes);
    return at == end;
}

static bool read_titles(const struct gram_block *block, uint32_t title, uint32_t title_list,
                        struct gram_counts *counts)
{
    uint64_t titles = (uint64_t)block->titles[title] + 1;
    if (counts->one_article) {
        counts->title_cf = titles;
        return true;
    }
    if (titles > counts->df || block->title_sizes[title_list] > counts->bytes)
        return false;
    counts->title_df = (uint32_t)titles;
    counts->title_cf = titles + block->title_more[title_list];
    counts->title_bytes = block->title_sizes[title_list];
    counts->bytes -= counts->title_bytes;
    return true;
}

bool gram_block_counts(const struct gram_block *block, uint32_t i, struct gram_counts *counts)
{
    uint32_t lists = 0, titles = 0, title_lists = 0;
    uint64_t offset = block->lists;
    for (uint32_t before = 0; before < i; before++) {
        lists += block->doubled[before] >= 2;
        titles += block->doubled[before] & 1;
        title_lists += block->doubled[before] >= 2 && block->doubled[before] & 1;
    }
    for (uint32_t before = 0; before < lists; before++)
        offset += block->sizes[before];
    *counts = (struct gram_counts){.df = block->doubled[i] / 2 + 1,
                                   .titles = block->doubled[i] & 1,
                                   .one_article = block->doubled[i] < 2};
    counts->cf = (uint64_t)counts->df + block->more[i];
    counts->offset = offset;
    if (counts->one_article)
        counts->place = block->places[i - lists];
    else
        counts->bytes = block->sizes[lists];
    return !counts->titles || read_titles(block, titles, title_lists, counts);
}
