/* Words of a stretch of the input, turned round: from "which words has this article" to "which
 * articles have this word", in a memory of fixed size. What does not fit goes to a run in a spool.
 *
 * One thread at a time. The status is sticky. */
#ifndef VERBATIM_BUILD_INVERTER_H
#define VERBATIM_BUILD_INVERTER_H

#include <stdint.h>

#include "build/run.h"
#include "build/short_key.h"
#include "text/analyzer.h"

enum { INVERTER_LEAST_BYTES = 4 << 20 };

struct inverter; /* owned */

/* Takes `memory` bytes at once, at least INVERTER_LEAST_BYTES. spool, for its runs, is taken, after
 * a failure too; NULL where opening it failed, which the error tells. */
struct inverter *inverter_open(size_t memory, struct spool *spool, struct error *error);

/* Begins a stretch: its runs will carry this number. Inverters share nothing. */
void inverter_begin(struct inverter *inverter, uint64_t unit);
/* Begins an article; numbers ascend. */
void inverter_article(struct inverter *inverter, uint32_t doc);
/* Begins a text of the article: what is added from now on stands at this position, the next and so
 * on. Positions ascend for one key. */
void inverter_text(struct inverter *inverter, uint32_t position, bool in_title);
/* The next word, or what stands for one; the key has 1 to KEY_MAX_BYTES bytes. */
void inverter_add(struct inverter *inverter, struct slice key);
/* The next words, as analyzer_read gives them, faster than one by one. keys: room for as many,
 * which get the short ones packed; NULL: nobody asks for them. */
void inverter_add_words(struct inverter *inverter, const struct word *words, size_t count,
                        struct short_key *keys);
/* Ends the stretch: all is in runs now. */
enum status inverter_end(struct inverter *inverter);

/* The runs made so far, an array of struct run in the order in which they were made. */
const struct bytes *inverter_runs(const struct inverter *inverter);
/* Makes the runs readable and frees all else. */
enum status inverter_finish(struct inverter *inverter, struct error *error);
void inverter_close(struct inverter *inverter); /* its runs are gone then; NULL is allowed */

#endif
