/* Reads texts from standard input, each behind its size in four bytes, and writes a line of its
 * words for each: the joint, a colon, the word, a space. "general" as the argument takes the
 * general path. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/endian.h"
#include "text/analyzer.h"

static void write_words(struct analyzer *a, struct slice text)
{
    struct word words[7];
    size_t n;
    analyzer_begin(a, text);
    while ((n = analyzer_read(a, words, 7)) > 0)
        for (size_t i = 0; i < n; i++)
            printf("%u:%.*s ", words[i].joint, (int)words[i].text.size, words[i].text.data);
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct analyzer *a = analyzer_open();
    unsigned char size_bytes[4];
    if (!a)
        return 1;
    analyzer_use_general_path(a, argc > 1 && strcmp(argv[1], "general") == 0);
    while (fread(size_bytes, 1, 4, stdin) == 4) {
        size_t size = load_le32(size_bytes);
        char *text = malloc(size + 1);
        if (!text || fread(text, 1, size, stdin) != size)
            return 1;
        write_words(a, slice_of(text, size));
        free(text);
    }
    analyzer_close(a);
    return 0;
}
