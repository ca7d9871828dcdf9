/* The different words of an article as numbers of few bits, for comparing articles with each other
 * where a few words taken for each other do no harm. */
#ifndef VERBATIM_BUILD_REORDER_CODES_H
#define VERBATIM_BUILD_REORDER_CODES_H

#include "base/bytes.h"
#include "base/slice.h"

enum {
    WORD_CODE_BITS = 21,
    WORD_CODES = 1 << WORD_CODE_BITS,
    WORD_CODES_MOST = 8192, /* of an article; words behind are passed over */
};

struct word_coder; /* owned; one thread at a time */

struct word_coder *word_coder_open(void);        /* NULL where memory ends */
void word_coder_close(struct word_coder *coder); /* NULL is allowed */
/* Appends the codes, u32 each, of the words of a title and a body. They depend on these alone; in a
 * long text one may come twice. */
enum status word_coder_read(struct word_coder *coder, struct slice title, struct slice body,
                            struct bytes *codes);

#endif
