#include "input/csv_record.h"

enum { CELL_START, PLAIN, QUOTED, QUOTE_IN_QUOTED, RECORD_END };

void csv_release(struct csv *csv)
{
    bytes_release(&csv->text);
}

struct slice csv_cell(const struct csv *csv, size_t i)
{
    size_t start = i ? csv->ends[i - 1] : 0;
    return slice_of(csv->text.data ? csv->text.data + start : NULL, csv->ends[i] - start);
}

static void end_cell(struct csv *csv)
{
    if (csv->count < CSV_MAX_CELLS)
        csv->ends[csv->count] = csv->text.size;
    csv->count++;
    csv->state = CELL_START;
}

/* A quoted cell that goes on behind its quotes: they were text. */
static void unquote(struct csv *csv)
{
    size_t start = csv->count && csv->count <= CSV_MAX_CELLS ? csv->ends[csv->count - 1] : 0;
    if (csv->count > CSV_MAX_CELLS || start > csv->text.size)
        return;
    size_t size = csv->text.size - start;
    if (!bytes_extend(&csv->text, 2))
        return;
    memmove(csv->text.data + start + 1, csv->text.data + start, size);
    csv->text.data[start] = '"';
    csv->text.data[start + 1 + size] = '"';
    csv->state = PLAIN;
}

static void put(struct csv *csv, char c)
{
    if (csv->size <= csv->most && csv->count < CSV_MAX_CELLS)
        bytes_put_u8(&csv->text, (uint8_t)c);
}

static void end_record(struct csv *csv)
{
    size_t start = csv->count && csv->count <= CSV_MAX_CELLS ? csv->ends[csv->count - 1] : 0;
    bool plain = csv->state == PLAIN;
    if (plain && csv->text.size > start && csv->text.data[csv->text.size - 1] == '\r')
        csv->text.size--;
    csv->blank = csv->count == 0 && csv->text.size == 0 && (plain || csv->state == CELL_START);
    end_cell(csv);
    csv->state = RECORD_END;
}

static void pass(struct csv *csv, char c)
{
    if (csv->state == QUOTED) {
        if (c == '"')
            csv->state = QUOTE_IN_QUOTED;
        else
            put(csv, c);
        return;
    }
    if (csv->state == QUOTE_IN_QUOTED && c == '"') {
        csv->state = QUOTED;
        put(csv, c);
        return;
    }
    if (c == csv->delimiter)
        end_cell(csv);
    else if (c == '\n')
        end_record(csv);
    else if (csv->state == CELL_START && c == '"')
        csv->state = QUOTED;
    else if (csv->state != QUOTE_IN_QUOTED || c != '\r') {
        if (csv->state == QUOTE_IN_QUOTED)
            unquote(csv);
        csv->state = PLAIN;
        put(csv, c);
    }
}

static void pass_all(struct csv *csv, struct slice some)
{
    size_t at = 0;
    while (at < some.size && csv->state != RECORD_END) {
        char c = some.data[at++];
        csv->next_line += c == '\n';
        csv->size += c != '\n' || csv->state == QUOTED;
        pass(csv, c);
        if (csv->size > csv->most && csv->text.size)
            bytes_release(&csv->text);
    }
    source_take(csv->source, at);
}

bool csv_read_record(struct csv *csv)
{
    struct slice some;
    if (csv->next_line == 0)
        csv->next_line = 1;
    bytes_clear(&csv->text);
    csv->count = 0;
    csv->size = 0;
    csv->line = csv->next_line;
    csv->state = CELL_START;
    csv->blank = csv->open_quote = false;
    if (source_some(csv->source).size == 0)
        return false;
    while (csv->state != RECORD_END && (some = source_some(csv->source)).size)
        pass_all(csv, some);
    csv->open_quote = csv->state == QUOTED;
    if (csv->state != RECORD_END)
        end_record(csv);
    return true;
}

char csv_sniff(struct slice start)
{
    static const char delimiters[] = ",\t;|";
    size_t counts[sizeof delimiters - 1] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < start.size && (quoted || start.data[i] != '\n'); i++) {
        quoted ^= start.data[i] == '"';
        for (size_t d = 0; !quoted && d < sizeof delimiters - 1; d++)
            counts[d] += start.data[i] == delimiters[d];
    }
    for (size_t d = 1; d < sizeof delimiters - 1; d++)
        if (counts[d] > counts[best])
            best = d;
    return delimiters[best];
}
