#include "store/encoded_terms.h"

#include <string.h>

void encoded_terms_clear(struct encoded_terms *encoded)
{
    bytes_clear(&encoded->postings);
    bytes_clear(&encoded->positions);
    bytes_clear(&encoded->terms);
}

void encoded_terms_release(struct encoded_terms *encoded)
{
    bytes_release(&encoded->postings);
    bytes_release(&encoded->positions);
    bytes_release(&encoded->terms);
}

void encoded_terms_add(struct encoded_terms *encoded, struct slice key, const struct term *term)
{
    bytes_append(&encoded->terms, term, sizeof *term);
    bytes_append(&encoded->terms, &key.size, sizeof key.size);
    bytes_append_slice(&encoded->terms, key);
}

enum status encoded_terms_status(const struct encoded_terms *encoded)
{
    enum status status =
        encoded->postings.status ? encoded->postings.status : encoded->positions.status;
    return status ? status : encoded->terms.status;
}

bool encoded_terms_next(const struct encoded_terms *encoded, size_t *at, struct slice *key,
                        struct term *term)
{
    const uint8_t *from = encoded->terms.data + *at;
    if (*at == encoded->terms.size)
        return false;
    memcpy(term, from, sizeof *term);
    memcpy(&key->size, from + sizeof *term, sizeof key->size);
    key->data = (const char *)from + sizeof *term + sizeof key->size;
    *at += sizeof *term + sizeof key->size + key->size;
    return true;
}
