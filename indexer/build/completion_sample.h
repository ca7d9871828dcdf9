/* How words and phrases are commonly written, by a sample of the text: with capital letters,
 * accents and hyphens. An occurrence counts where a single space and no sentence's end stands
 * before it. */
#ifndef VERBATIM_BUILD_COMPLETION_SAMPLE_H
#define VERBATIM_BUILD_COMPLETION_SAMPLE_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/slice.h"
#include "text/analyzer.h"

enum {
    SAMPLE_PHRASE_WORDS = 4, /* longer phrases are not looked for */
    SAMPLE_LEAST = 2,        /* times that a spelling is to be met */
};

struct sampled { /* of one word or phrase */
    uint64_t hash;
    uint32_t folded;  /* times that it is written as it is folded */
    uint32_t variant; /* the first of its other spellings, counted from 1; 0: none */
    bool wanted;      /* a word, or a phrase that was asked for */
    bool goes_on;     /* the first words of a longer one that was */
};

struct sample_variant {
    uint32_t count, next; /* the next of the same; 0: none */
    uint32_t at, size;    /* how it is written, in `written` */
};

struct completion_sample { /* one thread; zeroed before its first use; release when done */
    struct sampled *table; /* its size is a power of two */
    size_t size, count;
    struct bytes variants; /* struct sample_variant */
    struct bytes written;
    struct bytes words; /* struct sampled_word */
    struct bytes pair;  /* the words of a phrase */
    enum status status; /* sticky */
};

struct sampled_word { /* a word with a spelling of its own, where its text stands in `written` */
    uint32_t at, size;
};

/* The phrase, of folded words with a space between, is to be looked for; words need not be told. */
void completion_sample_want(struct completion_sample *sample, struct slice phrase);
void completion_sample_text(struct completion_sample *sample, struct analyzer *analyzer,
                            struct slice text);
/* How a word or phrase is written most often: empty where that is as it is folded, or where it was
 * met too rarely. Borrowed until more text is added. */
struct slice completion_sample_shown(const struct completion_sample *sample, struct slice text);
void completion_sample_release(struct completion_sample *sample);

#endif
