#include "search/suggest_best.h"

#include "base/endian.h"
#include "search/collection.h"
#include "store/completions_read.h"
#include "store/lexicon_layout.h"

enum { UNTOLD_BLOCKS = 256 }; /* of words, that are looked at where nothing is told of them */

struct choosing {
    const struct collection_file *file;
    enum best_source source;
    struct slice prefix;
    size_t most;
    struct arena *arena;
    struct candidates *out;
    uint32_t *blocks, *weights; /* chosen so far: the greatest first, of equals the first one */
    size_t block_count;
};

/* --- Blocks ------------------------------------------------------------------------------------*/

static void choose(struct choosing *choosing, uint32_t block, uint32_t weight)
{
    size_t at = choosing->block_count;
    if (at == choosing->most) {
        if (weight <= choosing->weights[at - 1])
            return;
        at--;
    } else {
        choosing->block_count++;
    }
    for (; at && choosing->weights[at - 1] < weight; at--) {
        choosing->weights[at] = choosing->weights[at - 1];
        choosing->blocks[at] = choosing->blocks[at - 1];
    }
    choosing->weights[at] = weight;
    choosing->blocks[at] = block;
}

static enum completion_kind table_of(const struct choosing *choosing)
{
    return choosing->source == BEST_TITLES ? COMPLETION_TITLES : COMPLETION_PHRASES;
}

static enum status range_of(const struct choosing *choosing, uint32_t *first, uint32_t *end)
{
    const struct collection_file *file = choosing->file;
    if (choosing->source == BEST_WORDS)
        return lexicon_range(&file->lexicon, choosing->prefix, first, end);
    return completions_range(&file->completions, table_of(choosing), choosing->prefix, first, end);
}

static enum status weights_of(const struct choosing *choosing, uint32_t first, uint32_t count,
                              const uint8_t **weights)
{
    const struct completions *completions = &choosing->file->completions;
    if (choosing->source == BEST_WORDS)
        return completions_word_best(completions, first, count, weights);
    return completions_best(completions, table_of(choosing), first, count, weights);
}

/* All between the first and the last, which hold other beginnings too. */
static enum status choose_blocks(struct choosing *choosing, uint32_t first, uint32_t end)
{
    const uint8_t *weights;
    uint32_t count = end - first > 2 ? end - first - 2 : 0;
    if (count == 0)
        return STATUS_OK;
    if (choosing->source == BEST_WORDS && !choosing->file->completions.present) {
        for (uint32_t i = 0; i < count && i < UNTOLD_BLOCKS && i < choosing->most; i++)
            choose(choosing, first + 1 + i, 1);
        return STATUS_OK;
    }
    enum status status = weights_of(choosing, first + 1, count, &weights);
    if (status != STATUS_OK)
        return status;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t weight = load_le32(weights + (size_t)COMPLETIONS_BEST_BYTES * i);
        if (weight)
            choose(choosing, first + 1 + i, weight);
    }
    choosing->out->more = count > choosing->block_count;
    return STATUS_OK;
}

/* --- Entries -----------------------------------------------------------------------------------*/

static bool before(const struct candidate *a, const struct candidate *b)
{
    return a->weight != b->weight ? a->weight > b->weight : a->place < b->place;
}

/* Keeps the best; what is told is borrowed, and copied where it is kept. */
static enum status keep(struct choosing *choosing, const struct candidate *found)
{
    struct candidates *out = choosing->out;
    size_t at = out->count;
    if (at == choosing->most) {
        out->more = true;
        if (!before(found, &out->items[at - 1]))
            return STATUS_OK;
        at--;
    } else {
        out->count++;
    }
    for (; at && before(found, &out->items[at - 1]); at--)
        out->items[at] = out->items[at - 1];
    out->items[at] = *found;
    out->items[at].text = arena_copy(choosing->arena, found->text);
    out->items[at].shown = arena_copy(choosing->arena, found->shown);
    return choosing->arena->status;
}

static enum status read_words(struct choosing *choosing, uint32_t block)
{
    struct lexicon_cursor cursor = {0};
    enum status status = STATUS_OK;
    lexicon_seek_block(&cursor, &choosing->file->lexicon, block);
    for (int i = 0; i < LEXICON_BLOCK && status == STATUS_OK && lexicon_next(&cursor); i++) {
        struct candidate found = {.text = bytes_slice(&cursor.key),
                                  .weight = cursor.term.all.df,
                                  .place = cursor.term.number};
        if (slice_starts_with(found.text, choosing->prefix))
            status = keep(choosing, &found);
    }
    if (status == STATUS_OK)
        status = cursor.status;
    lexicon_cursor_release(&cursor);
    return status;
}

static bool is_hidden(const struct choosing *choosing, const struct completion_cursor *cursor)
{
    return choosing->source == BEST_TITLES && cursor->articles == 1 &&
           collection_hides(choosing->file, cursor->doc);
}

static enum status read_texts(struct choosing *choosing, uint32_t block)
{
    struct completion_cursor cursor = {0};
    enum status status = STATUS_OK;
    uint64_t place = (uint64_t)block * COMPLETIONS_BLOCK;
    completion_cursor_block(&cursor, &choosing->file->completions, table_of(choosing), block);
    while (status == STATUS_OK && completion_cursor_next(&cursor)) {
        struct candidate found = {.text = bytes_slice(&cursor.text),
                                  .shown = cursor.shown,
                                  .weight = cursor.weight,
                                  .place = place++,
                                  .doc = cursor.doc};
        if (slice_starts_with(found.text, choosing->prefix) && !is_hidden(choosing, &cursor))
            status = keep(choosing, &found);
    }
    if (status == STATUS_OK)
        status = cursor.status;
    completion_cursor_release(&cursor);
    return status;
}

static enum status read_block(struct choosing *choosing, uint32_t block)
{
    return choosing->source == BEST_WORDS ? read_words(choosing, block)
                                          : read_texts(choosing, block);
}

enum status suggest_best(const struct collection_file *file, enum best_source source,
                         struct slice prefix, size_t most, struct arena *arena,
                         struct candidates *candidates, enum chunk_id *chunk)
{
    uint32_t first = 0, end = 0;
    *candidates =
        (struct candidates){.items = arena_allocate(arena, most, sizeof(struct candidate))};
    *chunk = source == BEST_WORDS ? CHUNK_LEXICON : CHUNK_COMPLETIONS;
    struct choosing choosing = {file,
                                source,
                                prefix,
                                most,
                                arena,
                                candidates,
                                arena_allocate(arena, most, sizeof(uint32_t)),
                                arena_allocate(arena, most, sizeof(uint32_t)),
                                0};
    if (!candidates->items || !choosing.blocks || !choosing.weights || prefix.size == 0)
        return arena->status;
    enum status status = range_of(&choosing, &first, &end);
    if (status == STATUS_OK && first < end)
        status = choose_blocks(&choosing, first, end);
    if (status == STATUS_OK && first < end)
        status = read_block(&choosing, first);
    if (status == STATUS_OK && end - first > 1)
        status = read_block(&choosing, end - 1);
    for (size_t i = 0; i < choosing.block_count && status == STATUS_OK; i++)
        status = read_block(&choosing, choosing.blocks[i]);
    return status;
}
