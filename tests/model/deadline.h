/* How long a question works. A test that has this in it measures by the clock of its thread, the
 * searcher in it too, so that a machine that stands still changes nothing. */
#ifndef VERBATIM_TESTS_DEADLINE_H
#define VERBATIM_TESTS_DEADLINE_H

#include "search/searcher.h"

/* Microseconds of this thread until the answer is there. *ended: the budget did before the answer
 * was whole. Fails the test where there is none. */
uint64_t deadline_ask(const struct searcher *searcher, const struct question *question,
                      bool *ended);

#endif
