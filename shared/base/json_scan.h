/* The tokens of JSON text, checked one by one before json-c sees them: even in its strict mode it
 * takes NaN, 'quotes', control characters in strings, 1. and -01, and surrogates as UTF-8. How the
 * tokens follow one another is left to json-c.
 *
 * What json-c cannot hold is rewritten: \u0000 in a key, which would end it, becomes \ufffd, and a
 * whole number of more than 64 bits, which it would cut, gets an exponent of 0. */
#ifndef VERBATIM_BASE_JSON_SCAN_H
#define VERBATIM_BASE_JSON_SCAN_H

#include "base/bytes.h"
#include "base/slice.h"

struct json_scan {
    struct slice text; /* what json-c may read, if cause is NULL: the text given or rewritten */
    struct bytes rewritten; /* owned; empty where the text is good as it is */
    const char *cause;      /* what is wrong, static storage; NULL for nothing */
    size_t at;              /* the byte of the text given where it is wrong */
    size_t copied;          /* bytes of the text given that `rewritten` stands for */
};

/* The text is borrowed until json_scan_release. Out of memory, rewritten.status says so. One thread
 * at a time. */
void json_scan(struct json_scan *scan, struct slice text);
void json_scan_release(struct json_scan *scan); /* twice is fine */

#endif
