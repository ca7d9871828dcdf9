/* Counts of keys, in a memory of fixed size: a table that is put in order and appended to a spool
 * whenever it is full. What the runs add up to is the same wherever they were cut.
 *
 * One thread at a time. The status is sticky. */
#ifndef VERBATIM_BUILD_TALLY_H
#define VERBATIM_BUILD_TALLY_H

#include "build/run.h"

enum { TALLY_LEAST_BYTES = 256 << 10 };

struct tally; /* owned */

/* Takes `memory` bytes at once, at least TALLY_LEAST_BYTES. spool, for its runs, is taken, after
 * a failure too; NULL where opening it failed, which the error tells. */
struct tally *tally_open(size_t memory, struct spool *spool, struct error *error);
/* Counts a key of 1 to KEY_MAX_BYTES bytes. */
void tally_add(struct tally *tally, struct slice key);
enum status tally_status(const struct tally *tally);
/* Makes the runs readable and frees all else. */
enum status tally_finish(struct tally *tally, struct error *error);
/* An array of struct run: terms are the keys, and each stands before a number of varints that add
 * up to its count. */
const struct bytes *tally_runs(const struct tally *tally);
void tally_close(struct tally *tally); /* its runs are gone then; NULL is allowed */

/* The count of the key that the readers of a merge stand at; reads it to its end. */
enum status tally_count(struct run_reader *const *readers, size_t count, uint64_t *sum);

#endif
