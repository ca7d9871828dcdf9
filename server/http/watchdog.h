/* Ends what takes too long. The HTTP library only minds silence, which one byte a second outlives;
 * here every connection has a moment until which its present step must be done, or its socket is
 * shut down. */
#ifndef VERBATIM_HTTP_WATCHDOG_H
#define VERBATIM_HTTP_WATCHDOG_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http/metrics.h"

struct request;
struct watchdog; /* owned */

struct client { /* one connection */
    int fd;
    bool over_limit;               /* to be told 503 and closed */
    _Atomic uint64_t deadline_us;  /* of clock_microseconds; 0: none */
    struct request *request;       /* the handler's: begun and not ended; NULL: none */
    struct client *before, *after; /* the watchdog's */
    bool cut;                      /* the watchdog's */
};

/* limit: connections above it are over_limit. The metrics are borrowed. NULL where memory or
 * threads end. */
struct watchdog *watchdog_open(size_t limit, struct metrics *metrics);
void watchdog_close(
    struct watchdog *watchdog); /* after the last client has left; NULL is allowed */

/* A client for a connection that has begun, with its first deadline microseconds from now; NULL
 * where memory ends. Must leave before its socket is closed. Any thread. */
struct client *watchdog_enter(struct watchdog *watchdog, int fd, uint64_t microseconds);
void watchdog_leave(struct watchdog *watchdog,
                    struct client *client); /* frees it; NULL is allowed */

/* Shuts every socket down and waits, so many microseconds at most, until all clients have left. */
void watchdog_cut_all(struct watchdog *watchdog, uint64_t microseconds);

/* The present step must be done within so many microseconds from now; 0: takes as long as it takes.
 */
void client_expect(struct client *client, uint64_t microseconds);

#endif
