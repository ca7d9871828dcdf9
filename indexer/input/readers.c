/* The formats. A new one is a new file and a line here. */
#include <strings.h>

#include "input/reader.h"
#include "input/readers.h"

static const struct reader readers[] = {
    {"text", text_recognise, text_read}, {"markdown", markdown_recognise, markdown_read},
    {"html", html_recognise, html_read}, {"jsonl", jsonl_recognise, jsonl_read},
    {"json", json_recognise, json_read}, {"csv", csv_recognise, csv_read},
    {"tsv", tsv_recognise, tsv_read},
};

enum { READERS = sizeof readers / sizeof readers[0] };

const char *const *input_kinds(void)
{
    static const char *kinds[READERS + 1];
    for (size_t i = 0; i < READERS; i++)
        kinds[i] = readers[i].name;
    return kinds;
}

const struct reader *reader_of_kind(const char *kind)
{
    for (size_t i = 0; i < READERS; i++)
        if (strcmp(readers[i].name, kind) == 0)
            return &readers[i];
    return NULL;
}

const struct reader *reader_of_content(struct slice start, const char *hint)
{
    const struct reader *best = NULL;
    int surest = 0;
    for (size_t i = 0; i < READERS; i++) {
        int sure = readers[i].recognise(start, hint);
        if (sure > surest) {
            surest = sure;
            best = &readers[i];
        }
    }
    return best;
}

bool reader_name_ends(const char *name, const char *ending)
{
    size_t size = strlen(name), tail = strlen(ending);
    return size >= tail && strcasecmp(name + size - tail, ending) == 0;
}
