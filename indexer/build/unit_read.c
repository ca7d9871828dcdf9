#include "build/unit_read.h"

#include "base/arena.h"
#include "base/memory.h"
#include "build/copy_sketch.h"
#include "build/pieces.h"
#include "build/spellings.h"
#include "store/fields.h"
#include "store/key.h"
#include "store/settings.h"
#include "text/analyzer.h"

enum { WORDS_AT_ONCE = 256, SPELLINGS_SHARE = 8 /* of the memory */ };

struct unit_reader {
    struct analyzer *analyzer;
    struct inverter *inverter;
    enum bodies bodies;
    struct spellings *spellings;    /* NULL: none are noted */
    struct copy_sketcher *sketcher; /* NULL: no sketches are made */
    struct document_packer *packer;
    struct arena arena;
    struct bytes key, value;
    struct word words[WORDS_AT_ONCE];
    struct short_key keys[WORDS_AT_ONCE];
    enum status status;
};

struct unit_reader *unit_reader_open(const struct unit_reader_options *options, struct error *error)
{
    size_t noting = options->spellings ? options->memory / SPELLINGS_SHARE : 0;
    struct unit_reader *reader = memory_allocate_zeroed(1, sizeof *reader);
    if (!reader) {
        error_set(error, STATUS_NO_MEMORY, "out of memory for reading words");
        return NULL;
    }
    reader->bodies = options->bodies;

    reader->analyzer = analyzer_open();
    reader->packer = document_packer_open(options->bodies == BODIES_SQUEEZED);
    reader->inverter =
        inverter_open(options->memory - noting, container_spool(options->container, error), error);
    if (reader->inverter && options->spellings)
        reader->spellings =
            spellings_open(noting, container_spool(options->container, error), error);
    if (options->sketches)
        reader->sketcher = copy_sketcher_open();
    if (!reader->analyzer || !reader->packer || (options->sketches && !reader->sketcher))
        error_set(error, STATUS_NO_MEMORY, "out of memory for reading words");
    if (error->status != STATUS_OK) {
        unit_reader_close(reader);
        return NULL;
    }
    return reader;
}

static void note(struct unit_reader *reader, enum status status)
{
    if (reader->status == STATUS_OK)
        reader->status = status;
}

/* Adds the words of a text that go on at the position where the last ones ended; returns how many
 * there were. */
static uint32_t add_words(struct unit_reader *reader, struct slice text,
                          void (*sketch)(struct copy_sketcher *, const struct word *,
                                         const struct short_key *, size_t))
{
    uint32_t count = 0;
    analyzer_begin(reader->analyzer, text);
    if (reader->spellings)
        spellings_begin(reader->spellings, text);
    for (size_t n; (n = analyzer_read(reader->analyzer, reader->words, WORDS_AT_ONCE)) > 0;) {
        if (reader->spellings)
            spellings_words(reader->spellings, reader->words, n);
        inverter_add_words(reader->inverter, reader->words, n,
                           reader->sketcher ? reader->keys : NULL);
        if (reader->sketcher)
            sketch(reader->sketcher, reader->words, reader->keys, n);
        count += (uint32_t)n;
    }
    note(reader, analyzer_status(reader->analyzer));
    return count;
}

/* A key that is not whole, since memory ended, is none. */
static void add_key(struct unit_reader *reader, int kind, int field, struct slice text)
{
    key_write(&reader->key, kind, field, text);
    if (reader->key.status == STATUS_OK)
        inverter_add(reader->inverter, bytes_slice(&reader->key));
    note(reader, reader->key.status);
}

/* The words of one value of a column, each under its own key; returns the position behind the last.
 */
static uint32_t add_value_words(struct unit_reader *reader, int field, struct slice value,
                                uint32_t position)
{
    inverter_text(reader->inverter, position, false);
    analyzer_begin(reader->analyzer, value);
    for (size_t n; (n = analyzer_read(reader->analyzer, reader->words, WORDS_AT_ONCE)) > 0;)
        for (size_t i = 0; i < n; i++, position++)
            add_key(reader, KEY_VALUE_WORD, field, reader->words[i].text);
    note(reader, analyzer_status(reader->analyzer));
    return position;
}

static void add_column(struct unit_reader *reader, int field, const struct fields_list *list)
{
    uint32_t position = 0;
    for (size_t i = 0; i < list->count; i++) {
        bytes_clear(&reader->value);
        analyzer_fold_value(reader->analyzer, list->values[i], &reader->value);
        note(reader, reader->value.status);
        inverter_text(reader->inverter, (uint32_t)i, false);
        add_key(reader, KEY_VALUE, field, bytes_slice(&reader->value));
        position = add_value_words(reader, field, list->values[i], position) + STORE_BODY_GAP;
    }
}

static uint32_t add_body(struct unit_reader *reader, uint32_t article, const struct fields *fields,
                         struct slice body, uint32_t first)
{
    uint32_t position = first;
    inverter_text(reader->inverter, first, false);
    if (reader->bodies == BODIES_FORGOTTEN)
        return add_words(reader, body, copy_sketcher_words);
    size_t lead = fields_lead(fields, body);
    for (size_t at = 0, size; at < body.size; at += size) {
        struct slice rest = slice_from(body, at);
        size = piece_size(rest, document_packer_room(reader->packer));
        struct slice piece = slice_of(rest.data, size);
        document_packer_text(reader->packer, article, at, position, lead, piece);
        position += add_words(reader, piece, copy_sketcher_words);
    }
    return position - first;
}

/* article is the number in the batch. */
static void read_article(struct unit_reader *reader, const struct unit *unit, uint32_t i,
                         uint32_t article, struct reading *reading)
{
    const struct unit_article *at = unit_article(unit, i);
    struct slice record = slice_of(unit->data.data + at->record_at, at->record_size);
    struct slice body = slice_of(unit->data.data + at->body_at, at->body_size);
    struct fields fields;
    arena_release(&reader->arena);
    enum status status = fields_read(record, &reader->arena, &fields);
    if (status != STATUS_OK) {
        reader->status = status;
        return;
    }
    inverter_article(reader->inverter, unit->first_doc + i);
    document_packer_fields(reader->packer, record);
    inverter_text(reader->inverter, 0, true);
    if (reader->sketcher)
        copy_sketcher_begin(reader->sketcher);
    uint32_t title_words = add_words(reader, fields.title, copy_sketcher_title);
    uint32_t words =
        title_words + add_body(reader, article, &fields, body, settings_body_start(title_words));
    for (int field = 0; field < FIELDS_LISTS; field++)
        add_column(reader, field, &fields.lists[field]);
    struct article_numbers numbers = {words, title_words, fields.date};
    bytes_append(&reading->numbers, &numbers, sizeof numbers);
    if (reader->sketcher)
        note(reader, copy_sketcher_end(reader->sketcher, &reading->sketches, &reading->samples));
}

static void end_batch(struct unit_reader *reader, struct reading *reading)
{
    struct packed_documents packed = {0};
    enum status status = document_packer_finish(reader->packer, &packed);
    if (status != STATUS_OK)
        reader->status = status;
    bytes_append(&reading->batches, &packed, sizeof packed);
    if (reading->batches.status != STATUS_OK)
        packed_documents_release(&packed);
}

void unit_reader_read(struct unit_reader *reader, const struct unit *unit, struct reading *reading)
{
    uint32_t article = 0;
    inverter_begin(reader->inverter, unit->number);
    for (uint32_t i = 0; i < unit_count(unit) && reader->status == STATUS_OK; i++) {
        if (i && unit_article(unit, i)->begins_batch) {
            end_batch(reader, reading);
            article = 0;
        }
        read_article(reader, unit, i, article++, reading);
    }
    if (article)
        end_batch(reader, reading);
    enum status statuses[] = {
        reader->status,
        inverter_end(reader->inverter),
        reader->spellings ? spellings_status(reader->spellings) : STATUS_OK,
        reading->numbers.status,
        reading->batches.status,
    };
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses && reading->status == STATUS_OK; i++)
        reading->status = statuses[i];
}

struct inverter *unit_reader_inverter(struct unit_reader *reader)
{
    return reader->inverter;
}

struct spellings *unit_reader_spellings(struct unit_reader *reader)
{
    return reader->spellings;
}

static void free_reading_parts(struct unit_reader *reader)
{
    analyzer_close(reader->analyzer);
    document_packer_close(reader->packer);
    copy_sketcher_close(reader->sketcher);
    reader->sketcher = NULL;
    reader->analyzer = NULL;
    reader->packer = NULL;
    arena_release(&reader->arena);
    bytes_release(&reader->key);
    bytes_release(&reader->value);
}

enum status unit_reader_finish(struct unit_reader *reader, struct error *error)
{
    free_reading_parts(reader);
    enum status status = inverter_finish(reader->inverter, error);
    if (status == STATUS_OK && reader->spellings)
        status = spellings_finish(reader->spellings, error);
    return status;
}

void unit_reader_drop_words(struct unit_reader *reader)
{
    inverter_close(reader->inverter);
    reader->inverter = NULL;
}

void unit_reader_close(struct unit_reader *reader)
{
    if (!reader)
        return;
    free_reading_parts(reader);
    inverter_close(reader->inverter);
    spellings_close(reader->spellings);
    memory_free(reader);
}

void reading_release(struct reading *reading)
{
    struct packed_documents *batches = (struct packed_documents *)(void *)reading->batches.data;
    for (size_t i = 0; i < reading->batches.size / sizeof *batches; i++)
        packed_documents_release(&batches[i]);
    bytes_release(&reading->batches);
    bytes_release(&reading->numbers);
    bytes_release(&reading->sketches);
    bytes_release(&reading->samples);
}
