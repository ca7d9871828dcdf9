/* A request's target, "/search?q=a%20b", read by ourselves: the library's own reading stops at %00
 * and fails silently on many arguments. */
#ifndef VERBATIM_HTTP_TARGET_H
#define VERBATIM_HTTP_TARGET_H

#include "base/slice.h"

enum { TARGET_BYTES_MOST = 16384, TARGET_PAIRS_MOST = 64 };

struct target_pair {
    struct slice name, value; /* decoded; may hold any byte, NUL too */
};

struct target {
    struct slice authority; /* of the absolute form, http://AUTHORITY/…; empty elsewhere */
    struct slice path;      /* as it was written, not decoded */
    struct slice query;     /* decoded in place: no longer of use */
    struct target_pair pairs[TARGET_PAIRS_MOST];
    size_t pair_count;
};

enum target_fault { TARGET_GOOD, TARGET_TOO_MANY_PAIRS, TARGET_TOO_LONG, TARGET_MALFORMED };

/* Whether these bytes can be a target at all: at most TARGET_PAIRS_MOST pairs, not longer than
 * TARGET_BYTES_MOST, no blank or control character; begins with '/', "http://" or "https://", or is
 * "*". The first fault, in the order of the enum. */
enum target_fault target_check(struct slice raw);

/* Reads a target that passed target_check. Changes raw's bytes, which the target then borrows. */
void target_read(struct target *target, char *raw, size_t size);

/* A pair whose name stood before it already; NULL where each stands once. */
const struct target_pair *target_repeated(const struct target *target);

/* %XX in place, and '+' as a blank where asked; a '%' without two digits stays as it is. Returns
 * the new size. */
size_t target_decode(char *data, size_t size, bool plus);

#endif
