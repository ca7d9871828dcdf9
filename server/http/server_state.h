/* What every request may look at. Filled before the first one and fixed while there are any. */
#ifndef VERBATIM_HTTP_SERVER_STATE_H
#define VERBATIM_HTTP_SERVER_STATE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "http/hosts.h"
#include "http/library.h"
#include "http/metrics.h"
#include "http/settings.h"

struct watchdog;
struct batch_room;

struct server {
    const struct http_settings *settings;
    struct hosts hosts;
    struct metrics metrics;
    struct library *library;
    struct watchdog *watchdog;
    struct batch_room *batches;
    _Atomic bool draining; /* no new work: every reply closes its connection */
};

/* How long each step of a connection may take, from the timeout of the settings. */
static inline uint64_t
server_idle_us(const struct server *server) /* from one reply to the next request's line */
{
    return 2 * server->settings->timeout_us;
}
static inline uint64_t
server_header_us(const struct server *server) /* from there to the header's end */
{
    return server->settings->timeout_us;
}
static inline uint64_t server_body_us(const struct server *server) /* a batch's lines */
{
    return 6 * server->settings->timeout_us;
}
static inline uint64_t server_reply_us(const struct server *server,
                                       size_t bytes) /* at least 64 KiB a second */
{
    return 3 * server->settings->timeout_us + (uint64_t)bytes * 1000000 / 65536;
}

#endif
