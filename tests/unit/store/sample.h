/* A small index made up from random articles, with everything that stands in it also as plain
 * arrays: what the store's tests compare with. Inverted by sorting, so that nothing of the builder
 * is needed. */
#ifndef VERBATIM_TESTS_SAMPLE_H
#define VERBATIM_TESTS_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "store/class_rule.h"
#include "store/gram_list_write.h"
#include "store/gram_rule.h"
#include "store/impact.h"
#include "store/settings.h"

enum { SAMPLE_LANGUAGES = 2 };

struct container_writer;
struct sample_class;

struct sample_options {
    uint64_t seed;
    uint32_t articles;
    uint32_t vocabulary;  /* words to draw from, the lower the more often */
    uint32_t title_words; /* at most, of an article */
    uint32_t body_words;  /* at most, of an article */
    uint32_t batch;       /* articles packed together; 0: all */
    bool no_text;
};

struct sample_article {
    char *id, *title, *body, *source;
    uint32_t title_words, body_words;
    uint64_t date;
};

struct sample_posting {
    uint32_t doc, tf, title_tf;
    const uint32_t *positions;
};

struct sample_term {
    struct slice key;
    size_t count; /* postings */
    const struct sample_posting *postings;
};

struct sample_gram {
    uint32_t count, terms[GRAM_WORDS_MOST]; /* words; their places among the terms */
    uint32_t article_count;
    const struct gram_article *articles; /* ascending */
};

struct sample {
    struct sample_options options;
    bool reordered; /* said to have come in the reverse order; the caller's to set */
    struct settings settings;
    struct impact_model model;
    struct sample_article *articles;
    uint8_t *norms;
    size_t term_count;
    struct sample_term *terms; /* ascending */
    struct sample_posting *postings;
    uint32_t *positions;
    char **vocabulary;
    bool has_grams; /* only then what follows is looked at */
    struct gram_rule rule;
    size_t gram_count;
    struct sample_gram *grams; /* in the order of the file */
    struct gram_article *gram_articles;
    bool has_classes; /* only then what follows is looked at: see sample_classes.h */
    struct class_rule class_rule;
    uint32_t moduli[SAMPLE_LANGUAGES];
    bool has_titles; /* whole titles, completions, and groups: likewise */
    void (*write_groups)(struct container_writer *container); /* in their place; may be NULL */
    void (*spoil_class)(struct sample_class *class); /* before it is written; may be NULL */
};

void sample_make(struct sample *sample, const struct sample_options *options);
/* Two articles of a few words, always the same: the ones that FORMAT.md shows byte by byte. */
void sample_make_tiny(struct sample *sample);
/* Finds all grams that the rule demands, by looking at every run of every article. */
void sample_add_grams(struct sample *sample, const struct gram_rule *rule);
/* Writes the file through the store's write side. Ends the program where that fails. */
void sample_write(const struct sample *sample, const char *path);
void sample_free(struct sample *sample);

#endif
