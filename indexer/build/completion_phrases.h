/* Which runs of words are suggested: of the grams of a file the most frequent, but for those that
 * end with a very frequent word ("white and"). */
#ifndef VERBATIM_BUILD_COMPLETION_PHRASES_H
#define VERBATIM_BUILD_COMPLETION_PHRASES_H

#include "base/bytes.h"
#include "store/grams_read.h"
#include "store/lexicon_read.h"

enum {
    COMPLETION_PHRASES_MOST = 100000,
    COMPLETION_LEAST_DF = 2,       /* of a phrase */
    COMPLETION_COMMON_SHARE = 500, /* a word that is one in so many is common */
};

struct completion_phrase {
    uint32_t df, count;
    uint32_t terms[GRAM_WORDS_MOST];
};

/* What is read of the lexicon in one go. */
struct completion_words {
    struct bytes best; /* uint32_t a block of the lexicon: the most articles of a word of it */
    uint8_t *common;   /* a bit a term; owned */
    uint32_t block_count;
};

enum status completion_words_read(struct completion_words *words, const struct snapshot *snapshot,
                                  const struct lexicon *lexicon);
void completion_words_release(struct completion_words *words);

/* Appends them as struct completion_phrase, in the order of the file: all of at least so many
 * articles that there are no more than COMPLETION_PHRASES_MOST. */
enum status completion_phrases_choose(const struct grams *grams,
                                      const struct completion_words *words, struct bytes *phrases);

#endif
