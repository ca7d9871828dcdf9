#include "store/completions_read.h"

#include "base/endian.h"
#include "store/settings.h"

static enum status view(const struct completions *completions, uint64_t offset, uint64_t bytes,
                        const uint8_t **data)
{
    return snapshot_view(completions->snapshot, CHUNK_COMPLETIONS, offset, bytes, data);
}

/* Lays a table behind *at, which moves to its end; false where it reaches past `end`. */
static bool lay(struct completion_table *table, uint64_t bytes, uint64_t count, uint64_t end,
                uint64_t *at)
{
    uint64_t blocks = count / COMPLETIONS_BLOCK + (count % COMPLETIONS_BLOCK != 0);
    if (bytes > end || count > bytes || blocks > UINT32_MAX)
        return false;
    *table = (struct completion_table){.blocks = *at, .block_bytes = bytes, .count = count};
    table->block_count = (uint32_t)blocks;
    table->offsets = chunk_padded(*at + bytes);
    table->best = table->offsets + COMPLETIONS_OFFSET_BYTES * blocks;
    *at = chunk_padded(table->best + COMPLETIONS_BEST_BYTES * blocks);
    return *at <= end;
}

enum status completions_open(struct completions *completions, const struct snapshot *snapshot,
                             uint32_t lexicon_blocks)
{
    const uint8_t *footer;
    uint64_t left, at = 0;
    *completions = (struct completions){.snapshot = snapshot};
    completions->present = snapshot_has(snapshot, CHUNK_COMPLETIONS);
    if (!completions->present)
        return STATUS_OK;
    enum status status =
        snapshot_footer(snapshot, CHUNK_COMPLETIONS, COMPLETIONS_FOOTER_BYTES, &footer, &left);
    if (status != STATUS_OK)
        return status;
    for (int kind = 0; kind < COMPLETION_KINDS; kind++)
        if (!lay(&completions->tables[kind], load_le64(footer + 16 * kind),
                 load_le64(footer + 16 * kind + 8), left, &at))
            return STATUS_CORRUPT;
    completions->words = at;
    completions->word_blocks = lexicon_blocks;
    at = chunk_padded(at + (uint64_t)COMPLETIONS_BEST_BYTES * lexicon_blocks);
    return load_le64(footer + 32) == lexicon_blocks && at == left ? STATUS_OK : STATUS_CORRUPT;
}

/* --- Blocks ------------------------------------------------------------------------------------*/

static enum status block_bytes(const struct completions *completions,
                               const struct completion_table *table, uint32_t block,
                               struct slice *bytes)
{
    bool last = block + 1 == table->block_count;
    const uint8_t *at;
    enum status status =
        view(completions, table->offsets + (uint64_t)COMPLETIONS_OFFSET_BYTES * block,
             (last ? 1 : 2) * COMPLETIONS_OFFSET_BYTES, &at);
    if (status != STATUS_OK)
        return status;
    uint64_t start = load_le64(at);
    uint64_t end = last ? table->block_bytes : load_le64(at + COMPLETIONS_OFFSET_BYTES);
    if (start >= end || end > table->block_bytes)
        return STATUS_CORRUPT;
    status = view(completions, table->blocks + start, end - start, &at);
    *bytes = slice_of(at, (size_t)(end - start));
    return status;
}

void completion_cursor_block(struct completion_cursor *cursor,
                             const struct completions *completions, enum completion_kind kind,
                             uint32_t block)
{
    const struct completion_table *table = &completions->tables[kind];
    struct slice bytes = {0};
    struct bytes text = cursor->text;
    bytes_clear(&text);
    *cursor = (struct completion_cursor){.completions = completions, .kind = kind, .text = text};
    cursor->status = STATUS_CORRUPT;
    if (block < table->block_count)
        cursor->status = block_bytes(completions, table, block, &bytes);
    if (cursor->status != STATUS_OK)
        return;
    cursor->reader = reader_of(bytes);
    uint64_t behind = table->count - (uint64_t)block * COMPLETIONS_BLOCK;
    cursor->left = behind < COMPLETIONS_BLOCK ? (uint32_t)behind : COMPLETIONS_BLOCK;
}

static bool fail(struct completion_cursor *cursor, enum status status)
{
    cursor->status = status;
    cursor->left = 0;
    return false;
}

/* Whether the entry goes on from the text before it as it says: no less of it could be shared, and
 * only titles may be equal. */
static bool read_text(struct completion_cursor *cursor, bool first)
{
    struct bytes *text = &cursor->text;
    uint64_t shared = reader_varint(&cursor->reader);
    struct slice suffix = reader_string(&cursor->reader);
    if (!cursor->reader.ok || shared > text->size || suffix.size > COMPLETIONS_TEXT_MOST - shared ||
        shared + suffix.size == 0)
        return false;
    bool same = suffix.size == 0 && shared == text->size && cursor->kind == COMPLETION_TITLES;
    bool ascends =
        suffix.size && (shared == text->size || text->data[shared] < (uint8_t)suffix.data[0]);
    if (!first && !same && !ascends)
        return false;
    text->size = (size_t)shared;
    bytes_append_slice(text, suffix);
    return true;
}

static bool read_rest(struct completion_cursor *cursor)
{
    uint32_t most = snapshot_settings(cursor->completions->snapshot)->article_count;
    uint64_t weight = reader_varint(&cursor->reader);
    bool titles = cursor->kind == COMPLETION_TITLES;
    cursor->whole = titles && weight % 2;
    cursor->weight = (uint32_t)weight;
    uint64_t articles = titles ? weight / 2 : weight;
    cursor->articles = (uint32_t)articles;
    if (titles)
        cursor->doc = reader_varint32(&cursor->reader);
    else
        cursor->shown = reader_string(&cursor->reader);
    return cursor->reader.ok && articles > 0 && articles <= most && cursor->doc < most &&
           cursor->shown.size <= COMPLETIONS_TEXT_MOST;
}

bool completion_cursor_next(struct completion_cursor *cursor)
{
    if (cursor->status != STATUS_OK || cursor->left == 0)
        return false;
    bool first = cursor->text.size == 0;
    if (!read_text(cursor, first) || !read_rest(cursor))
        return fail(cursor, STATUS_CORRUPT);
    if (cursor->text.status != STATUS_OK)
        return fail(cursor, cursor->text.status);
    cursor->left--;
    if (cursor->left == 0 && reader_left(&cursor->reader))
        return fail(cursor, STATUS_CORRUPT);
    return true;
}

void completion_cursor_release(struct completion_cursor *cursor)
{
    bytes_release(&cursor->text);
    cursor->left = 0;
}

/* --- Looking up --------------------------------------------------------------------------------*/

static enum status first_text(const struct completions *completions,
                              const struct completion_table *table, uint32_t block,
                              struct slice *text)
{
    struct slice bytes;
    enum status status = block_bytes(completions, table, block, &bytes);
    if (status != STATUS_OK)
        return status;
    struct reader reader = reader_of(bytes);
    uint64_t shared = reader_varint(&reader);
    *text = reader_string(&reader);
    return reader.ok && shared == 0 ? STATUS_OK : STATUS_CORRUPT;
}

/* How many blocks begin with a text that is less than this one; or, where `begins`, that is less or
 * begins so. */
static enum status blocks_before(const struct completions *completions,
                                 const struct completion_table *table, struct slice text,
                                 bool begins, uint32_t *count)
{
    uint32_t low = 0, high = table->block_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct slice first;
        enum status status = first_text(completions, table, middle, &first);
        if (status != STATUS_OK)
            return status;
        if (slice_compare(first, text) < 0 || (begins && slice_starts_with(first, text)))
            low = middle + 1;
        else
            high = middle;
    }
    *count = low;
    return STATUS_OK;
}

enum status completions_range(const struct completions *completions, enum completion_kind kind,
                              struct slice prefix, uint32_t *first, uint32_t *end)
{
    const struct completion_table *table = &completions->tables[kind];
    enum status status = blocks_before(completions, table, prefix, false, first);
    if (status == STATUS_OK)
        status = blocks_before(completions, table, prefix, true, end);
    *first -= status == STATUS_OK && *first > 0;
    return status;
}

enum status completions_best(const struct completions *completions, enum completion_kind kind,
                             uint32_t first, uint32_t count, const uint8_t **best)
{
    return view(completions,
                completions->tables[kind].best + (uint64_t)COMPLETIONS_BEST_BYTES * first,
                (uint64_t)COMPLETIONS_BEST_BYTES * count, best);
}

enum status completions_word_best(const struct completions *completions, uint32_t first,
                                  uint32_t count, const uint8_t **best)
{
    return view(completions, completions->words + (uint64_t)COMPLETIONS_BEST_BYTES * first,
                (uint64_t)COMPLETIONS_BEST_BYTES * count, best);
}

enum status completions_find(const struct completions *completions, enum completion_kind kind,
                             struct slice text, struct completion_cursor *cursor)
{
    uint32_t first, end;
    enum status status = completions_range(completions, kind, text, &first, &end);
    for (; status == STATUS_OK && first < end; first++) {
        completion_cursor_block(cursor, completions, kind, first);
        while (completion_cursor_next(cursor)) {
            int order = slice_compare(bytes_slice(&cursor->text), text);
            if (order >= 0)
                return order == 0 ? STATUS_OK : STATUS_NOT_FOUND;
        }
        status = cursor->status;
    }
    return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}
