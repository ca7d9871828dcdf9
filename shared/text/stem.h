/* Stems of words, by the Snowball stemmers (Porter, Snowball: a language for stemming algorithms,
 * 2001). The one place that knows libstemmer. */
#ifndef VERBATIM_TEXT_STEM_H
#define VERBATIM_TEXT_STEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

enum {
    STEM_CODE_BYTES = 16,  /* of a language's code with a zero behind it */
    STEM_WORD_BYTES = 255, /* longer words are no one's inflections, and are not stemmed */
};

/* The code of a language that has a stemmer, by any of its names in any case, with or without a
 * region: "en" for "en", "eng", "English", "en-GB", "en_US". False where there is none. out is
 * filled up with zeros. Any thread. */
bool stem_language(struct slice name, char out[STEM_CODE_BYTES]);
/* The languages that have one, by number; NULL behind the last. */
const char *stem_language_code(size_t number);

struct stemmer; /* owned; one thread at a time */

/* By the code. NULL where memory ends or there is no such language. */
struct stemmer *stemmer_open(const char *code);
/* The stem of a word of at most STEM_WORD_BYTES bytes, in lower case with its marks; borrowed until
 * the next call. Size 0 where memory ends. */
struct slice stemmer_stem(struct stemmer *stemmer, struct slice word);
void stemmer_close(struct stemmer *stemmer); /* NULL is allowed */

#endif
