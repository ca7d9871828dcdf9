#include "store/postings_read.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/endian.h"
#include "codec/doc_block.h"
#include "codec/kernel.h"
#include "codec/rice.h"
#include "store/gram.h"
#include "store/list_layout.h"
#include "store/list_top.h"
#include "store/settings.h"

static bool fail(struct postings *postings, enum status status)
{
    postings->status = status;
    postings->block = postings->block_count;
    postings->count = 0;
    return false;
}

/* --- Side arrays -------------------------------------------------------------------------------*/

static uint32_t side(const uint8_t *array, uint32_t block)
{
    return load_le32(array + (size_t)block * 4);
}

uint32_t postings_block_last(const struct postings *postings, uint32_t block)
{
    return postings->last ? side(postings->last, block) : postings->docs[postings->only_count - 1];
}

uint16_t postings_block_bound(const struct postings *postings, uint32_t block)
{
    return postings->bounds ? load_le16(postings->bounds + (size_t)block * 2) : UINT16_MAX;
}

uint16_t postings_best(const struct postings *postings, uint32_t k)
{
    uint32_t which = k == 10 ? 0 : k == 100 ? 1 : k == LIST_BEST_MOST ? 2 : UINT32_MAX;
    if (!postings->bounds || which >= list_best_count(postings->list->df))
        return 0;
    return load_le16(postings->bounds + ((size_t)postings->block_count + which) * 2);
}

static uint32_t articles_of_file(const struct postings *postings)
{
    return snapshot_settings(postings->snapshot)->article_count;
}

const uint8_t *postings_top_bytes(const struct postings *postings)
{
    uint32_t best = list_best_count(postings->list->df);
    if (!postings->bounds || !list_has_top(postings->list->df))
        return NULL;
    return postings->bounds + ((size_t)postings->block_count + best) * 2;
}

bool postings_top(struct postings *postings, struct list_top *top)
{
    uint32_t articles = articles_of_file(postings);
    const uint8_t *bytes = postings_top_bytes(postings);
    if (!bytes || !list_top_decode(bytes, articles, top))
        return false;
    for (uint32_t i = 0; i < LIST_TOP; i++)
        if (top->articles[i].doc >= articles || top->articles[i].tf == 0 ||
            top->articles[i].title_tf > top->articles[i].tf)
            return fail(postings, STATUS_CORRUPT);
    return true;
}

/* What is looked at first is on its way from memory while other lists are opened. */
static void fetch_sides(const struct postings *postings)
{
    enum { LINE = 64, MOST = 512 };
    size_t bytes = (size_t)postings->block_count * 2;
    __builtin_prefetch(postings->last);
    __builtin_prefetch(postings->offsets);
    for (size_t at = 0; at < bytes && at < MOST; at += LINE)
        __builtin_prefetch(postings->bounds + at);
    __builtin_prefetch(postings->bounds + bytes); /* what stands behind them */
}

static bool view_sides(struct postings *postings)
{
    const uint8_t *at;
    uint64_t bytes = list_side_bytes(postings->list->df, articles_of_file(postings));
    size_t array = (size_t)postings->block_count * 4;
    enum status status =
        snapshot_view(postings->snapshot, postings->chunk,
                      postings->list->postings_offset + postings->block_bytes, bytes, &at);
    if (status != STATUS_OK)
        return fail(postings, status);
    postings->last = at;
    postings->offsets = at + array;
    postings->position_starts = at + 2 * array;
    postings->bounds = at + 3 * array;
    fetch_sides(postings);
    return true;
}

/* --- Blocks ------------------------------------------------------------------------------------*/

static uint32_t articles_of_block(const struct postings *postings, uint32_t block)
{
    return block + 1 < postings->block_count ? LIST_BLOCK : postings->list->df - block * LIST_BLOCK;
}

static bool view_block(struct postings *postings, uint32_t block, const uint8_t **at,
                       const uint8_t **end)
{
    uint64_t start = 0, behind = postings->block_bytes;
    if (postings->offsets) {
        start = side(postings->offsets, block);
        if (block + 1 < postings->block_count)
            behind = side(postings->offsets, block + 1);
    }
    if (start >= behind || behind > postings->block_bytes || (block == 0 && start != 0))
        return fail(postings, STATUS_CORRUPT);
    enum status status = snapshot_view(postings->snapshot, postings->chunk,
                                       postings->list->postings_offset + start, behind - start, at);
    if (status != STATUS_OK)
        return fail(postings, status);
    *end = *at + (behind - start);
    return true;
}

static bool ranks_to_docs(struct postings *postings, uint32_t count);

/* The least number that a block may hold: of a word's list behind the last article before, of a
 * gram's as the side array says. */
static uint64_t base_of_block(const struct postings *postings, uint32_t block)
{
    if (block == 0)
        return 0;
    if (postings->chunk != CHUNK_POSTINGS)
        return side(postings->position_starts, block);
    return (uint64_t)side(postings->last, block - 1) + 1;
}

/* The articles of a block, compared with what the side arrays and the blocks read before say. */
static bool decode_docs(struct postings *postings, uint32_t block)
{
    const uint8_t *at, *end;
    uint32_t count = articles_of_block(postings, block);
    if (!view_block(postings, block, &at, &end))
        return false;
    uint64_t base = base_of_block(postings, block);
    if (base > DOC_BLOCK_GREATEST)
        return fail(postings, STATUS_CORRUPT);
    bool good = doc_block_decode(at, end, (uint32_t)base, count, postings->docs, &postings->counts);
    if (good && postings->leader && !ranks_to_docs(postings, count))
        return false;
    uint32_t last = good ? postings->docs[count - 1] : 0;
    if (!good || postings->docs[0] < postings->least || last >= articles_of_file(postings) ||
        (postings->last && last != side(postings->last, block)))
        return fail(postings, STATUS_CORRUPT);
    postings->least = (uint64_t)last + 1;
    postings->blocks_decoded++;
    return true;
}

/* Eight at a time, for vectors. */
static void fill_up(struct postings *postings)
{
    uint32_t *docs = postings->docs, i = postings->count;
    for (; i % 8; i++)
        docs[i] = POSTINGS_NO_DOC;
    for (; i < POSTINGS_BLOCK; i += 8)
        for (uint32_t j = 0; j < 8; j++)
            docs[i + j] = POSTINGS_NO_DOC;
}

static bool enter(struct postings *postings, uint32_t block)
{
    if (block >= postings->block_count) {
        postings->block = postings->block_count;
        postings->count = 0;
        return false;
    }
    if (!postings->only_count && !decode_docs(postings, block))
        return false;
    postings->block = block;
    postings->count = articles_of_block(postings, block);
    fill_up(postings);
    postings->has_tfs = false;
    return true;
}

/* Makes a block of the leader current, wherever it stands. */
static bool enter_leader(struct postings *postings, uint32_t block)
{
    struct postings *leader = postings->leader;
    if (leader->count && leader->block == block)
        return true;
    leader->least = 0;
    if (leader->status == STATUS_OK && enter(leader, block)) {
        postings->blocks_decoded++;
        return true;
    }
    return fail(postings, leader->status != STATUS_OK ? leader->status : STATUS_CORRUPT);
}

/* How many of the ranks from the i-th on, which ascend, are of one block of the leader. */
static uint32_t ranks_of_block(const uint32_t *ranks, uint32_t i, uint32_t count)
{
    uint32_t end = i + 1, block = ranks[i] / LIST_BLOCK;
    while (end < count && ranks[end] / LIST_BLOCK == block)
        end++;
    return end - i;
}

/* Puts articles in the place of their ranks in the leader's list, which ascend. While a block of it
 * is decoded the next one is on its way. */
static bool ranks_to_docs(struct postings *postings, uint32_t count)
{
    const struct postings *leader = postings->leader;
    uint32_t *docs = postings->docs;
    for (uint32_t i = 0; i < count;) {
        uint32_t block = docs[i] / LIST_BLOCK, first = block * LIST_BLOCK;
        uint32_t end = i + ranks_of_block(docs, i, count);
        if (end < count && docs[end] / LIST_BLOCK < leader->block_count)
            postings_fetch_block(leader, docs[end] / LIST_BLOCK);
        if (!enter_leader(postings, block))
            return false;
        if (docs[end - 1] - first >= leader->count || (i && leader->docs[0] <= docs[i - 1]))
            return fail(postings, STATUS_CORRUPT);
        for (; i < end; i++)
            docs[i] = leader->docs[docs[i] - first];
    }
    return true;
}

/* A list of one block is decoded at once, so that its last article is known. */
static enum status open_only_block(struct postings *postings)
{
    if (!postings->one_article && !decode_docs(postings, 0))
        return postings->status;
    postings->only_count = postings->list->df;
    return STATUS_OK;
}

static enum status open_list(struct postings *postings)
{
    postings->position_block = UINT32_MAX;
    postings->block_count = (uint32_t)list_blocks(postings->list->df);
    if (postings->block_count == 0)
        return STATUS_OK;
    uint64_t sides = list_side_bytes(postings->list->df, articles_of_file(postings));
    if (sides > postings->list->postings_bytes) {
        fail(postings, STATUS_CORRUPT);
        return postings->status;
    }
    postings->block_bytes = postings->list->postings_bytes - sides;
    if (postings->block_count == 1)
        return open_only_block(postings);
    view_sides(postings);
    return postings->status;
}

/* The arrays are large, and filled before they are looked at. */
static void clear(struct postings *postings, const struct snapshot *snapshot, enum chunk_id chunk)
{
    memset(postings, 0, offsetof(struct postings, docs));
    postings->snapshot = snapshot;
    postings->chunk = chunk;
}

enum status postings_open(struct postings *postings, const struct snapshot *snapshot,
                          const struct term *term, bool titles)
{
    clear(postings, snapshot, CHUNK_POSTINGS);
    postings->term = term;
    postings->list = titles ? &term->titles : &term->all;
    postings->one_article = term->one_article;
    postings->docs[0] = term->doc;
    return open_list(postings);
}

enum status postings_open_gram(struct postings *postings, const struct snapshot *snapshot,
                               const struct gram *gram, bool titles, struct postings *leader)
{
    assert(leader || !gram->ranked);
    clear(postings, snapshot, CHUNK_GRAMS);
    postings->list = titles ? &gram->titles : &gram->all;
    postings->leader = gram->ranked ? leader : NULL;
    postings->one_article = gram->one_article;
    postings->docs[0] = gram->place;
    if (gram->ranked && gram->one_article && !titles && !ranks_to_docs(postings, 1))
        return postings->status;
    return open_list(postings);
}

enum status postings_open_class(struct postings *postings, const struct snapshot *snapshot,
                                const struct gram *list, bool titles)
{
    clear(postings, snapshot, CHUNK_CLASSES);
    postings->list = titles ? &list->titles : &list->all;
    return open_list(postings);
}

bool postings_next_block(struct postings *postings)
{
    if (postings->status != STATUS_OK)
        return false;
    return enter(postings, postings->block + (postings->count ? 1 : 0));
}

/* How many of the last articles of 8 blocks are less than doc, in vectors. */
static uint32_t less_of_eight(const struct postings *postings, uint32_t block, uint32_t doc)
{
    uint32_t lasts[8], less = 0;
    memcpy(lasts, postings->last + (size_t)block * 4, sizeof lasts);
    for (uint32_t i = 0; i < 8; i++)
        lasts[i] = load_le32(&lasts[i]);
    for (uint32_t i = 0; i < 8; i++)
        less += (int32_t)lasts[i] < (int32_t)doc;
    return less;
}

/* By doubling steps, then by halves, then among 8 at once. */
static uint32_t find_last(const struct postings *postings, uint32_t from, uint32_t doc)
{
    uint32_t low = from, step = 8, count = postings->block_count;
    if (side(postings->last, from) >= doc)
        return from;
    for (; count - low > step && side(postings->last, low + step - 1) < doc; step *= 2)
        low += step;
    uint32_t left = count - low < step ? count - low : step;
    for (uint32_t half; left > 8; left -= half) {
        half = left / 2;
        low += side(postings->last, low + half - 1) < doc ? half : 0;
    }
    if (count - low >= 8)
        return low + less_of_eight(postings, low, doc);
    while (low < count && side(postings->last, low) < doc)
        low++;
    return low;
}

uint32_t postings_find_block(const struct postings *postings, uint32_t from, uint32_t doc)
{
    if (from >= postings->block_count || doc > DOC_BLOCK_GREATEST)
        return postings->block_count;
    if (!postings->last)
        return postings_block_last(postings, from) >= doc ? from : postings->block_count;
    return find_last(postings, from, doc);
}

void postings_fetch_block(const struct postings *postings, uint32_t block)
{
    enum { LINE = 64, LINES = 3 }; /* most blocks are no longer */
    if (!postings->last)
        return;
    const uint8_t *blocks = postings->last - postings->block_bytes;
    const uint8_t *at = blocks + side(postings->offsets, block);
    for (size_t line = 0; line < LINES; line++)
        __builtin_prefetch(at + line * LINE);
    __builtin_prefetch(postings->position_starts + (size_t)block * 4);
}

bool postings_enter_block(struct postings *postings, uint32_t block)
{
    if (postings->status != STATUS_OK || postings->block == postings->block_count)
        return false;
    return (postings->count && postings->block == block) || enter(postings, block);
}

bool postings_seek(struct postings *postings, uint32_t doc)
{
    if (postings->status != STATUS_OK || postings->block == postings->block_count)
        return false;
    if (postings->count && postings->docs[postings->count - 1] >= doc)
        return true;
    if (postings->only_count)
        return enter(postings, postings->docs[postings->only_count - 1] >= doc ? 0 : 1);
    uint32_t next = postings->block + (postings->count ? 1 : 0);
    __builtin_prefetch(postings->offsets + (size_t)next * 4); /* mostly the line that it will be */
    __builtin_prefetch(postings->position_starts + (size_t)next * 4);
    return enter(postings, postings_find_block(postings, next, doc)) &&
           (postings->docs[postings->count - 1] >= doc || fail(postings, STATUS_CORRUPT));
}

void postings_rewind(struct postings *postings)
{
    if (postings->status != STATUS_OK)
        return;
    postings->block = postings->count = 0;
    postings->least = 0;
    postings->has_tfs = false;
}

/* --- Counts ------------------------------------------------------------------------------------*/

/* Fills tfs and says their sum. */
static bool decode_tfs(struct postings *postings, uint64_t *sum)
{
    if (!postings->one_article)
        return doc_block_decode_counts(&postings->counts, postings->count, postings->tfs, sum);
    postings->tfs[0] = (uint32_t)postings->list->cf;
    *sum = postings->tfs[0];
    return true;
}

bool postings_read_tfs(struct postings *postings)
{
    uint64_t start = 0, behind = postings->list->cf, sum;
    if (postings->status != STATUS_OK || postings->count == 0)
        return false;
    if (postings->has_tfs)
        return true;
    bool of_gram = postings->chunk != CHUNK_POSTINGS, sides = postings->position_starts;
    if (sides && !of_gram) {
        start = side(postings->position_starts, postings->block);
        if (postings->block + 1 < postings->block_count)
            behind = side(postings->position_starts, postings->block + 1);
    }
    if (start > behind || behind > postings->list->cf || !decode_tfs(postings, &sum) ||
        sum > behind - start || (sum < behind - start && !(sides && of_gram)))
        return fail(postings, STATUS_CORRUPT);
    postings->start = start;
    postings->has_tfs = true;
    return true;
}

/* --- Positions ---------------------------------------------------------------------------------*/

static bool view_positions(struct postings *postings, uint64_t offset, uint64_t bytes,
                           const uint8_t **data)
{
    const struct term_list *list = postings->list;
    enum status status = STATUS_CORRUPT;
    if (offset <= list->positions_bytes && bytes <= list->positions_bytes - offset)
        status = snapshot_view(postings->snapshot, CHUNK_POSITIONS, list->positions_offset + offset,
                               bytes, data);
    return status == STATUS_OK || fail(postings, status);
}

/* Where a block of positions lies, by the base of its group and the lengths before it in the group.
 */
static bool locate_positions(struct postings *postings, uint32_t block, uint64_t *offset,
                             uint64_t *bytes)
{
    uint64_t directory = list_directory_bytes(postings->list->cf),
             blocks = list_blocks(postings->list->cf);
    uint32_t group = block / POSITION_GROUP, first = group * POSITION_GROUP;
    const uint8_t *lengths, *base;
    if (directory > postings->list->positions_bytes)
        return fail(postings, STATUS_CORRUPT);
    uint64_t data = postings->list->positions_bytes - directory;
    *offset = 0;
    *bytes = data;
    if (blocks == 1)
        return true;
    if (!view_positions(postings, data + (uint64_t)first * POSITION_LENGTH_BYTES,
                        (uint64_t)(block - first + 1) * POSITION_LENGTH_BYTES, &lengths) ||
        !view_positions(
            postings, data + blocks * POSITION_LENGTH_BYTES + (uint64_t)group * POSITION_BASE_BYTES,
            POSITION_BASE_BYTES, &base))
        return false;
    *offset = load_le32(base);
    for (uint32_t i = 0; i < block - first; i++)
        *offset += load_le16(lengths + (size_t)i * POSITION_LENGTH_BYTES);
    *bytes = load_le16(lengths + (size_t)(block - first) * POSITION_LENGTH_BYTES);
    return (*offset <= data && *bytes <= data - *offset) || fail(postings, STATUS_CORRUPT);
}

static bool decode_position_block(struct postings *postings, uint32_t block)
{
    uint64_t offset, bytes, first = (uint64_t)block * LIST_BLOCK;
    const uint8_t *at;
    if (postings->position_block == block)
        return true;
    postings->position_block = UINT32_MAX;
    if (!locate_positions(postings, block, &offset, &bytes) ||
        !view_positions(postings, offset, bytes, &at))
        return false;
    uint64_t left = postings->list->cf - first;
    uint32_t count = left < LIST_BLOCK ? (uint32_t)left : LIST_BLOCK;
    if (rice_decode(at, at + bytes, count, postings->position_values) != at + bytes)
        return fail(postings, STATUS_CORRUPT);
    postings->position_block = block;
    return true;
}

enum { FEW = 16 }; /* values for which a call does not pay */

/* The numbers that ascend from next on; false where one is over the greatest position. */
static inline bool ascend(const uint32_t *values, uint32_t count, uint32_t next, uint32_t *out)
{
    uint64_t sum = next;
    if (count >= FEW)
        return kernel()->ascend(values, count, next, out) && out[count - 1] <= STORE_MAX_POSITION;
    for (uint32_t i = 0; i < count; i++) {
        sum += values[i];
        out[i] = (uint32_t)sum++;
    }
    return sum - 1 <= STORE_MAX_POSITION;
}

/* From values of the list to positions, none of which is less than next: the first stands for
 * itself, the others for their distances. Ends with the block in which one is over `most`; returns
 * what is behind the last, NULL with a bad status. */
static inline __attribute__((always_inline)) uint32_t *
append_positions(struct postings *postings, uint64_t start, uint32_t tf, uint32_t next,
                 uint32_t most, uint32_t *out)
{
    for (uint64_t at = start, end = start + tf; at < end && next <= most;) {
        uint32_t within = (uint32_t)(at % LIST_BLOCK), here = LIST_BLOCK - within;
        if (end - at < here)
            here = (uint32_t)(end - at);
        if (!decode_position_block(postings, (uint32_t)(at / LIST_BLOCK)))
            return NULL;
        if (!ascend(postings->position_values + within, here, next, out)) {
            fail(postings, STATUS_CORRUPT);
            return NULL;
        }
        next = out[here - 1] + 1;
        out += here;
        at += here;
    }
    return out;
}

uint64_t postings_count_positions(const struct postings *postings, uint32_t i, uint32_t end)
{
    return kernel()->sum_high(postings->tfs + i, end - i, 0);
}

/* The number of the article's first position in the list. */
static uint64_t start_of(const struct postings *postings, uint32_t i)
{
    return postings->start + postings_count_positions(postings, 0, i);
}

bool postings_read_positions_to(struct postings *postings, uint32_t i, uint32_t most,
                                struct bytes *out)
{
    assert(postings->chunk == CHUNK_POSTINGS); /* grams have none */
    bytes_clear(out);
    if (i >= postings->count || !postings_read_tfs(postings))
        return false;
    uint32_t tf = postings->tfs[i];
    if (postings->term->is_inline) {
        bytes_append(out, postings->term->positions, tf * sizeof(uint32_t));
        return out->status == STATUS_OK || fail(postings, out->status);
    }
    uint32_t *at = (uint32_t *)(void *)bytes_extend(out, (size_t)tf * sizeof *at);
    if (!at)
        return fail(postings, out->status);
    const uint32_t *behind = append_positions(postings, start_of(postings, i), tf, 0, most, at);
    out->size = behind ? (size_t)(behind - at) * sizeof *at : 0;
    return behind != NULL;
}

bool postings_read_more_positions(struct postings *postings, uint32_t i, uint32_t count,
                                  struct bytes *out)
{
    uint32_t held = (uint32_t)(out->size / sizeof(uint32_t)), left = postings->tfs[i] - held;
    assert(postings->has_tfs && !postings->term->is_inline && held <= postings->tfs[i]);
    count = count < left ? count : left;
    uint32_t *at = (uint32_t *)(void *)bytes_extend(out, (size_t)count * sizeof *at);
    if (!at)
        return count == 0 || fail(postings, out->status);
    uint32_t next = held ? at[-1] + 1 : 0;
    return append_positions(postings, start_of(postings, i) + held, count, next, UINT32_MAX, at);
}

bool postings_read_values(struct postings *postings, uint32_t i, uint32_t end, uint32_t *out)
{
    assert(postings->chunk == CHUNK_POSTINGS && postings->has_tfs && end <= postings->count);
    if (i >= end)
        return true;
    if (postings->term->is_inline) {
        const uint32_t *positions = postings->term->positions;
        for (uint32_t k = 0; k < postings->tfs[0]; k++)
            out[k] = k ? positions[k] - positions[k - 1] - 1 : positions[0];
        return true;
    }
    uint64_t at = start_of(postings, i), stop = at + postings_count_positions(postings, i, end);
    while (at < stop) {
        uint32_t within = (uint32_t)(at % LIST_BLOCK), here = LIST_BLOCK - within;
        if (stop - at < here)
            here = (uint32_t)(stop - at);
        if (!decode_position_block(postings, (uint32_t)(at / LIST_BLOCK)))
            return false;
        memcpy(out, postings->position_values + within, here * sizeof *out);
        out += here;
        at += here;
    }
    return true;
}

void postings_release(struct postings *postings)
{
    postings->block = postings->block_count = postings->count = 0;
}
