/* OUT.state: one line that says what the answers depend on, and two of how far they have come, each
 * a JSON object and the hash of its text. Inside this room only. */
#ifndef VERBATIM_SEARCH_BATCH_STATE_H
#define VERBATIM_SEARCH_BATCH_STATE_H

#include "base/bytes.h"
#include "search/batch_file.h"

enum { BATCH_STATE_BYTES_MOST = 1 << 20, BATCH_STATE_PLACE_BYTES = 256 };

struct batch_progress {
    struct batch_point point;
    uint64_t bytes;         /* of OUT */
    uint64_t input, output; /* hashes: of the lines that were answered, of those bytes */
};

/* The first line. */
void batch_state_write_head(struct bytes *out, const struct batch_identity *identity);
/* A line of BATCH_STATE_PLACE_BYTES. */
void batch_state_write_place(struct bytes *out, const struct batch_progress *progress);

/* Reads a state: STATUS_INVALID where it was begun with something else than `head` says, which the
 * text then names, STATUS_CORRUPT where no place of it is whole. `subject`: OUT, for messages. */
enum status batch_state_read(struct slice text, struct slice head, const char *subject,
                             struct batch_progress *progress, struct error *error);

#endif
