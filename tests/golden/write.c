/* Writes an index: "tiny" is the file of two articles whose bytes FORMAT.md shows, "sample" one of
 * random articles with lists of every shape.
 *
 *     golden_write FILE tiny | tiny-grams | tiny-classes
 *     golden_write FILE sample SEED ARTICLES VOCABULARY TITLE_WORDS BODY_WORDS BATCH NO_TEXT
 *                  [BOUND LEAST_DF RANKED_WORDS DENSE: with grams and titles
 *                  [BOUND MODULUS MODULUS: with classes]] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/store/sample.h"
#include "unit/store/sample_classes.h"

static uint32_t number(const char *text)
{
    return (uint32_t)strtoul(text, NULL, 10);
}

static void add_grams(struct sample *sample, char **arguments)
{
    struct gram_rule rule = gram_rule_default();
    rule.bound = number(arguments[0]);
    rule.least_df = number(arguments[1]);
    rule.ranked_words = number(arguments[2]);
    rule.dense = number(arguments[3]);
    sample_add_grams(sample, &rule);
}

int main(int argc, char **argv)
{
    struct sample sample;
    if (argc == 3 && strcmp(argv[2], "tiny") == 0) {
        sample_make_tiny(&sample);
    } else if (argc == 3 && strcmp(argv[2], "tiny-grams") == 0) {
        sample_make_tiny(&sample);
        sample_add_grams(&sample, &(struct gram_rule){3, 1, 1, 12, 90, 2, 0});
    } else if (argc == 3 && strcmp(argv[2], "tiny-classes") == 0) {
        sample_make_tiny(&sample);
        sample_add_classes(&sample, &(struct class_rule){12, 12}, 0, 3);
        sample.has_titles = true;
    } else if (argc == 10 || argc == 14 || argc == 17) {
        struct sample_options options = {number(argv[3]),     number(argv[4]), number(argv[5]),
                                         number(argv[6]),     number(argv[7]), number(argv[8]),
                                         number(argv[9]) != 0};
        sample_make(&sample, &options);
        if (argc >= 14)
            add_grams(&sample, argv + 10);
        if (argc == 17)
            sample_add_classes(&sample, &(struct class_rule){number(argv[14]), 12},
                               number(argv[15]), number(argv[16]));
        sample.has_titles = argc >= 14;
    } else {
        fprintf(stderr, "golden_write: what is to be written?\n");
        return 2;
    }
    sample_write(&sample, argv[1]);
    sample_free(&sample);
    return 0;
}
