/* The words of JSON text, checked one by one before json-c sees them: even in its strict mode it
 * takes NaN, 'quotes', control characters in strings, 1. and -01, and surrogates as UTF-8. How the
 * words stand together is left to it.
 *
 * What json-c cannot hold is written anew: \u0000 in a key, which would end it, becomes \ufffd, and
 * a whole number of more than 64 bits, which it would cut, gets an exponent of 0. */
#ifndef VERBATIM_BASE_JSON_SCAN_H
#define VERBATIM_BASE_JSON_SCAN_H

#include "base/bytes.h"
#include "base/slice.h"

struct json_scan {
    struct slice text;  /* what json-c may read: the text given, or anew; set where cause is NULL */
    struct bytes anew;  /* owned */
    const char *cause;  /* what is wrong, static storage; NULL for nothing */
    size_t at;          /* the byte where */
    size_t copied;      /* of the text given, what anew stands for */
};

/* The text is borrowed. Where memory ends, anew.status says so. */
void json_scan(struct json_scan *scan, struct slice text);
void json_scan_release(struct json_scan *scan); /* twice is fine */

#endif
