/* Words out of text: of plain ASCII, and of letters that take folding. */
#include "bench/micro/loop.h"

#include <stdlib.h>
#include <string.h>

#include "text/analyzer.h"

enum { WORDS = 64 };

static struct analyzer *analyzer;
static char ascii[16384], folded[16384];

static void repeat(char *out, size_t room, const char *text)
{
    size_t size = strlen(text), at = 0;
    for (; at + size < room; at += size)
        memcpy(out + at, text, size);
    out[at] = '\0';
}

void text_prepare(void)
{
    analyzer = analyzer_open();
    repeat(ascii, sizeof ascii,
           "The old lighthouse stood a mile from the harbour; nobody had lit it since 1987, when "
           "the storm took the keeper's boat (and, some said, the keeper). Its door was open. ");
    repeat(folded, sizeof folded,
           "L’été dernier, à Málaga, les pêcheurs ont réparé “leur” bateau; Ærøskøbing und "
           "Straße: naïve façades, déjà vu — übermäßig, señor Núñez. ");
}

static uint64_t tokenise(const char *text)
{
    struct word words[WORDS];
    uint64_t count = 0;
    size_t some;
    analyzer_begin(analyzer, slice_of_string(text));
    while ((some = analyzer_read(analyzer, words, WORDS)) > 0) {
        count += some;
        loop_keep(words);
    }
    return count;
}

static uint64_t tokenise_ascii(void)
{
    return tokenise(ascii);
}
static uint64_t tokenise_folded(void)
{
    return tokenise(folded);
}

const struct loop text_loops[] = {
    {"words of ASCII text", "word", tokenise_ascii},
    {"words of text that is folded", "word", tokenise_folded},
    {0},
};
