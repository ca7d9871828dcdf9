/* Terms that an encoder made, in memory, waiting for their turn in the file. */
#ifndef VERBATIM_STORE_ENCODED_TERMS_H
#define VERBATIM_STORE_ENCODED_TERMS_H

#include "base/bytes.h"
#include "base/slice.h"
#include "store/term.h"

struct encoded_terms { /* zeroed: empty; release when done */
    struct bytes postings, positions;
    struct bytes terms; /* for each a struct term, the size of its key, and the key */
};

void encoded_terms_clear(struct encoded_terms *encoded);
void encoded_terms_release(struct encoded_terms *encoded);
/* After the term's lists. */
void encoded_terms_add(struct encoded_terms *encoded, struct slice key, const struct term *term);
enum status encoded_terms_status(const struct encoded_terms *encoded);
/* The term at *at, which is moved behind it; false at the end. */
bool encoded_terms_next(const struct encoded_terms *encoded, size_t *at, struct slice *key,
                        struct term *term);

#endif
