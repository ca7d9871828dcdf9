#include "text/written.h"

#include <stdbool.h>
#include <string.h>

#include "text/charfold.h"
#include "text/traits.h"
#include "text/utf8.h"

enum { CODES = 4 * WRITTEN_BYTES };

static bool all_in_words(struct slice text)
{
    uint32_t code;
    for (size_t at = 0; at < text.size;) {
        at += utf8_decode(text.data + at, text.size - at, &code);
        if (char_class(code) < CLASS_MARK)
            return false;
    }
    return true;
}

size_t written_form(struct slice text, char out[WRITTEN_BYTES])
{
    uint32_t codes[CODES];
    size_t size = 0, count;
    if (text.size > WRITTEN_BYTES || !utf8_valid(text))
        return 0;
    count = char_fold_written(text.data, text.size, codes, CODES);
    for (size_t i = 0; i < count; i++) {
        char encoded[4];
        size_t n = utf8_encode(codes[i], encoded);
        if (n > WRITTEN_BYTES - size)
            return 0;
        memcpy(out + size, encoded, n);
        size += n;
    }
    return all_in_words(slice_of(out, size)) ? size : 0;
}
