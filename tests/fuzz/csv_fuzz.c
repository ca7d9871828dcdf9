/* Any bytes as CSV and TSV; and as cells, which written by the rules of RFC 4180 are read as they
 * were. */
#include "base/bytes.h"
#include "fuzz/input_fuzz.h"
#include "input/csv_record.h"

struct memory {
    struct slice text;
    size_t piece; /* how much comes at a time */
};

static size_t give(void *context, void *to, size_t capacity, struct error *error)
{
    struct memory *memory = context;
    size_t n = memory->text.size < memory->piece ? memory->text.size : memory->piece;
    (void)error;
    n = n < capacity ? n : capacity;
    if (n)
        memcpy(to, memory->text.data, n);
    memory->text = slice_from(memory->text, n);
    return n;
}

static void quote(struct bytes *out, struct slice cell)
{
    bytes_put_u8(out, '"');
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.data[i] == '"')
            bytes_put_u8(out, '"');
        bytes_put_u8(out, (uint8_t)cell.data[i]);
    }
    bytes_put_u8(out, '"');
}

/* 0xFE ends a cell and 0xFF a record. */
static void write_quoted(struct bytes *out, struct slice text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0xFE)
            continue;
        quote(out, slice_of(text.data + from, i - from));
        bytes_append_string(out, c == 0xFE ? "," : i % 2 ? "\r\n" : "\n");
        from = i + 1;
    }
    quote(out, slice_from(text, from));
}

static void demand_cells(struct csv *csv, struct slice text)
{
    size_t from = 0, cell = 0;
    fuzz_demand(csv_read_record(csv));
    for (size_t i = 0; i <= text.size; i++) {
        unsigned char c = i < text.size ? (unsigned char)text.data[i] : 0xFF;
        if (c < 0xFE)
            continue;
        fuzz_demand(cell < csv->count);
        fuzz_demand(slice_equal(csv_cell(csv, cell), slice_of(text.data + from, i - from)));
        from = i + 1;
        cell++;
        if (c == 0xFE)
            continue;
        fuzz_demand(cell == csv->count && !csv->open_quote);
        fuzz_demand(csv_read_record(csv) == (i < text.size));
        cell = 0;
    }
}

static void demand_round_trip(struct slice text)
{
    struct bytes written = {0};
    write_quoted(&written, text);
    struct memory memory = {bytes_slice(&written), 1 + text.size % 7};
    struct source source = {.context = &memory, .read = give};
    struct csv *csv = calloc(1, sizeof *csv);
    fuzz_demand(csv && written.status == STATUS_OK);
    csv->source = &source;
    csv->delimiter = ',';
    csv->most = SIZE_MAX;
    demand_cells(csv, text);
    csv_release(csv);
    source_close(&source);
    bytes_release(&written);
    free(csv);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t some, again;
    uint64_t hash = input_fuzz_read(data, size, "csv", false, &some);
    fuzz_demand(input_fuzz_read(data, size, "csv", false, &again) == hash);
    input_fuzz_read(data, size, "tsv", false, &some);
    if (size < CSV_MAX_CELLS)
        demand_round_trip(slice_of(data, size));
    return 0;
}
