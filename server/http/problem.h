/* What went wrong, as application/problem+json (RFC 9457). */
#ifndef VERBATIM_HTTP_PROBLEM_H
#define VERBATIM_HTTP_PROBLEM_H

#include "base/bytes.h"
#include "base/error.h"

struct problem {           /* zeroed: none */
    unsigned status;       /* of HTTP; 0: none */
    char detail[520];      /* one sentence, lower case, the cause first */
    const char *parameter; /* the one that is wrong; NULL: none in particular */
    char named[65];        /* room for one that a client named */
    bool has_position;
    size_t position;        /* of the query, in code points, where a strict query is wrong */
    const char *allow;      /* 405: the methods that are not refused */
    unsigned retry_after_s; /* 503: 0: not said */
};

/* Keeps the first: one that is set already stays. */
void problem_set(struct problem *problem, unsigned status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Says that this parameter is the wrong one: its first 64 bytes, up to a NUL. */
void problem_name(struct problem *problem, struct slice parameter);
/* What a status from below means to a client. */
void problem_from_error(struct problem *problem, const struct error *error);

const char *problem_title(unsigned status); /* the status in words */
void problem_render(const struct problem *problem, struct bytes *out);

#endif
