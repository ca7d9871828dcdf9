/* What an article wrote: its title and body, word by word. Inside this room only. */
#ifndef VERBATIM_SEARCH_QUOTE_WRITTEN_H
#define VERBATIM_SEARCH_QUOTE_WRITTEN_H

#include "base/bytes.h"

struct analyzer;
struct documents;
struct match_budget;
struct range;

struct written_word {
    uint64_t start, end; /* bytes of its text */
    uint64_t hash;       /* of it, folded */
};

struct written_text {         /* a title or a body */
    struct bytes text, words; /* words: struct written_word, from the first on */
    uint64_t byte, place;     /* a byte, and the code points before it: where counting goes on */
};

struct quote_written {         /* one thread; release when done; reusable */
    struct analyzer *analyzer; /* borrowed, as is the next */
    struct match_budget *budget;
    struct written_text title, body;
    uint32_t body_start; /* position of its first word */
};
void quote_written_release(struct quote_written *written); /* a zeroed one is allowed */

/* Reads the title, which is empty where it was derived, and of the body the words at positions up
 * to `last` and some behind it. STATUS_NOT_FOUND where the file stores no text; the budget's
 * status. */
enum status quote_written_read(struct quote_written *written, struct documents *documents,
                               uint32_t doc, uint32_t title_words, struct slice title,
                               uint32_t last);

/* The stretch of words [from, to) of a text: its bytes and its code points. Where it is empty, an
 * empty stretch behind the word before. False where the text has not these words. */
bool written_stretch(struct written_text *text, uint64_t from, uint64_t to, struct slice *bytes,
                     struct range *range);

static inline const struct written_word *written_words(const struct written_text *text)
{
    return bytes_items(&text->words);
}

static inline size_t written_count(const struct written_text *text)
{
    return text->words.size / sizeof(struct written_word);
}

#endif
