#include "store/lexicon_scan.h"

#include <string.h>

#include "store/key.h"
#include "store/lexicon_blocks.h"
#include "store/lexicon_entry.h"
#include "store/lexicon_layout.h"

_Static_assert((int)LEXICON_SCAN_WORDS == (int)LEXICON_BLOCK, "the words of a block");

static bool fail(struct lexicon_scan *scan, enum status status)
{
    scan->status = status;
    scan->left = 0;
    return false;
}

/* Before the first entry of a block. */
static bool enter(struct lexicon_scan *scan, uint32_t block)
{
    struct slice bytes;
    enum status status = lexicon_block_bytes(scan->lexicon, block, &bytes);
    if (status != STATUS_OK)
        return fail(scan, status);
    scan->reader = reader_of(bytes);
    scan->postings_offset = reader_varint(&scan->reader);
    scan->positions_offset = reader_varint(&scan->reader);
    scan->block_data = (const uint8_t *)bytes.data;
    scan->block_postings = scan->postings_offset;
    scan->block_positions = scan->positions_offset;
    scan->block = block;
    scan->left = lexicon_block_terms(scan->lexicon, block);
    scan->blocks++;
    return scan->reader.ok || fail(scan, STATUS_CORRUPT);
}

static size_t shared_of(const struct bytes *key, struct slice other)
{
    size_t most = key->size < other.size ? key->size : other.size, i = 0;
    while (i < most && key->data[i] == (uint8_t)other.data[i])
        i++;
    return i;
}

/* As bytes_append_slice does; most are short, and copied with what stands behind them. */
static void append(struct bytes *key, struct slice suffix, const uint8_t *end)
{
    enum { SHORT = 16 };
    const uint8_t *data = (const uint8_t *)suffix.data;
    if (suffix.size > SHORT || end - data < SHORT || key->capacity - key->size < SHORT) {
        bytes_append_slice(key, suffix);
        return;
    }
    memcpy(key->data + key->size, data, SHORT);
    key->size += suffix.size;
}

/* Takes the key that the reader stands at, which goes on with suffix behind `shared` bytes. */
static bool take(struct lexicon_scan *scan, uint64_t shared, struct slice suffix, bool first)
{
    struct bytes *key = &scan->key;
    if (!scan->reader.ok || shared > key->size || (first && shared) || suffix.size == 0 ||
        suffix.size > KEY_MAX_BYTES - shared)
        return fail(scan, STATUS_CORRUPT);
    scan->shared = (uint32_t)(first ? shared_of(key, suffix) : shared);
    key->size = (size_t)shared;
    append(key, suffix, scan->reader.end);
    scan->number = scan->block * LEXICON_BLOCK +
                   (lexicon_block_terms(scan->lexicon, scan->block) - scan->left);
    scan->left--;
    return key->status == STATUS_OK || fail(scan, key->status);
}

/* Of a block whose terms' lists are too short nothing is looked at but the first key. */
static bool pass(struct lexicon_scan *scan)
{
    bool fills = true;
    enum status status = STATUS_OK;
    if (scan->least_bytes)
        status = lexicon_block_fills(scan->lexicon, scan->block, scan->least_bytes, &fills);
    if (status != STATUS_OK)
        return fail(scan, status);
    scan->passed = !fills;
    if (scan->passed)
        scan->left = 0;
    return true;
}

static bool read_first(struct lexicon_scan *scan, uint32_t block)
{
    if (block >= scan->lexicon->block_count || !enter(scan, block))
        return false;
    uint64_t shared = reader_varint(&scan->reader);
    return take(scan, shared, reader_string(&scan->reader), true) && pass(scan);
}

static void skip_entry(struct lexicon_scan *scan)
{
    if (scan->quick)
        lexicon_entry_pass(&scan->reader);
    else
        lexicon_entry_skip(&scan->reader, &scan->postings_offset, &scan->positions_offset);
}

bool lexicon_scan_next(struct lexicon_scan *scan)
{
    if (scan->status != STATUS_OK)
        return false;
    if (scan->left == 0)
        return read_first(scan, scan->block + 1);
    skip_entry(scan);
    uint64_t shared = reader_varint(&scan->reader);
    return take(scan, shared, reader_string(&scan->reader), false);
}

bool lexicon_scan_seek(struct lexicon_scan *scan, const struct lexicon *lexicon, struct slice from)
{
    uint32_t block;
    struct bytes key = scan->key;
    bytes_clear(&key);
    *scan = (struct lexicon_scan){.lexicon = lexicon,
                                  .quick = scan->quick,
                                  .least_bytes = scan->least_bytes,
                                  .key = key,
                                  .blocks = scan->blocks};
    if (lexicon->block_count == 0)
        return false;
    enum status status = lexicon_block_of(lexicon, from, &block);
    if (status != STATUS_OK)
        return fail(scan, status);
    bool good = read_first(scan, block);
    while (good && slice_compare(bytes_slice(&scan->key), from) < 0)
        good = lexicon_scan_next(scan);
    return good;
}

/* Whether the first key of a block begins with the current one's first bytes. */
static bool begins_so(struct lexicon_scan *scan, uint32_t block, uint64_t number, size_t bytes)
{
    uint64_t first;
    enum status status = lexicon_block_key(scan->lexicon, block, &first);
    if (status != STATUS_OK)
        return fail(scan, status);
    return (first ^ number) >> (64 - 8 * bytes) == 0;
}

/* The last block whose first key begins with the current one's first bytes; the current one where
 * that is none. Doubling steps, then halves. */
static uint32_t last_alike(struct lexicon_scan *scan, size_t bytes)
{
    uint64_t number = lexicon_key_number(slice_of(scan->key.data, bytes));
    uint32_t low = scan->block, step = 1, end = scan->lexicon->block_count;
    while (step < end - low && begins_so(scan, low + step, number, bytes)) {
        low += step;
        step *= 2;
    }
    uint32_t high = step < end - low ? low + step : end; /* is not alike */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (begins_so(scan, middle, number, bytes))
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Behind the entries of the block whose keys begin so; false at its end. */
static bool past_in_block(struct lexicon_scan *scan, size_t bytes)
{
    while (scan->left) {
        skip_entry(scan);
        uint64_t shared = reader_varint(&scan->reader);
        struct slice suffix = reader_string(&scan->reader);
        if (shared < bytes || !scan->reader.ok)
            return take(scan, shared, suffix, false);
        scan->left--;
    }
    return false;
}

bool lexicon_scan_past(struct lexicon_scan *scan, size_t bytes)
{
    enum { NUMBER_BYTES = 8 };
    if (scan->status != STATUS_OK)
        return false;
    if (bytes == 0)
        return false;
    for (;;) {
        if (past_in_block(scan, bytes))
            return true;
        if (scan->status != STATUS_OK)
            return false;
        uint32_t block = bytes <= NUMBER_BYTES ? last_alike(scan, bytes) : scan->block;
        if (scan->status != STATUS_OK || !read_first(scan, block > scan->block ? block : block + 1))
            return false;
        if (scan->shared < bytes)
            return true;
    }
}

/* The last block, from the current one on, whose first key is less by its number; doubling steps,
 * then halves. */
static uint32_t last_before(struct lexicon_scan *scan, uint64_t number)
{
    uint32_t low = scan->block, step = 1, end = scan->lexicon->block_count;
    uint64_t first = 0;
    while (scan->status == STATUS_OK && step < end - low) {
        scan->status = lexicon_block_key(scan->lexicon, low + step, &first);
        if (first >= number)
            break;
        low += step;
        step *= 2;
    }
    uint32_t high = step < end - low ? low + step : end; /* is not before */
    while (scan->status == STATUS_OK && high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        scan->status = lexicon_block_key(scan->lexicon, middle, &first);
        if (first < number)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* How a key that goes on with suffix behind the first *matched bytes of `to` compares with it; what
 * it has in common is added to *matched where it is less. */
static bool is_less(struct slice suffix, struct slice to, size_t *matched)
{
    size_t i = 0, left = to.size - *matched;
    const char *rest = to.data + *matched;
    while (i < suffix.size && i < left && suffix.data[i] == rest[i])
        i++;
    if (i == left || (i < suffix.size && (uint8_t)suffix.data[i] > (uint8_t)rest[i]))
        return false;
    *matched += i;
    return true;
}

/* The current key is less than `to` and has its first `matched` bytes. Goes on in its block without
 * putting keys together: what shares more with the one before than that one with `to` is less as
 * well, what shares less is greater. False at the block's end. */
static bool forward_in_block(struct lexicon_scan *scan, struct slice to, size_t matched)
{
    while (scan->left) {
        skip_entry(scan);
        uint64_t shared = reader_varint(&scan->reader);
        struct slice suffix = reader_string(&scan->reader);
        if (!scan->reader.ok)
            return fail(scan, STATUS_CORRUPT);
        if (shared < matched || (shared == matched && !is_less(suffix, to, &matched))) {
            bytes_clear(&scan->key);
            bytes_append(&scan->key, to.data, (size_t)shared);
            return take(scan, shared, suffix, false);
        }
        scan->left--;
    }
    return false;
}

bool lexicon_scan_forward(struct lexicon_scan *scan, struct slice to)
{
    if (scan->status != STATUS_OK)
        return false;
    size_t base = shared_of(&scan->key, to), matched = base;
    uint32_t block = last_before(scan, lexicon_key_number(to));
    if (scan->status != STATUS_OK)
        return false;
    bool good = true;
    if (block > scan->block) {
        good = read_first(scan, block);
        matched = good ? shared_of(&scan->key, to) : 0;
    }
    while (good && slice_compare(bytes_slice(&scan->key), to) < 0) {
        good = forward_in_block(scan, to, matched);
        if (!good && scan->status == STATUS_OK) {
            good = read_first(scan, scan->block + 1);
            matched = good ? shared_of(&scan->key, to) : 0;
        }
    }
    size_t shared = shared_of(&scan->key, to);
    scan->shared = (uint32_t)(shared < base ? shared : base);
    return good;
}

bool lexicon_scan_to(struct lexicon_scan *scan, uint32_t number)
{
    uint32_t block = number / LEXICON_BLOCK;
    if (scan->status != STATUS_OK || number >= scan->lexicon->term_count)
        return false;
    bool begun = scan->blocks > 0;
    if ((!begun || block != scan->block) && !enter(scan, block))
        return false;
    if (begun && scan->number / LEXICON_BLOCK == block && scan->number < number)
        skip_entry(scan);
    uint32_t count = lexicon_block_terms(scan->lexicon, block), wanted = number % LEXICON_BLOCK;
    for (uint32_t place = count - scan->left; place <= wanted; place++) {
        reader_varint(&scan->reader);
        reader_string(&scan->reader);
        scan->left--;
        if (place < wanted)
            skip_entry(scan);
    }
    scan->number = number;
    return scan->reader.ok || fail(scan, STATUS_CORRUPT);
}

bool lexicon_scan_to_word(struct lexicon_scan *scan, const struct lexicon_word *word)
{
    uint32_t block = word->number / LEXICON_BLOCK;
    if (!word->entry)
        return lexicon_scan_to(scan, word->number);
    if (scan->status != STATUS_OK || word->number >= scan->lexicon->term_count)
        return false;
    if ((scan->blocks == 0 || block != scan->block) && !enter(scan, block))
        return false;
    if (word->entry >= scan->reader.end - scan->block_data)
        return fail(scan, STATUS_CORRUPT);
    scan->reader.at = scan->block_data + word->entry;
    scan->postings_offset = scan->block_postings + word->postings;
    scan->positions_offset = scan->block_positions + word->positions;
    scan->number = word->number;
    scan->left = lexicon_block_terms(scan->lexicon, block) - word->number % LEXICON_BLOCK - 1;
    return true;
}

/* Where the current one's entry is, if that can be told in few bytes. */
static void place_word(const struct lexicon_scan *scan, struct lexicon_word *word)
{
    ptrdiff_t entry = scan->reader.at - scan->block_data;
    uint64_t postings = scan->postings_offset - scan->block_postings,
             positions = scan->positions_offset - scan->block_positions;
    bool fits = entry <= UINT16_MAX && postings <= UINT32_MAX && positions <= UINT32_MAX;
    *word = (struct lexicon_word){.number = scan->number,
                                  .entry = fits ? (uint16_t)entry : 0,
                                  .postings = (uint32_t)postings,
                                  .positions = (uint32_t)positions};
}

bool lexicon_scan_alike(struct lexicon_scan *scan, size_t bytes, struct lexicon_word *words,
                        size_t *count)
{
    const struct snapshot *snapshot = scan->lexicon->snapshot;
    struct reader *reader = &scan->reader;
    uint64_t size = scan->key.size;
    for (*count = 0; scan->status == STATUS_OK;) {
        struct lexicon_word *word = &words[(*count)++];
        place_word(scan, word);
        if (!lexicon_entry_word(reader, snapshot, &scan->postings_offset, &scan->positions_offset,
                                word))
            return fail(scan, STATUS_CORRUPT);
        if (scan->left == 0)
            break;
        uint64_t shared = reader_varint(reader), more = reader_string(reader).size;
        if (!reader->ok || shared > size || more == 0 || more > KEY_MAX_BYTES - shared)
            return fail(scan, STATUS_CORRUPT);
        if (shared < bytes)
            return false;
        size = shared + more;
        scan->left--;
        scan->number++;
    }
    scan->key.size = bytes;
    return scan->status == STATUS_OK && read_first(scan, scan->block + 1);
}

bool lexicon_ends_so(const struct bytes *key, const struct lexicon_ending *ending)
{
    size_t size = ending->suffix.size;
    if (key->size < ending->least_bytes || key->size < size)
        return false;
    const uint8_t *end = key->data + key->size;
    return size == 0 || (end[-1] == (uint8_t)ending->suffix.data[size - 1] &&
                         memcmp(end - size, ending->suffix.data, size) == 0);
}

/* Of one that ends so; the reader stays at its entry. */
static bool tell_of(struct lexicon_scan *scan, struct lexicon_word *word)
{
    uint64_t cf;
    *word = (struct lexicon_word){.number = scan->number};
    if (!lexicon_scan_counts(scan, &word->df, &cf))
        return false;
    word->most = (uint32_t)(cf - word->df + 1);
    return true;
}

bool lexicon_scan_ending(struct lexicon_scan *scan, size_t bytes,
                         const struct lexicon_ending *ending, struct lexicon_word *words,
                         size_t *count)
{
    *count = 0;
    if (scan->status != STATUS_OK || !bytes_reserve(&scan->key, KEY_MAX_BYTES))
        return scan->status == STATUS_OK && fail(scan, scan->key.status);
    for (;;) {
        if (lexicon_ends_so(&scan->key, ending) && !tell_of(scan, &words[(*count)++]))
            return false;
        if (scan->left == 0)
            break;
        lexicon_entry_pass(&scan->reader);
        uint64_t shared = reader_varint(&scan->reader);
        struct slice suffix = reader_string(&scan->reader);
        if (!take(scan, shared, suffix, false) || shared < bytes)
            return false;
    }
    return read_first(scan, scan->block + 1);
}

bool lexicon_scan_term(struct lexicon_scan *scan, struct term *term)
{
    struct reader reader = scan->reader;
    if (scan->status != STATUS_OK ||
        !lexicon_entry_read(&reader, scan->lexicon->snapshot, scan->postings_offset,
                            scan->positions_offset, term))
        return fail(scan, scan->status != STATUS_OK ? scan->status : STATUS_CORRUPT);
    term->number = scan->number;
    return true;
}

bool lexicon_scan_counts(struct lexicon_scan *scan, uint32_t *df, uint64_t *cf)
{
    struct reader reader = scan->reader;
    if (scan->status == STATUS_OK && lexicon_entry_counts(&reader, scan->lexicon->snapshot, df, cf))
        return true;
    return fail(scan, scan->status != STATUS_OK ? scan->status : STATUS_CORRUPT);
}

void lexicon_scan_release(struct lexicon_scan *scan)
{
    bytes_release(&scan->key);
}
