/* Writes an index: "tiny" is the file of two articles whose bytes FORMAT.md shows, "sample" one of
 * random articles with lists of every shape.
 *
 *     tiny FILE tiny | sample SEED ARTICLES VOCABULARY TITLE_WORDS BODY_WORDS BATCH NO_TEXT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/store/sample.h"

static uint32_t number(const char *text)
{
    return (uint32_t)strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
    struct sample sample;
    if (argc == 3 && strcmp(argv[2], "tiny") == 0) {
        sample_make_tiny(&sample);
    } else if (argc == 10) {
        struct sample_options options = {number(argv[3]),     number(argv[4]), number(argv[5]),
                                         number(argv[6]),     number(argv[7]), number(argv[8]),
                                         number(argv[9]) != 0};
        sample_make(&sample, &options);
    } else {
        fprintf(stderr, "tiny: what is to be written?\n");
        return 2;
    }
    sample_write(&sample, argv[1]);
    sample_free(&sample);
    return 0;
}
