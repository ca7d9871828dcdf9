/* One JSON object, an array of them or several one after the other, read value by value: of an
 * array of any size one element is held. */
#include "base/error.h"
#include "input/clean.h"
#include "input/json_article.h"
#include "input/json_span.h"
#include "input/reader.h"
#include "input/readers.h"
#include "input/source.h"

enum { END = -1 };

struct json_reading {
    struct reading *reading; /* borrowed */
    uint64_t line;           /* of the next byte */
    struct bytes value;      /* the one just read; empty where it is too large */
    uint64_t value_size, value_line;
    uint64_t number;
};

int json_recognise(struct slice start, const char *hint)
{
    struct slice text = clean_trim(start);
    bool array = text.size && text.data[0] == '[';
    struct slice inner = array ? clean_trim(slice_from(text, 1)) : text;
    if (json_begins_object(inner) || (array && inner.size == 1 && inner.data[0] == ']'))
        return RECOGNISED_CONTENT;
    return reader_name_ends(hint, ".json") ? RECOGNISED_NAME : 0;
}

static void take(struct json_reading *r, struct slice taken)
{
    for (const char *at = taken.data, *end = at + taken.size;
         (at = memchr(at, '\n', (size_t)(end - at))); at++)
        r->line++;
    source_take(r->reading->source, taken.size);
}

/* The next byte that is no white space, not taken; END where there is none. */
static int next_byte(struct json_reading *r)
{
    struct slice some;
    while ((some = source_some(r->reading->source)).size) {
        size_t at = 0;
        while (at < some.size && memchr(" \t\r\n", some.data[at], 4))
            at++;
        take(r, slice_of(some.data, at));
        if (at < some.size)
            return (unsigned char)some.data[at];
    }
    return END;
}

static void read_value(struct json_reading *r)
{
    struct json_span span = {0};
    struct slice some;
    size_t most = r->reading->intake->options->max_article_bytes;
    r->number++;
    r->value_line = r->line;
    r->value_size = 0;
    bytes_clear(&r->value);
    while (!span.done && (some = source_some(r->reading->source)).size) {
        some.size = json_span_pass(&span, some);
        r->value_size += some.size;
        if (r->value_size <= most)
            bytes_append_slice(&r->value, some);
        else
            bytes_release(&r->value);
        take(r, some);
    }
}

/* Hands on the value that was read. */
static enum status deliver(struct json_reading *r, uint64_t number)
{
    struct reading *reading = r->reading;
    if (r->value.status != STATUS_OK)
        return error_set(reading->intake->error, r->value.status, "out of memory at %s",
                         reading->name);
    if (reading->source->error.status != STATUS_OK)
        return STATUS_OK; /* it did not come whole, which is reported at the end */
    if (r->value_size > reading->intake->options->max_article_bytes)
        return reading_too_large(reading, r->value_line, r->value_size);
    return json_article_read(reading, bytes_slice(&r->value), r->value_line, number);
}

/* Behind the '['. */
static enum status read_elements(struct json_reading *r)
{
    enum status status = STATUS_OK;
    int c = next_byte(r);
    while (status == STATUS_OK && c != ']' && c != END) {
        read_value(r);
        status = deliver(r, r->number);
        c = next_byte(r);
        if (status != STATUS_OK || c == ']' || c == END)
            break;
        if (c != ',')
            return reading_skip(r->reading, r->line,
                                "the array is broken off here: a comma or ']' is missing");
        take(r, SLICE(","));
        c = next_byte(r);
        if (c == ']')
            status = reading_skip(r->reading, r->line, "a comma before ']'");
    }
    if (status == STATUS_OK && c == END && r->reading->source->error.status == STATUS_OK)
        return reading_skip(r->reading, r->line, "the array has no end");
    take(r, SLICE("]"));
    if (status == STATUS_OK && c == ']' && next_byte(r) != END)
        return reading_skip(r->reading, r->line, "text behind the end of the array");
    return status;
}

/* An only value is the file's article; of several each has its number. */
static enum status read_values(struct json_reading *r)
{
    enum status status = STATUS_OK;
    for (int c = next_byte(r); status == STATUS_OK && c != END; c = next_byte(r)) {
        read_value(r);
        bool only = r->number == 1 && next_byte(r) == END;
        status = deliver(r, only ? 0 : r->number);
    }
    return status;
}

enum status json_read(struct reading *reading)
{
    struct json_reading r = {.reading = reading, .line = 1};
    enum status status;
    if (next_byte(&r) == '[') {
        take(&r, SLICE("["));
        status = read_elements(&r);
    } else
        status = read_values(&r);
    bytes_release(&r.value);
    return status == STATUS_OK ? reading_end(reading, r.line) : status;
}
