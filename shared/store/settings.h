/* What holds for a whole file: how it was built and what it counts. The chunk "settings". */
#ifndef VERBATIM_STORE_SETTINGS_H
#define VERBATIM_STORE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

struct bytes;

enum {
    STORE_MAX_ARTICLES = 0x7FFFFFFF,
    STORE_MAX_POSITION = 0x7FFFFFFE, /* the greatest word position in an article */
    STORE_BODY_GAP =
        1024, /* positions between the last word of a title and the first of its body */
    STORE_LANG_BYTES = 16,
};

struct settings {
    uint32_t article_count;
    uint64_t word_count;       /* in titles and bodies, column values not counted */
    uint64_t title_word_count; /* of them in titles */
    uint64_t length_sum; /* of norm_length(norm) over all articles; the average length is this /
                            articles */
    uint32_t k1_thousandths, b_thousandths, title_weight_thousandths; /* 1200, 600, 3000 */
    bool has_text;
    char lang[STORE_LANG_BYTES]; /* zero-padded */
};

void settings_write(const struct settings *settings, struct bytes *out);
enum status settings_read(struct slice chunk, struct settings *settings);

/* Where the words of a body begin: 0 where the title has no words, else behind them and the gap. */
static inline uint32_t settings_body_start(uint32_t title_words)
{
    return title_words ? title_words + STORE_BODY_GAP : 0;
}

#endif
