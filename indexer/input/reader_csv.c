/* CSV and TSV. The first record names the columns. */
#include "base/memory.h"
#include "input/charset.h"
#include "input/clean.h"
#include "input/csv_record.h"
#include "input/draft.h"
#include "input/field_names.h"
#include "input/input.h"
#include "input/reader.h"
#include "input/readers.h"
#include "text/utf8.h"

struct table {
    struct reading *reading; /* borrowed */
    struct csv csv;
    struct arena arena; /* the names */
    struct slice *names;
    size_t count;
    char charset[CHARSET_LABEL_BYTES]; /* of the start of the file; empty where it is UTF-8 */
};

static const struct input_options no_options;

static bool is_title_or_body(const struct input_options *options, struct slice name)
{
    unsigned rank;
    enum article_field field = field_of_name(options, clean_trim(name), &rank);
    return field == FIELD_TITLE || field == FIELD_BODY;
}

/* Whether the first line is one of column names, a known one among them. */
static bool has_header(struct slice start, char delimiter)
{
    const char *end = start.size ? memchr(start.data, '\n', start.size) : NULL;
    size_t from = 0, cells = 0;
    bool known = false;
    if (!end)
        return false;
    for (size_t i = 0; start.data + i <= end; i++)
        if (start.data + i == end || start.data[i] == delimiter) {
            known |= is_title_or_body(&no_options, slice_of(start.data + from, i - from));
            from = i + 1;
            cells++;
        }
    return known && cells >= 2;
}

int csv_recognise(struct slice start, const char *hint)
{
    if (reader_name_ends(hint, ".csv"))
        return RECOGNISED_NAME;
    return has_header(start, csv_sniff(start)) ? RECOGNISED_LIKELY : 0;
}

int tsv_recognise(struct slice start, const char *hint)
{
    if (reader_name_ends(hint, ".tsv") || reader_name_ends(hint, ".tab"))
        return RECOGNISED_NAME;
    return has_header(start, '\t') ? RECOGNISED_LIKELY : 0;
}

/* A cell in UTF-8, that lasts as long as the arena. */
static struct slice decode(struct table *table, struct arena *arena, struct slice cell)
{
    struct bytes text = {0};
    bytes_append_slice(&text, cell);
    charset_to_utf8(&text, table->charset[0] ? table->charset : NULL);
    struct slice copy = arena_copy(arena, bytes_slice(&text));
    if (text.status != STATUS_OK)
        arena->status = text.status;
    bytes_release(&text);
    return copy;
}

static enum status check_memory(const struct table *table)
{
    if (table->csv.text.status == STATUS_OK && table->arena.status == STATUS_OK)
        return STATUS_OK;
    return error_set(table->reading->intake->error, STATUS_NO_MEMORY, "out of memory at %s",
                     table->reading->name);
}

static enum status read_header(struct table *table)
{
    struct csv *csv = &table->csv;
    bool known = false;
    if (!csv_read_record(csv))
        return STATUS_OK;
    if (csv->count > CSV_MAX_CELLS || csv->size > csv->most)
        return reading_skip(table->reading, csv->line,
                            "a header of %zu cells and %llu bytes is too large", csv->count,
                            (unsigned long long)csv->size);
    table->names = arena_allocate(&table->arena, csv->count, sizeof *table->names);
    for (size_t i = 0; table->names && i < csv->count; i++) {
        table->names[i] = decode(table, &table->arena, clean_trim(csv_cell(csv, i)));
        known |= is_title_or_body(table->reading->intake->options, table->names[i]);
    }
    enum status status = check_memory(table);
    if (status != STATUS_OK)
        return status;
    if (!known)
        return reading_skip(table->reading, csv->line, "no column is named as a title or a body");
    table->count = csv->count;
    return STATUS_OK;
}

static enum status read_row(struct table *table, uint64_t number)
{
    struct reading *reading = table->reading;
    struct csv *csv = &table->csv;
    if (csv->size > csv->most)
        return reading_too_large(reading, csv->line, csv->size);
    if (csv->open_quote)
        return reading_skip(reading, csv->line, "a quote is never closed");
    if (csv->count != table->count)
        return reading_skip(reading, csv->line, "the number of cells is %zu, of the header %zu",
                            csv->count, table->count);
    struct draft *draft = reading_draft(reading);
    bool good = utf8_valid(bytes_slice(&csv->text));
    for (size_t i = 0; i < csv->count; i++) {
        struct slice cell = csv_cell(csv, i);
        draft_put_text(draft, table->names[i], good ? cell : decode(table, &draft->arena, cell));
    }
    return reading_article(reading, csv->line, number);
}

static enum status read_rows(struct table *table)
{
    uint64_t number = 0;
    enum status status = read_header(table);
    while (status == STATUS_OK && table->count && csv_read_record(&table->csv)) {
        status = check_memory(table);
        if (status != STATUS_OK)
            break;
        if (source_has_failed(table->reading->source))
            break; /* the last row may not have come whole */
        if (!table->csv.blank)
            status = read_row(table, ++number);
    }
    return status == STATUS_OK ? reading_end(table->reading, table->csv.line) : status;
}

static enum status read_table(struct reading *reading, char delimiter)
{
    struct table *table = memory_allocate_zeroed(1, sizeof *table);
    if (!table)
        return error_set(reading->intake->error, STATUS_NO_MEMORY, "out of memory at %s",
                         reading->name);
    struct slice start = source_peek(reading->source, READER_PEEK_BYTES);
    table->reading = reading;
    table->csv.source = reading->source;
    table->csv.delimiter = delimiter ? delimiter : csv_sniff(start);
    table->csv.most = reading->intake->options->max_article_bytes;
    charset_guess(start, table->charset);
    enum status status = read_rows(table);
    csv_release(&table->csv);
    arena_release(&table->arena);
    memory_free(table);
    return status;
}

enum status csv_read(struct reading *reading)
{
    return read_table(reading, '\0');
}

enum status tsv_read(struct reading *reading)
{
    return read_table(reading, '\t');
}
