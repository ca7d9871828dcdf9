#include "http/gzip.h"

#include <strings.h>

static struct slice trim(struct slice s)
{
    while (s.size && (s.data[0] == ' ' || s.data[0] == '\t'))
        s = slice_from(s, 1);
    while (s.size && (s.data[s.size - 1] == ' ' || s.data[s.size - 1] == '\t'))
        s.size--;
    return s;
}

/* The part before the next `mark`, trimmed; s moves behind the mark. */
static struct slice take(struct slice *s, char mark)
{
    const char *end = s->size ? memchr(s->data, mark, s->size) : NULL;
    struct slice part = {s->data, end ? (size_t)(end - s->data) : s->size};
    *s = slice_from(*s, part.size + (end != NULL));
    return trim(part);
}

static bool same_word(struct slice s, const char *word)
{
    return s.size == strlen(word) && strncasecmp(s.data, word, s.size) == 0;
}

/* "q=0", "q=0.0", "q=0.000" */
static bool refuses(struct slice weight)
{
    if (weight.size < 3 || (weight.data[0] | 0x20) != 'q' || weight.data[1] != '=')
        return false;
    for (size_t i = 2; i < weight.size; i++)
        if (weight.data[i] != '0' && weight.data[i] != '.')
            return false;
    return true;
}

bool gzip_accepted(struct slice accept_encoding)
{
    bool any = false;
    while (accept_encoding.size) {
        struct slice element = take(&accept_encoding, ',');
        struct slice coding = take(&element, ';');
        bool refused = refuses(trim(element));
        if (same_word(coding, "gzip") || same_word(coding, "x-gzip"))
            return !refused;
        if (same_word(coding, "*"))
            any = !refused;
    }
    return any;
}
