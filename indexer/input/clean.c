#include "input/clean.h"

#include <strings.h>

#include "text/utf8.h"

static void append_without_nul(struct bytes *out, struct slice text)
{
    while (text.size) {
        const char *nul = memchr(text.data, '\0', text.size);
        size_t part = nul ? (size_t)(nul - text.data) : text.size;
        utf8_append_valid(out, slice_of(text.data, part));
        if (nul)
            bytes_append_string(out, "\xEF\xBF\xBD");
        text = slice_from(text, part + (nul != NULL));
    }
}

struct slice clean_text(struct arena *arena, struct slice text)
{
    if (text.size == 0 || (!memchr(text.data, '\0', text.size) && utf8_valid(text)))
        return text;
    struct bytes out = {0};
    append_without_nul(&out, text);
    struct slice copy = arena_copy(arena, bytes_slice(&out));
    if (out.status != STATUS_OK)
        arena->status = out.status;
    bytes_release(&out);
    return copy;
}

struct slice clean_trim(struct slice text)
{
    while (text.size && clean_is_space(text.data[0]))
        text = slice_from(text, 1);
    while (text.size && clean_is_space(text.data[text.size - 1]))
        text.size--;
    return text;
}

void clean_line_ends(struct bytes *text)
{
    uint8_t *to = text->size ? memchr(text->data, '\r', text->size) : NULL;
    if (!to)
        return;
    for (const uint8_t *from = to, *end = text->data + text->size; from < end; from++) {
        if (*from == '\r' && from + 1 < end && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    text->size = (size_t)(to - text->data);
}

bool clean_same(struct slice a, const char *b)
{
    return strlen(b) == a.size && strncasecmp(a.data, b, a.size) == 0;
}
