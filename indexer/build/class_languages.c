#include "build/class_languages.h"

#include <assert.h>

#include "store/key.h"
#include "text/stem.h"

enum { LANG_FIELD = 3 };

static void add(struct class_languages *languages, const char *code)
{
    size_t at = 0;
    while (at < languages->count && strcmp(languages->codes[at], code) < 0)
        at++;
    if (at < languages->count && strcmp(languages->codes[at], code) == 0)
        return;
    assert(languages->count < CLASS_LANGUAGES_MOST);
    memmove(languages->codes + at + 1, languages->codes + at,
            (languages->count - at) * sizeof *languages->codes);
    languages->codes[at] = code;
    languages->count++;
}

static void add_named(struct class_languages *languages, struct slice name)
{
    char code[STEM_CODE_BYTES];
    if (!stem_language(name, code))
        return;
    for (size_t i = 0; stem_language_code(i); i++)
        if (strcmp(stem_language_code(i), code) == 0)
            add(languages, stem_language_code(i));
}

enum status class_languages_read(struct class_languages *languages, const struct lexicon *lexicon,
                                 const struct settings *settings)
{
    struct lexicon_cursor cursor = {0};
    struct bytes key = {0};
    languages->count = 0;
    add_named(languages, slice_of(settings->lang, strnlen(settings->lang, STORE_LANG_BYTES)));
    key_write(&key, KEY_VALUE, LANG_FIELD, SLICE(""));
    enum status status = key.status;
    if (status == STATUS_OK) {
        lexicon_seek(&cursor, lexicon, bytes_slice(&key));
        while (lexicon_next(&cursor) &&
               slice_starts_with(bytes_slice(&cursor.key), bytes_slice(&key)))
            add_named(languages, slice_from(bytes_slice(&cursor.key), key.size));
        status = cursor.status;
    }
    lexicon_cursor_release(&cursor);
    bytes_release(&key);
    return status;
}
