/* A fixed number of threads that take tasks in the order in which they were submitted.
 *
 * Any thread but the pool's own may submit and wait; one opens and closes. pool_submit waits while
 * twice as many tasks as threads are queued, so that a producer never runs ahead of the workers. */
#ifndef VERBATIM_BASE_POOL_H
#define VERBATIM_BASE_POOL_H

#include <stddef.h>

struct pool; /* owned by who opened it */

/* threads is at least 1. NULL where the system gives no thread or memory. */
struct pool *pool_open(size_t threads);
/* Runs task(context, worker) on a thread of the pool; worker is 0 … threads − 1. context is
 * borrowed until the task has run. */
void pool_submit(struct pool *pool, void (*task)(void *context, size_t worker), void *context);
/* Waits until every task that was submitted has run. */
void pool_wait(struct pool *pool);
/* pool_wait, then the threads end. NULL is allowed. */
void pool_close(struct pool *pool);
size_t pool_threads(const struct pool *pool);

/* The processors that this process may run on; at least 1. */
size_t pool_processors(void);

#endif
