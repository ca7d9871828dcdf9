#include "store/lexicon_read.h"

#include "base/endian.h"
#include "codec/reader.h"
#include "store/key.h"
#include "store/lexicon_blocks.h"
#include "store/lexicon_entry.h"
#include "store/lexicon_layout.h"

enum {
    NEAR_BLOCKS = 512,                           /* whose keys are viewed at once */
    ROOTED_BLOCKS = LEXICON_ROOTS * NEAR_BLOCKS, /* the most that roots are made of, when opened */
    LINE_BYTES = 64,
    AHEAD_BYTES = 16 * LINE_BYTES, /* that are fetched together */
};

/* Keys that fail their checksum are left for the question that needs them to tell of. */
static void plant_roots(struct lexicon *lexicon)
{
    const uint8_t *keys;
    uint32_t blocks = lexicon->block_count;
    if (blocks == 0 || blocks > ROOTED_BLOCKS ||
        snapshot_view(lexicon->snapshot, CHUNK_LEXICON, lexicon->keys_offset,
                      (uint64_t)blocks * LEXICON_ENTRY_BYTES, &keys) != STATUS_OK)
        return;
    lexicon->root_step = (blocks + LEXICON_ROOTS - 1) / LEXICON_ROOTS;
    for (uint32_t block = 0; block < blocks; block += lexicon->root_step)
        lexicon->roots[lexicon->root_count++] =
            load_le64(keys + (size_t)block * LEXICON_ENTRY_BYTES);
}

enum status lexicon_open(struct lexicon *lexicon, const struct snapshot *snapshot)
{
    const uint8_t *footer;
    uint64_t left;
    *lexicon = (struct lexicon){.snapshot = snapshot};
    enum status status =
        snapshot_footer(snapshot, CHUNK_LEXICON, LEXICON_FOOTER_BYTES, &footer, &left);
    if (status != STATUS_OK)
        return status;
    lexicon->term_count = load_le64(footer);
    lexicon->data_bytes = load_le64(footer + 8);
    lexicon->block_count = load_le32(footer + 16);
    uint64_t blocks =
        lexicon->term_count / LEXICON_BLOCK + (lexicon->term_count % LEXICON_BLOCK > 0);
    if (load_le32(footer + 20) != LEXICON_BLOCK || blocks != lexicon->block_count ||
        lexicon->data_bytes > left)
        return STATUS_CORRUPT;
    lexicon->keys_offset = chunk_padded(lexicon->data_bytes);
    lexicon->blocks_offset = lexicon->keys_offset + blocks * LEXICON_ENTRY_BYTES;
    if (lexicon->blocks_offset + blocks * LEXICON_ENTRY_BYTES != left)
        return STATUS_CORRUPT;
    plant_roots(lexicon);
    return STATUS_OK;
}

/* --- Blocks ------------------------------------------------------------------------------------*/

/* What is read soon, all of it at once: one after the other its lines would be waited for. */
static void fetch(const uint8_t *data, uint64_t bytes)
{
    for (uint64_t at = 0; at < bytes && at < AHEAD_BYTES; at += LINE_BYTES)
        __builtin_prefetch(data + at);
}

static enum status number_at(const struct lexicon *lexicon, uint64_t offset, uint32_t block,
                             uint64_t *number)
{
    const uint8_t *at;
    enum status status =
        snapshot_view(lexicon->snapshot, CHUNK_LEXICON,
                      offset + (uint64_t)block * LEXICON_ENTRY_BYTES, LEXICON_ENTRY_BYTES, &at);
    if (status == STATUS_OK)
        *number = load_le64(at);
    return status;
}

enum status lexicon_block_key(const struct lexicon *lexicon, uint32_t block, uint64_t *number)
{
    return number_at(lexicon, lexicon->keys_offset, block, number);
}

enum status lexicon_block_bytes(const struct lexicon *lexicon, uint32_t block, struct slice *bytes)
{
    uint64_t start, end = lexicon->data_bytes;
    const uint8_t *data;
    enum status status = number_at(lexicon, lexicon->blocks_offset, block, &start);
    if (status == STATUS_OK && block + 1 < lexicon->block_count)
        status = number_at(lexicon, lexicon->blocks_offset, block + 1, &end);
    if (status != STATUS_OK)
        return status;
    if (start >= end || end > lexicon->data_bytes)
        return STATUS_CORRUPT;
    status = snapshot_view(lexicon->snapshot, CHUNK_LEXICON, start, end - start, &data);
    if (status != STATUS_OK)
        return status;
    fetch(data, end - start);
    *bytes = slice_of(data, (size_t)(end - start));
    return STATUS_OK;
}

static enum status first_key(const struct lexicon *lexicon, uint32_t block, struct slice *key)
{
    struct slice bytes;
    enum status status = lexicon_block_bytes(lexicon, block, &bytes);
    if (status != STATUS_OK)
        return status;
    struct reader reader = reader_of(bytes);
    reader_varint(&reader);
    reader_varint(&reader);
    uint64_t shared = reader_varint(&reader);
    *key = reader_string(&reader);
    return reader.ok && shared == 0 && key->size <= KEY_MAX_BYTES ? STATUS_OK : STATUS_CORRUPT;
}

static enum status lists_begin(const struct lexicon *lexicon, uint32_t block, uint64_t *postings)
{
    struct slice bytes;
    enum status status = lexicon_block_bytes(lexicon, block, &bytes);
    if (status != STATUS_OK)
        return status;
    struct reader reader = reader_of(bytes);
    *postings = reader_varint(&reader);
    return reader.ok ? STATUS_OK : STATUS_CORRUPT;
}

/* Nobody asks the last one where its lists end. */
enum status lexicon_block_fills(const struct lexicon *lexicon, uint32_t block, uint64_t bytes,
                                bool *fills)
{
    uint64_t from, to;
    *fills = true;
    if (block + 1 >= lexicon->block_count)
        return STATUS_OK;
    enum status status = lists_begin(lexicon, block, &from);
    if (status == STATUS_OK)
        status = lists_begin(lexicon, block + 1, &to);
    if (status == STATUS_OK)
        *fills = to < from || to - from >= bytes;
    return status;
}

/* Whether a block's first key is not greater than the one looked for. */
static enum status begins_before(const struct lexicon *lexicon, uint32_t block, struct slice key,
                                 uint64_t number, bool *before)
{
    uint64_t first = 0;
    enum status status = number_at(lexicon, lexicon->keys_offset, block, &first);
    *before = first < number;
    if (status != STATUS_OK || first != number)
        return status;
    struct slice full;
    status = first_key(lexicon, block, &full);
    if (status == STATUS_OK && lexicon_key_number(full) != number)
        status = STATUS_CORRUPT;
    *before = status == STATUS_OK && slice_compare(full, key) <= 0;
    return status;
}

/* How many roots are less than a number. */
static uint32_t roots_below(const struct lexicon *lexicon, uint64_t number)
{
    const uint64_t *roots = lexicon->roots;
    uint32_t from = 0, left = lexicon->root_count;
    while (left > 1) {
        uint32_t half = left / 2;
        from = roots[from + half - 1] < number ? from + half : from;
        left -= half;
    }
    return from + (left && roots[from] < number);
}

struct block_range { /* begins before the key, or is 0; does not begin before it, or is the end */
    uint32_t low, high;
};

static struct block_range between_roots(const struct lexicon *lexicon, uint64_t number)
{
    uint32_t below = roots_below(lexicon, number), behind = below;
    while (behind < lexicon->root_count && lexicon->roots[behind] == number)
        behind++;
    return (struct block_range){below ? (below - 1) * lexicon->root_step : 0,
                                behind < lexicon->root_count ? behind * lexicon->root_step
                                                             : lexicon->block_count};
}

static enum status halve(const struct lexicon *lexicon, struct slice key, uint64_t number,
                         struct block_range *range)
{
    uint32_t middle = range->low + (range->high - range->low) / 2;
    bool before;
    enum status status = begins_before(lexicon, middle, key, number, &before);
    if (before)
        range->low = middle;
    else
        range->high = middle;
    return status;
}

/* The keys of a short range, which are asked of memory at once with where their blocks begin. */
static enum status view_near(const struct lexicon *lexicon, const struct block_range *range,
                             const uint8_t **keys)
{
    uint64_t bytes = (uint64_t)(range->high - range->low) * LEXICON_ENTRY_BYTES;
    enum status status = snapshot_view(
        lexicon->snapshot, CHUNK_LEXICON,
        lexicon->keys_offset + (uint64_t)range->low * LEXICON_ENTRY_BYTES, bytes, keys);
    if (status != STATUS_OK)
        return status;
    fetch(*keys, bytes);
    fetch(*keys + (lexicon->blocks_offset - lexicon->keys_offset), bytes);
    return STATUS_OK;
}

/* Halves a short range: only where a key's first bytes are the very same is more than its number
 * looked at. */
static enum status search_near(const struct lexicon *lexicon, struct slice key, uint64_t number,
                               struct block_range *range)
{
    const uint8_t *keys;
    uint32_t low = range->low;
    enum status status = view_near(lexicon, range, &keys);
    while (status == STATUS_OK && range->high - range->low > 1) {
        uint32_t middle = range->low + (range->high - range->low) / 2;
        uint64_t first = load_le64(keys + (size_t)(middle - low) * LEXICON_ENTRY_BYTES);
        if (first == number)
            status = halve(lexicon, key, number, range);
        else if (first < number)
            range->low = middle;
        else
            range->high = middle;
    }
    return status;
}

enum status lexicon_block_of(const struct lexicon *lexicon, struct slice key, uint32_t *block)
{
    uint64_t number = lexicon_key_number(key);
    enum status status = STATUS_OK;
    struct block_range range = between_roots(lexicon, number);
    while (range.high - range.low > NEAR_BLOCKS && status == STATUS_OK)
        status = halve(lexicon, key, number, &range);
    if (status == STATUS_OK && range.high - range.low > 1)
        status = search_near(lexicon, key, number, &range);
    *block = range.low;
    return status;
}

/* --- The cursor --------------------------------------------------------------------------------*/

static bool cursor_fail(struct lexicon_cursor *cursor, enum status status)
{
    cursor->status = status;
    cursor->left = 0;
    return false;
}

uint32_t lexicon_block_terms(const struct lexicon *lexicon, uint32_t block)
{
    if (block + 1 < lexicon->block_count)
        return LEXICON_BLOCK;
    return (uint32_t)(lexicon->term_count - (uint64_t)block * LEXICON_BLOCK);
}

static bool enter_block(struct lexicon_cursor *cursor)
{
    enum status status = lexicon_block_bytes(cursor->lexicon, cursor->block, &cursor->rest);
    if (status != STATUS_OK)
        return cursor_fail(cursor, status);
    struct reader reader = reader_of(cursor->rest);
    uint64_t postings = reader_varint(&reader), positions = reader_varint(&reader);
    bool goes_on = !cursor->walking ||
                   (postings == cursor->postings_offset && positions == cursor->positions_offset);
    if (!reader.ok || !goes_on)
        return cursor_fail(cursor, STATUS_CORRUPT);
    cursor->rest = slice_of(reader.at, reader_left(&reader));
    cursor->postings_offset = postings;
    cursor->positions_offset = positions;
    cursor->left = lexicon_block_terms(cursor->lexicon, cursor->block++);
    return true;
}

/* Whether the key that goes on with suffix, where the one before it goes on with old, is greater,
 * and shares no more than it says. */
static bool ascends(const struct lexicon_cursor *cursor, struct slice old, struct slice suffix,
                    bool first)
{
    if (suffix.size == 0)
        return false;
    if (first)
        return !cursor->walking || slice_compare(old, suffix) < 0;
    return old.size == 0 || (uint8_t)old.data[0] < (uint8_t)suffix.data[0];
}

static bool read_key(struct lexicon_cursor *cursor, struct reader *reader, bool first)
{
    struct bytes *key = &cursor->key;
    uint64_t shared = reader_varint(reader);
    struct slice suffix = reader_string(reader);
    if (!reader->ok || (first && shared != 0) || shared > key->size ||
        suffix.size > KEY_MAX_BYTES - shared ||
        !ascends(cursor, slice_from(bytes_slice(key), (size_t)shared), suffix, first))
        return false;
    key->size = (size_t)shared;
    bytes_append_slice(key, suffix);
    return true;
}

static bool read_entry(struct lexicon_cursor *cursor)
{
    if (!cursor->left && !enter_block(cursor))
        return false;
    uint32_t place = lexicon_block_terms(cursor->lexicon, cursor->block - 1) - cursor->left;
    struct reader reader = reader_of(cursor->rest);
    if (!read_key(cursor, &reader, place == 0) ||
        !lexicon_entry_read(&reader, cursor->lexicon->snapshot, cursor->postings_offset,
                            cursor->positions_offset, &cursor->term))
        return cursor_fail(cursor, STATUS_CORRUPT);
    if (cursor->key.status != STATUS_OK)
        return cursor_fail(cursor, cursor->key.status);
    cursor->term.number = (cursor->block - 1) * LEXICON_BLOCK + place;
    lexicon_entry_end(&cursor->term, &cursor->postings_offset, &cursor->positions_offset);
    cursor->rest = slice_of(reader.at, reader_left(&reader));
    cursor->walking = true;
    if (--cursor->left == 0 && cursor->rest.size)
        return cursor_fail(cursor, STATUS_CORRUPT);
    return true;
}

void lexicon_seek(struct lexicon_cursor *cursor, const struct lexicon *lexicon, struct slice from)
{
    struct bytes key = cursor->key;
    bytes_clear(&key);
    *cursor = (struct lexicon_cursor){.lexicon = lexicon, .key = key};
    cursor->status = lexicon_block_of(lexicon, from, &cursor->block);
    while (cursor->status == STATUS_OK && (cursor->left || cursor->block < lexicon->block_count)) {
        if (!read_entry(cursor))
            return;
        cursor->waiting = slice_compare(bytes_slice(&cursor->key), from) >= 0;
        if (cursor->waiting)
            return;
    }
}

void lexicon_seek_block(struct lexicon_cursor *cursor, const struct lexicon *lexicon,
                        uint32_t block)
{
    struct bytes key = cursor->key;
    bytes_clear(&key);
    *cursor = (struct lexicon_cursor){.lexicon = lexicon, .key = key, .block = block};
}

/* No key has the byte 0xFF: it is in no UTF-8. */
enum status lexicon_range(const struct lexicon *lexicon, struct slice prefix, uint32_t *first,
                          uint32_t *end)
{
    struct bytes behind = {0};
    *first = *end = 0;
    if (lexicon->block_count == 0)
        return STATUS_OK;
    bytes_append_slice(&behind, prefix);
    bytes_put_u8(&behind, 0xFF);
    enum status status = behind.status;
    if (status == STATUS_OK)
        status = lexicon_block_of(lexicon, prefix, first);
    if (status == STATUS_OK)
        status = lexicon_block_of(lexicon, bytes_slice(&behind), end);
    ++*end;
    bytes_release(&behind);
    return status;
}

bool lexicon_next(struct lexicon_cursor *cursor)
{
    if (cursor->status != STATUS_OK)
        return false;
    if (cursor->waiting) {
        cursor->waiting = false;
        return true;
    }
    if (!cursor->left && cursor->block >= cursor->lexicon->block_count)
        return false;
    return read_entry(cursor);
}

void lexicon_cursor_release(struct lexicon_cursor *cursor)
{
    bytes_release(&cursor->key);
    cursor->left = 0;
}

/* --- One key -----------------------------------------------------------------------------------*/

/* Goes on matching the key with an entry's suffix. Returns <0, 0 or >0 as the entry compares to the
 * key. */
static int match_suffix(struct slice key, struct slice suffix, size_t *matched)
{
    struct slice rest = slice_from(key, *matched);
    size_t n = rest.size < suffix.size ? rest.size : suffix.size, same = 0;
    while (same < n && rest.data[same] == suffix.data[same])
        same++;
    *matched += same;
    if (same < n)
        return (uint8_t)suffix.data[same] < (uint8_t)rest.data[same] ? -1 : 1;
    return (suffix.size > rest.size) - (suffix.size < rest.size);
}

static enum status read_found(const struct lexicon *lexicon, struct reader *reader,
                              uint64_t postings, uint64_t positions, uint32_t number,
                              struct term *term)
{
    if (!lexicon_entry_read(reader, lexicon->snapshot, postings, positions, term))
        return STATUS_CORRUPT;
    term->number = number;
    return STATUS_OK;
}

struct found_entry { /* whose counts the reader is at */
    struct reader reader;
    uint64_t postings, positions; /* where its lists begin, if that was wanted */
    uint32_t number;
};

/* Walks the entries of a block. matched bytes are what the key and the entry before have in common,
 * and that entry is less; an entry that shares more with it is less too, and one that shares less
 * is greater: most are never compared, and no key is put together. */
static inline enum status walk_block(const struct lexicon *lexicon, uint32_t block,
                                     struct slice key, bool with_lists, struct found_entry *entry)
{
    struct slice bytes;
    enum status status = lexicon_block_bytes(lexicon, block, &bytes);
    if (status != STATUS_OK)
        return status;
    struct reader reader = reader_of(bytes);
    uint64_t postings = reader_varint(&reader), positions = reader_varint(&reader);
    size_t matched = 0;
    uint32_t count = lexicon_block_terms(lexicon, block);
    for (uint32_t place = 0; place < count && reader.ok; place++) {
        uint64_t shared = reader_varint(&reader);
        struct slice suffix = reader_string(&reader);
        int order = shared > matched   ? -1
                    : shared < matched ? 1
                                       : match_suffix(key, suffix, &matched);
        if (order > 0)
            return reader.ok ? STATUS_NOT_FOUND : STATUS_CORRUPT;
        if (order == 0) {
            *entry =
                (struct found_entry){reader, postings, positions, block * LEXICON_BLOCK + place};
            return STATUS_OK;
        }
        if (with_lists)
            lexicon_entry_skip(&reader, &postings, &positions);
        else
            lexicon_entry_pass(&reader);
    }
    return reader.ok ? STATUS_NOT_FOUND : STATUS_CORRUPT;
}

static enum status find_in_block(const struct lexicon *lexicon, uint32_t block, struct slice key,
                                 struct term *term)
{
    struct found_entry entry;
    enum status status = walk_block(lexicon, block, key, true, &entry);
    if (status != STATUS_OK)
        return status;
    return read_found(lexicon, &entry.reader, entry.postings, entry.positions, entry.number, term);
}

enum status lexicon_count(const struct lexicon *lexicon, struct slice key, uint32_t *df)
{
    struct found_entry entry;
    uint64_t cf;
    uint32_t block;
    *df = 0;
    if (lexicon->block_count == 0)
        return STATUS_NOT_FOUND;
    enum status status = lexicon_block_of(lexicon, key, &block);
    if (status == STATUS_OK)
        status = walk_block(lexicon, block, key, false, &entry);
    if (status == STATUS_OK && !lexicon_entry_counts(&entry.reader, lexicon->snapshot, df, &cf))
        status = STATUS_CORRUPT;
    return status;
}

enum status lexicon_may_fill(const struct lexicon *lexicon, struct slice key, uint64_t bytes,
                             bool *may)
{
    uint32_t block;
    *may = false;
    if (lexicon->block_count == 0)
        return STATUS_OK;
    enum status status = lexicon_block_of(lexicon, key, &block);
    return status == STATUS_OK ? lexicon_block_fills(lexicon, block, bytes, may) : status;
}

void lexicon_fetch(const struct lexicon *lexicon, struct slice key)
{
    const uint8_t *keys;
    struct block_range range = between_roots(lexicon, lexicon_key_number(key));
    if (range.high > range.low && range.high - range.low <= NEAR_BLOCKS)
        view_near(lexicon, &range, &keys); /* what fails is told by the step that needs it */
}

enum status lexicon_place(const struct lexicon *lexicon, struct slice key, uint32_t *block)
{
    struct slice bytes;
    *block = 0;
    if (lexicon->block_count == 0)
        return STATUS_OK;
    enum status status = lexicon_block_of(lexicon, key, block);
    return status == STATUS_OK ? lexicon_block_bytes(lexicon, *block, &bytes) : status;
}

enum status lexicon_find_at(const struct lexicon *lexicon, struct slice key, uint32_t block,
                            struct term *term)
{
    return lexicon->block_count ? find_in_block(lexicon, block, key, term) : STATUS_NOT_FOUND;
}

enum status lexicon_find(const struct lexicon *lexicon, struct slice key, struct term *term)
{
    uint32_t block;
    if (lexicon->block_count == 0)
        return STATUS_NOT_FOUND;
    enum status status = lexicon_block_of(lexicon, key, &block);
    return status == STATUS_OK ? find_in_block(lexicon, block, key, term) : status;
}

enum status lexicon_read_at(const struct lexicon *lexicon, uint32_t number, struct term *term)
{
    struct slice bytes;
    if (number >= lexicon->term_count)
        return STATUS_NOT_FOUND;
    enum status status = lexicon_block_bytes(lexicon, number / LEXICON_BLOCK, &bytes);
    if (status != STATUS_OK)
        return status;
    struct reader reader = reader_of(bytes);
    uint64_t postings = reader_varint(&reader), positions = reader_varint(&reader);
    for (uint32_t left = number % LEXICON_BLOCK; left; left--) {
        reader_varint(&reader);
        reader_string(&reader);
        lexicon_entry_skip(&reader, &postings, &positions);
    }
    reader_varint(&reader);
    reader_string(&reader);
    return read_found(lexicon, &reader, postings, positions, number, term);
}

enum status lexicon_key_at(const struct lexicon *lexicon, uint32_t number, struct bytes *key)
{
    struct slice bytes;
    bytes_clear(key);
    if (number >= lexicon->term_count)
        return STATUS_NOT_FOUND;
    enum status status = lexicon_block_bytes(lexicon, number / LEXICON_BLOCK, &bytes);
    if (status != STATUS_OK)
        return status;
    struct reader reader = reader_of(bytes);
    uint64_t postings = reader_varint(&reader), positions = reader_varint(&reader);
    for (uint32_t left = number % LEXICON_BLOCK + 1; left; left--) {
        uint64_t shared = reader_varint(&reader);
        struct slice suffix = reader_string(&reader);
        if (!reader.ok || shared > key->size || suffix.size > KEY_MAX_BYTES - shared)
            return STATUS_CORRUPT;
        key->size = (size_t)shared;
        bytes_append_slice(key, suffix);
        if (left > 1)
            lexicon_entry_skip(&reader, &postings, &positions);
    }
    return key->status;
}
