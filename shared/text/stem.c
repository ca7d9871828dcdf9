#include "text/stem.h"

#include <libstemmer.h>
#include <string.h>

/* The code first, then what else a language is called (ISO 639-1 and 639-2, both ways of the latter
 * where there are two), and last what the stemmer is called. */
static const char *const names[][6] = {
    {"ar", "ara", "arabic"},
    {"hy", "hye", "arm", "armenian"},
    {"eu", "eus", "baq", "basque"},
    {"ca", "cat", "catalan"},
    {"da", "dan", "danish"},
    {"nl", "dut", "nld", "dutch"},
    {"en", "eng", "english"},
    {"fi", "fin", "finnish"},
    {"fr", "fre", "fra", "french"},
    {"de", "ger", "deu", "german"},
    {"el", "gre", "ell", "greek"},
    {"hi", "hin", "hindi"},
    {"hu", "hun", "hungarian"},
    {"id", "ind", "indonesian"},
    {"ga", "gle", "irish"},
    {"it", "ita", "italian"},
    {"lt", "lit", "lithuanian"},
    {"ne", "nep", "nepali"},
    {"no", "nor", "nb", "nn", "norwegian"},
    {"porter"},
    {"pt", "por", "portuguese"},
    {"ro", "rum", "ron", "romanian"},
    {"ru", "rus", "russian"},
    {"sr", "srp", "serbian"},
    {"es", "spa", "esl", "spanish"},
    {"sv", "swe", "swedish"},
    {"ta", "tam", "tamil"},
    {"tr", "tur", "turkish"},
    {"yi", "yid", "yiddish"},
};

enum { LANGUAGES = sizeof names / sizeof *names, NAMES = sizeof *names / sizeof **names };

/* What the stemmer of a language is called. */
static const char *stemmer_name(size_t language)
{
    const char *name = names[language][0];
    for (size_t i = 1; i < NAMES && names[language][i]; i++)
        name = names[language][i];
    return name;
}

static bool is_called(size_t language, struct slice name)
{
    for (size_t i = 0; i < NAMES && names[language][i]; i++)
        if (slice_equal(name, slice_of_string(names[language][i])))
            return true;
    return false;
}

/* The name in lower case up to a hyphen or a low line; its size, 0 where it is too long. */
static size_t plain_name(struct slice name, char out[STEM_CODE_BYTES])
{
    size_t size = 0;
    for (; size < name.size && name.data[size] != '-' && name.data[size] != '_'; size++) {
        char c = name.data[size];
        if (size == STEM_CODE_BYTES)
            return 0;
        out[size] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return size;
}

bool stem_language(struct slice name, char out[STEM_CODE_BYTES])
{
    char plain[STEM_CODE_BYTES];
    size_t size = plain_name(name, plain);
    for (size_t i = 0; size && i < LANGUAGES; i++)
        if (is_called(i, slice_of(plain, size))) {
            strncpy(out, names[i][0], STEM_CODE_BYTES);
            return true;
        }
    return false;
}

const char *stem_language_code(size_t number)
{
    return number < LANGUAGES ? names[number][0] : NULL;
}

struct stemmer *stemmer_open(const char *code)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        if (strcmp(code, names[i][0]) == 0)
            return (struct stemmer *)(void *)sb_stemmer_new(stemmer_name(i), NULL);
    return NULL;
}

struct slice stemmer_stem(struct stemmer *stemmer, struct slice word)
{
    struct sb_stemmer *snowball = (struct sb_stemmer *)(void *)stemmer;
    const sb_symbol *stem =
        sb_stemmer_stem(snowball, (const sb_symbol *)(const void *)word.data, (int)word.size);
    return stem ? slice_of(stem, (size_t)sb_stemmer_length(snowball)) : (struct slice){0};
}

void stemmer_close(struct stemmer *stemmer)
{
    sb_stemmer_delete((struct sb_stemmer *)(void *)stemmer);
}
