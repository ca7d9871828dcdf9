#include "base/error.h"
#include "input/clean.h"
#include "input/json_article.h"
#include "input/reader.h"
#include "input/readers.h"
#include "input/source.h"

/* JSON Lines where the first line is an object and another one follows, or the name says so, or the
 * line is so long that nothing can be said but that ".json" is not its name. */
int jsonl_recognise(struct slice start, const char *hint)
{
    bool named = reader_name_ends(hint, ".jsonl") || reader_name_ends(hint, ".ndjson") ||
                 reader_name_ends(hint, ".jsonlines");
    struct slice text = clean_trim(start);
    const char *end = text.size ? memchr(text.data, '\n', text.size) : NULL;
    size_t size = end ? (size_t)(end - text.data) : text.size;
    struct slice first = clean_trim(slice_of(text.data, size));
    if (!json_begins_object(first))
        return named ? RECOGNISED_NAME + 5 : 0;
    bool another = first.data[first.size - 1] == '}' && json_begins_object(slice_from(text, size));
    bool long_line = !end && start.size == READER_PEEK_BYTES && !reader_name_ends(hint, ".json");
    return named || another || long_line ? RECOGNISED_CONTENT + 5 : 0;
}

/* Files laid end to end bring their byte order marks along. */
static struct slice without_mark(struct slice line)
{
    struct slice mark = SLICE("\xEF\xBB\xBF");
    return slice_starts_with(line, mark) ? slice_from(line, mark.size) : line;
}

enum status jsonl_read(struct reading *reading)
{
    struct bytes spill = {0};
    struct slice line;
    uint64_t size, number = 0, line_number = 0;
    size_t most = reading->intake->options->max_article_bytes;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && source_line(reading->source, most, &spill, &line, &size)) {
        line_number++;
        line = clean_trim(without_mark(line));
        number += size > 0 &&
                  (size > most || line.size); /* a bad one counts, so that ids stay as they are */
        if (spill.status != STATUS_OK)
            status = error_set(reading->intake->error, spill.status, "out of memory at %s",
                               reading->name);
        else if (size > most)
            status = reading_too_large(reading, line_number, size);
        else if (line.size)
            status = json_article_read(reading, line, line_number, number);
    }
    bytes_release(&spill);
    /* What failed, failed in the line behind. */
    return status == STATUS_OK ? reading_end(reading, line_number + 1) : status;
}
