/* Fields and text, walked block by block. */
#include "store/check_state.h"
#include "store/columns_write.h"
#include "store/documents_read.h"
#include "store/text_block.h"

/* --- Fields ------------------------------------------------------------------------------------*/

/* Every value of an article stands in the list of its key, by its number. */
static void take_values(struct check *check, uint32_t doc, const struct fields *fields)
{
    for (int field = 0; field < FIELDS_LISTS; field++)
        for (size_t i = 0; i < fields->lists[field].count; i++)
            check->places[doc] -= check_place(check_value_base(field) + i);
}

static void check_record(struct check *check, uint32_t doc, struct slice record)
{
    struct arena arena = {0};
    struct fields fields;
    uint64_t date = 0;
    enum status status = fields_read(record, &arena, &fields);
    if (!check_good(check, CHUNK_FIELDS, status, "a record contradicts itself"))
        goto done;
    check->id_hashes[doc] = id_hash(fields.id);
    take_values(check, doc, &fields);
    if (fields.id.size == 0)
        check_say(check, CHUNK_FIELDS, "article %u has no id", (unsigned)doc);
    check->has_date = check->has_date || fields.date != FIELDS_NO_DATE;
    status = columns_date(&check->columns, doc, &date);
    if (check_good(check, CHUNK_DATES, status, "it cannot be read") && date != fields.date)
        check_say(check, CHUNK_DATES, "the date of article %u is not the one of its fields",
                  (unsigned)doc);
done:
    arena_release(&arena);
}

/* Returns the article behind the block's last. */
static uint32_t check_field_block(struct check *check, struct slice content, uint32_t doc)
{
    struct reader reader = reader_of(content);
    while (reader_left(&reader) && doc < check->settings->article_count) {
        struct slice record = reader_string(&reader);
        if (reader.ok)
            check_record(check, doc++, record);
    }
    if (!reader_done(&reader))
        check_say(check, CHUNK_FIELDS, "a block is not filled by its records");
    return doc;
}

static void check_fields(struct check *check, struct document_blocks *blocks)
{
    struct document_entry entry;
    struct slice content;
    uint32_t doc = 0;
    for (uint32_t at = 0; at < blocks->count; at++) {
        if (!check_good(check, CHUNK_FIELDS, document_blocks_entry(blocks, at, &entry),
                        "a block contradicts itself") ||
            !check_good(check, CHUNK_FIELDS, document_blocks_load(blocks, at, &content),
                        "a block does not inflate to what its entry says"))
            return;
        if (entry.article != doc || content.size == 0 || (at == 0 && entry.offset != 0))
            check_say(check, CHUNK_FIELDS, "block %u does not go on where the one before ends",
                      (unsigned)at);
        doc = check_field_block(check, content, entry.article);
    }
    if (doc != check->settings->article_count)
        check_say(check, CHUNK_FIELDS, "it has not the fields of every article");
    if (check->columns.has_dates && !check->has_date)
        check_say(check, CHUNK_DATES, "it is there, but no article has a date");
}

/* --- Text --------------------------------------------------------------------------------------*/

struct text_place { /* where the pieces read so far end */
    bool any;
    uint32_t article;
    uint64_t byte;
    uint32_t position; /* of the last piece's first word */
};

static void check_carried(struct check *check, const struct text_place *place,
                          const struct text_block *block)
{
    if (!place->any || block->entry.article != place->article || block->entry.byte != place->byte ||
        block->entry.position < place->position || block->entry.position > STORE_MAX_POSITION)
        check_say(check, CHUNK_TEXT, "the body of article %u does not go on where it stopped",
                  (unsigned)block->entry.article);
}

static void check_body_start(struct check *check, const struct text_place *place,
                             const struct text_block *block, const struct block_piece *piece,
                             uint32_t position)
{
    if (place->any && piece->article <= place->article)
        check_say(check, CHUNK_TEXT, "pieces are not in the order of their articles");
    if (piece->first && block->entry.position != position)
        check_say(check, CHUNK_TEXT, "the body of article %u does not begin at its first position",
                  (unsigned)piece->article);
}

static void check_lead(struct check *check, struct documents *documents,
                       const struct block_piece *piece)
{
    struct slice lead;
    if (piece->lead)
        check_good(check, CHUNK_TEXT, documents_lead(documents, piece->article, piece->lead, &lead),
                   "a body begins with more than its shown title has");
}

static bool check_piece(struct check *check, struct text_place *place,
                        const struct text_block *block, const struct block_piece *piece)
{
    bool carried = piece->first && block->entry.byte != 0;
    uint32_t title_words = 0;
    if (piece->article >= check->settings->article_count) {
        check_say(check, CHUNK_TEXT, "a piece is of an article that is none");
        return false;
    }
    if (carried) {
        check_carried(check, place, block);
        place->position = block->entry.position;
    } else {
        check_good(check, CHUNK_TITLE_WORDS,
                   columns_title_words(&check->columns, piece->article, &title_words),
                   "it cannot be read");
        check_body_start(check, place, block, piece, settings_body_start(title_words));
        place->position = settings_body_start(title_words);
    }
    place->any = true;
    place->article = piece->article;
    place->byte = (carried ? place->byte : 0) + piece->lead + piece->text.size;
    return true;
}

static bool check_text_block(struct check *check, struct documents *documents, uint32_t at,
                             struct text_place *place)
{
    struct text_block block;
    struct block_piece piece = {0};
    if (!check_good(check, CHUNK_TEXT, text_block_open(&block, &documents->text, at),
                    "a block contradicts its entry"))
        return false;
    if (at == 0 && block.entry.offset != 0)
        check_say(check, CHUNK_TEXT, "the first block is not at the start");
    while (block.left) {
        if (!check_good(check, CHUNK_TEXT, text_block_next(&block, &piece),
                        "a block contradicts itself") ||
            !check_piece(check, place, &block, &piece))
            return false;
        check_lead(check, documents, &piece);
    }
    return true;
}

void check_documents(struct check *check)
{
    struct documents documents;
    struct text_place place = {0};
    enum status status = documents_open(&documents, check->snapshot);
    if (!check_good(check, CHUNK_FIELDS, status, "its footer, or that of the text, contradicts it"))
        return;
    check_fields(check, &documents.fields);
    for (uint32_t at = 0; at < documents.text.count; at++)
        if (!check_text_block(check, &documents, at, &place))
            break;
    documents_release(&documents);
}
