#include "store/grams_read.h"

#include <assert.h>
#include <string.h>

#include "base/endian.h"
#include "store/gram_block_read.h"
#include "store/list_layout.h"
#include "store/settings.h"

static enum status read_head(struct grams *grams)
{
    const uint8_t *head;
    struct gram_rule *rule = &grams->rule;
    enum status status = snapshot_view(grams->snapshot, CHUNK_GRAMS, 0, GRAMS_HEAD_BYTES, &head);
    if (status != STATUS_OK)
        return status;
    rule->words_most = load_le32(head);
    rule->least_df = load_le32(head + 4);
    rule->bound = load_le64(head + 8);
    rule->look_up = load_le64(head + 16);
    rule->candidate = load_le64(head + 24);
    rule->ranked_words = load_le32(head + 32);
    rule->dense = load_le32(head + 36);
    bool good = rule->words_most >= 2 && rule->words_most <= GRAM_WORDS_MOST &&
                rule->least_df > 0 && rule->bound <= GRAM_RULE_MOST &&
                rule->look_up <= GRAM_RULE_MOST && rule->candidate <= GRAM_RULE_MOST;
    return good ? STATUS_OK : STATUS_CORRUPT;
}

static enum status read_footer(struct grams *grams, uint64_t left)
{
    const uint8_t *footer;
    uint64_t blocks = 0;
    enum status status =
        snapshot_view(grams->snapshot, CHUNK_GRAMS, left, GRAMS_FOOTER_BYTES, &footer);
    if (status != STATUS_OK)
        return status;
    grams->list_bytes = load_le64(footer);
    grams->block_bytes = load_le64(footer + 8);
    for (uint32_t i = 0; i < GRAMS_COUNTS; i++) {
        grams->counts[i] = load_le64(footer + 16 + 8 * (size_t)i);
        if (grams->counts[i] > left || (grams->counts[i] && i + 2 > grams->rule.words_most))
            return STATUS_CORRUPT;
        blocks += grams_blocks(grams->counts[i]);
    }
    grams->block_count = load_le32(footer + 72);
    grams->word_count = load_le32(footer + 76);
    bool good = grams->block_count == blocks && load_le32(footer + 80) == GRAMS_BLOCK &&
                load_le32(footer + 84) == 0;
    return good ? STATUS_OK : STATUS_CORRUPT;
}

/* Whether lists, blocks and tables fill what stands before the footer. */
static bool fits(struct grams *grams, uint64_t left)
{
    uint64_t tables = 2 * (uint64_t)GRAMS_ENTRY_BYTES * grams->block_count +
                      chunk_padded((uint64_t)GRAMS_WORD_BYTES * grams->word_count);
    if (grams->list_bytes < GRAMS_HEAD_BYTES || grams->list_bytes > left ||
        grams->block_bytes > left)
        return false;
    grams->tables = chunk_padded(chunk_padded(grams->list_bytes) + grams->block_bytes);
    return grams->tables + tables == left;
}

enum status grams_open(struct grams *grams, const struct snapshot *snapshot)
{
    uint64_t bytes = snapshot_chunk_bytes(snapshot, CHUNK_GRAMS);
    *grams = (struct grams){.snapshot = snapshot, .rule = gram_rule_default()};
    grams->present = snapshot_has(snapshot, CHUNK_GRAMS);
    if (!grams->present)
        return STATUS_OK;
    if (bytes < GRAMS_HEAD_BYTES + GRAMS_FOOTER_BYTES)
        return STATUS_CORRUPT;
    enum status status = read_head(grams);
    if (status == STATUS_OK)
        status = read_footer(grams, bytes - GRAMS_FOOTER_BYTES);
    if (status != STATUS_OK)
        return status;
    return fits(grams, bytes - GRAMS_FOOTER_BYTES) ? STATUS_OK : STATUS_CORRUPT;
}

/* --- Blocks ------------------------------------------------------------------------------------*/

struct tables { /* borrowed */
    const uint8_t *keys, *offsets, *words;
};

static enum status view_tables(const struct grams *grams, struct tables *tables)
{
    uint64_t array = (uint64_t)GRAMS_ENTRY_BYTES * grams->block_count;
    uint64_t bytes = 2 * array + (uint64_t)GRAMS_WORD_BYTES * grams->word_count;
    enum status status =
        snapshot_view(grams->snapshot, CHUNK_GRAMS, grams->tables, bytes, &tables->keys);
    if (status == STATUS_OK) {
        tables->offsets = tables->keys + array;
        tables->words = tables->offsets + array;
    }
    return status;
}

static uint64_t entry(const uint8_t *table, uint32_t block)
{
    return load_le64(table + (size_t)GRAMS_ENTRY_BYTES * block);
}

/* The blocks of grams of so many words. */
static void blocks_of(const struct grams *grams, uint32_t words, uint32_t *first, uint32_t *count)
{
    *first = 0;
    for (uint32_t i = 0; i + 2 < words; i++)
        *first += (uint32_t)grams_blocks(grams->counts[i]);
    *count = (uint32_t)grams_blocks(grams->counts[words - 2]);
}

static enum status open_block(const struct grams *grams, const struct tables *tables,
                              uint32_t words, uint32_t number, struct gram_block *block)
{
    uint32_t first, blocks;
    const uint8_t *data;
    uint64_t begin = chunk_padded(grams->list_bytes), behind = begin + grams->block_bytes;
    uint64_t start = entry(tables->offsets, number), end = behind;
    if (number + 1 < grams->block_count)
        end = entry(tables->offsets, number + 1);
    if (start < begin || start >= end || end > behind || (number == 0 && start != begin))
        return STATUS_CORRUPT;
    enum status status = snapshot_view(grams->snapshot, CHUNK_GRAMS, start, end - start, &data);
    if (status != STATUS_OK)
        return status;
    blocks_of(grams, words, &first, &blocks);
    uint64_t left = grams->counts[words - 2] - (uint64_t)(number - first) * GRAMS_BLOCK;
    bool good = gram_block_open(block, slice_of(data, (size_t)(end - start)), words,
                                left < GRAMS_BLOCK ? (uint32_t)left : GRAMS_BLOCK,
                                entry(tables->keys, number));
    return good ? STATUS_OK : STATUS_CORRUPT;
}

/* --- One gram ----------------------------------------------------------------------------------*/

/* The code of a term; the number of words where it stands in no gram. */
static uint32_t code_of(const struct grams *grams, const uint8_t *words, uint32_t term)
{
    uint32_t low = 0, left = grams->word_count;
    if (left == 0)
        return 0;
    for (uint32_t half; left > 1; left -= half) {
        half = left / 2;
        low += load_le32(words + (size_t)GRAMS_WORD_BYTES * (low + half)) <= term ? half : 0;
    }
    return load_le32(words + (size_t)GRAMS_WORD_BYTES * low) == term ? low : grams->word_count;
}

/* The last block of the grams of so many words whose key is not greater; the first where there is
 * none. */
static uint32_t block_of_key(const uint8_t *keys, uint32_t first, uint32_t count, uint64_t key)
{
    for (uint32_t half; count > 1; count -= half) {
        half = count / 2;
        first += entry(keys, first + half) <= key ? half : 0;
    }
    return first;
}

/* Several blocks of grams of three words or more may have one key: moves from the last of them to
 * the last that begins with the gram or before it, or to the block in front of them all. */
static enum status untie(const struct grams *grams, const struct tables *tables,
                         const uint32_t *codes, uint32_t words, uint32_t first, uint32_t *at)
{
    struct gram_block block;
    uint64_t key = grams_key(codes[0], codes[1]);
    uint32_t low = *at;
    for (uint32_t step = 1; low > first && entry(tables->keys, low) == key; step *= 2)
        low = low - first > step ? low - step : first;
    while (*at > low) {
        uint32_t middle = *at - (*at - low) / 2;
        bool behind = false;
        if (entry(tables->keys, middle) == key) {
            enum status status = open_block(grams, tables, words, middle, &block);
            if (status != STATUS_OK)
                return status;
            behind = gram_block_begins_behind(&block, codes);
        }
        if (behind)
            *at = middle - 1;
        else
            low = middle;
    }
    return STATUS_OK;
}

/* The block where the gram of these codes stands if it is there. */
static enum status block_of(const struct grams *grams, const struct tables *tables,
                            const uint32_t *codes, uint32_t words, struct gram_block *block)
{
    uint32_t first, count;
    enum status status = STATUS_OK;
    blocks_of(grams, words, &first, &count);
    uint32_t at = block_of_key(tables->keys, first, count, grams_key(codes[0], codes[1]));
    if (words > 2)
        status = untie(grams, tables, codes, words, first, &at);
    return status == STATUS_OK ? open_block(grams, tables, words, at, block) : status;
}

static bool list_fits(const struct grams *grams, const struct term_list *list)
{
    uint32_t articles = snapshot_settings(grams->snapshot)->article_count;
    return list->postings_offset >= GRAMS_HEAD_BYTES &&
           list->postings_offset <= grams->list_bytes &&
           list->postings_bytes <= grams->list_bytes - list->postings_offset &&
           list->postings_bytes >= list_side_bytes(list->df, articles) + list_blocks(list->df);
}

/* From what a block tells to a gram; false where that contradicts itself or the file. */
static bool fill(const struct grams *grams, const struct gram_counts *counts, struct gram *gram)
{
    uint32_t articles = snapshot_settings(grams->snapshot)->article_count;
    *gram = (struct gram){.one_article = counts->one_article};
    gram->all = (struct term_list){counts->df, counts->cf, .postings_offset = counts->offset,
                                   .postings_bytes = counts->bytes};
    if (counts->df > articles || counts->cf > UINT32_MAX || counts->title_cf > counts->cf)
        return false;
    if (counts->one_article) {
        gram->all.postings_offset = 0;
        gram->place = counts->place;
        gram->tf = (uint32_t)counts->cf;
        gram->title_tf = (uint32_t)counts->title_cf;
        return counts->place < articles;
    }
    gram->titles = (struct term_list){counts->title_df, counts->title_cf,
                                      .postings_bytes = counts->title_bytes};
    if (counts->titles)
        gram->titles.postings_offset = counts->offset + counts->bytes;
    return list_fits(grams, &gram->all) && (!counts->titles || list_fits(grams, &gram->titles));
}

static enum status read_gram(const struct grams *grams, const struct gram_block *block,
                             uint32_t place, struct gram *gram)
{
    struct gram_counts counts;
    bool good = gram_block_counts(block, place, &counts) && fill(grams, &counts, gram);
    return good ? STATUS_OK : STATUS_CORRUPT;
}

static void lead(const struct grams *grams, const struct term *const *words, uint32_t count,
                 struct gram *gram)
{
    uint32_t dfs[GRAM_WORDS_MOST] = {0},
             articles = snapshot_settings(grams->snapshot)->article_count;
    for (uint32_t i = 0; i < count; i++)
        dfs[i] = words[i]->all.df;
    uint32_t leader = gram_rule_leader(dfs, count);
    gram->ranked = gram_rule_ranked(&grams->rule, articles, count, dfs[leader]);
    gram->leader = gram->ranked ? leader : 0;
}

enum status grams_codes(const struct grams *grams, const struct term *const *words, size_t count,
                        uint32_t *codes)
{
    struct tables tables = {0};
    enum status status = grams->present ? view_tables(grams, &tables) : STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        codes[i] = code_of(grams, tables.words, words[i]->number);
    return status;
}

enum status grams_find(const struct grams *grams, const struct term *const *words, uint32_t count,
                       struct gram *gram)
{
    uint32_t codes[GRAM_WORDS_MOST];
    assert(count <= GRAM_WORDS_MOST);
    enum status status = grams_codes(grams, words, count, codes);
    return status == STATUS_OK ? grams_find_coded(grams, words, codes, count, gram) : status;
}

static bool may_have(const struct grams *grams, const uint32_t *codes, uint32_t count)
{
    bool may = grams->present && grams->counts[count - 2] > 0;
    for (uint32_t i = 0; i < count; i++)
        may = may && codes[i] != grams->word_count;
    return may;
}

static enum status find_in(const struct grams *grams, struct gram_block *block,
                           const struct term *const *words, const uint32_t *codes,
                           struct gram *gram)
{
    uint32_t place = gram_block_find(block, codes);
    if (place == GRAM_BLOCK_NONE)
        return STATUS_NOT_FOUND;
    if (!gram_block_read_counts(block))
        return STATUS_CORRUPT;
    enum status status = read_gram(grams, block, place, gram);
    if (status == STATUS_OK)
        lead(grams, words, block->words, gram);
    return status;
}

enum status grams_find_coded(const struct grams *grams, const struct term *const *words,
                             const uint32_t *codes, uint32_t count, struct gram *gram)
{
    struct tables tables;
    struct gram_block block;
    assert(count >= 2 && count <= GRAM_WORDS_MOST);
    if (!may_have(grams, codes, count))
        return STATUS_NOT_FOUND;
    enum status status = view_tables(grams, &tables);
    if (status == STATUS_OK)
        status = block_of(grams, &tables, codes, count, &block);
    return status == STATUS_OK ? find_in(grams, &block, words, codes, gram) : status;
}

/* What fails is told by the step that needs it. */
static void fetch_block(const struct grams *grams, const struct tables *tables, uint32_t block)
{
    enum { LINE = 64, LINES = 8 }; /* most blocks are no longer */
    const uint8_t *data;
    if (snapshot_view(grams->snapshot, CHUNK_GRAMS, entry(tables->offsets, block), 1, &data) ==
        STATUS_OK)
        for (size_t line = 0; line < LINES; line++)
            __builtin_prefetch(data + line * LINE);
}

/* Step by step for all of them, so that nothing is waited for alone. */
enum status grams_place_pairs(const struct grams *grams, const uint32_t *codes, const bool *wanted,
                              size_t count, uint32_t *blocks)
{
    struct tables tables;
    uint32_t all = (uint32_t)grams_blocks(grams->counts[0]);
    if (all == 0)
        return STATUS_OK;
    enum status status = view_tables(grams, &tables);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        blocks[i] = block_of_key(tables.keys, 0, all, grams_key(codes[i], codes[i + 1]));
        __builtin_prefetch(tables.offsets + (size_t)GRAMS_ENTRY_BYTES * blocks[i]);
    }
    for (size_t i = 0; i < count; i++)
        if (wanted[i])
            fetch_block(grams, &tables, blocks[i]);
    return STATUS_OK;
}

enum status grams_find_placed(const struct grams *grams, const struct term *const *words,
                              const uint32_t *codes, uint32_t at, struct gram *gram)
{
    struct tables tables;
    struct gram_block block;
    if (!may_have(grams, codes, 2))
        return STATUS_NOT_FOUND;
    enum status status = view_tables(grams, &tables);
    if (status == STATUS_OK)
        status = open_block(grams, &tables, 2, at, &block);
    return status == STATUS_OK ? find_in(grams, &block, words, codes, gram) : status;
}

/* --- All of them -------------------------------------------------------------------------------*/

static bool cursor_fail(struct grams_cursor *cursor, enum status status)
{
    cursor->status = status;
    return false;
}

static bool enter_block(struct grams_cursor *cursor, const struct tables *tables)
{
    const struct grams *grams = cursor->grams;
    uint32_t words = cursor->count < 2 ? 2 : cursor->count, first, count;
    blocks_of(grams, words, &first, &count);
    while (cursor->block_number >= first + count)
        blocks_of(grams, ++words, &first, &count);
    enum status status = open_block(grams, tables, words, cursor->block_number++, &cursor->block);
    if (status == STATUS_OK && !gram_block_read_counts(&cursor->block))
        status = STATUS_CORRUPT;
    cursor->place = 0;
    return status == STATUS_OK || cursor_fail(cursor, status);
}

/* The words of the gram at hand; false where they are not behind those of the one before. */
static bool read_words(struct grams_cursor *cursor, const struct tables *tables)
{
    const struct gram_block *block = &cursor->block;
    uint32_t before[GRAM_WORDS_MOST];
    memcpy(before, cursor->codes, sizeof before);
    if (!gram_block_step(block, cursor->place, cursor->codes))
        return false;
    bool first = cursor->count != block->words;
    cursor->count = block->words;
    for (uint32_t i = 0; i < block->words; i++) {
        if (cursor->codes[i] >= cursor->grams->word_count)
            return false;
        cursor->terms[i] = load_le32(tables->words + (size_t)GRAMS_WORD_BYTES * cursor->codes[i]);
    }
    return first || gram_block_compare(before, cursor->codes, block->words) < 0;
}

static bool take_gram(struct grams_cursor *cursor, const struct tables *tables)
{
    struct gram *gram = &cursor->gram;
    if (!read_words(cursor, tables) ||
        read_gram(cursor->grams, &cursor->block, cursor->place++, gram) != STATUS_OK)
        return cursor_fail(cursor, STATUS_CORRUPT);
    if (!gram->one_article && gram->all.postings_offset != cursor->lists)
        return cursor_fail(cursor, STATUS_CORRUPT);
    cursor->lists += gram->all.postings_bytes + gram->titles.postings_bytes;
    return true;
}

bool grams_next(struct grams_cursor *cursor)
{
    struct tables tables;
    bool within = cursor->block_number && cursor->place < cursor->block.count;
    if (cursor->status != STATUS_OK || !cursor->grams->present)
        return false;
    if (cursor->block_number == 0)
        cursor->lists = GRAMS_HEAD_BYTES;
    if (!within && cursor->block_number == cursor->grams->block_count)
        return false;
    enum status status = view_tables(cursor->grams, &tables);
    if (status != STATUS_OK)
        return cursor_fail(cursor, status);
    return (within || enter_block(cursor, &tables)) && take_gram(cursor, &tables);
}
