/* Articles kept in a spool until their order is known, with the codes of their words.
 *
 * Workers find the codes while articles come; what is kept is the same for any threads. */
#ifndef VERBATIM_BUILD_REORDER_GATHER_H
#define VERBATIM_BUILD_REORDER_GATHER_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/slice.h"

struct spool;

struct gathered {          /* where an article lies */
    uint64_t at;           /* its record, and behind that its body, in the spool of articles */
    uint32_t record, body; /* bytes */
    uint64_t codes_at;     /* in the spool of codes, in bytes */
    uint64_t codes;        /* how many: u32 each */
};

struct gather; /* owned; one thread calls */

struct gather *gather_open(size_t memory, size_t threads, const char *beside, struct error *error);
/* Takes copies. */
enum status gather_add(struct gather *gather, struct slice record, struct slice body);
/* Waits until all is kept; only then what follows may be asked, by any thread. */
enum status gather_finish(struct gather *gather, struct error *error);
/* Both spools are the gather's; entries are struct gathered by the articles' numbers. */
const struct spool *gather_entries(const struct gather *gather);
const struct spool *gather_codes(const struct gather *gather);
/* The record and behind it the body of an article, in place of what was in `data`. */
enum status gather_read(const struct gather *gather, uint32_t article, struct bytes *data,
                        struct slice *record, struct slice *body);
void gather_close(struct gather *gather); /* NULL is allowed */

#endif
