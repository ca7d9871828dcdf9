/* Where a JSON value ends, found byte by byte as it comes, without holding or checking it. */
#ifndef VERBATIM_INPUT_JSON_SPAN_H
#define VERBATIM_INPUT_JSON_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct json_span { /* zeroed before a value, the first byte of which is no white space */
    uint64_t depth;
    bool in_string, escaped, scalar;
    bool done;
};

/* How many bytes of the text belong to the value; done where it ends with them. */
size_t json_span_pass(struct json_span *span, struct slice text);

#endif
