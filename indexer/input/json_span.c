#include "input/json_span.h"

/* From inside a string to behind it, or to the end of the text. */
static size_t pass_string(struct json_span *span, struct slice text, size_t at)
{
    while (at < text.size) {
        char c = text.data[at++];
        if (span->escaped)
            span->escaped = false;
        else if (c == '\\')
            span->escaped = true;
        else if (c == '"') {
            span->in_string = false;
            span->done = span->depth == 0;
            break;
        }
    }
    return at;
}

static void pass_outside(struct json_span *span, char c)
{
    switch (c) {
    case '"':
        span->in_string = true;
        break;
    case '{':
    case '[':
        span->depth++;
        break;
    case '}':
    case ']':
        span->depth -= span->depth > 0;
        span->done = span->depth == 0;
        break;
    default:
        span->scalar = span->depth == 0;
    }
}

static bool ends_scalar(char c)
{
    return memchr(" \t\r\n,]}", c, 7) != NULL;
}

size_t json_span_pass(struct json_span *span, struct slice text)
{
    size_t at = 0;
    while (at < text.size && !span->done) {
        if (span->scalar && ends_scalar(text.data[at])) {
            span->done = true;
            break;
        }
        if (span->in_string) {
            at = pass_string(span, text, at);
            continue;
        }
        if (!span->scalar)
            pass_outside(span, text.data[at]);
        at++;
    }
    return at;
}
