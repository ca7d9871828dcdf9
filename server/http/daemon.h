/* The HTTP library, started with the settings that proved sound and stopped without losing a reply.
 */
#ifndef VERBATIM_HTTP_DAEMON_H
#define VERBATIM_HTTP_DAEMON_H

#include <microhttpd.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct server;

/* Answers on a socket that listens; takes it. NULL with the cause. */
struct MHD_Daemon *daemon_start(struct server *server, int listener, struct error *error);

/* No new connection from now on; waits until no request is in flight, at most so many microseconds.
 */
void daemon_drain(struct MHD_Daemon *daemon, struct server *server, uint64_t microseconds);
void daemon_stop(struct MHD_Daemon *daemon);

/* How many connections can be open beside the files of the server; raises the process's own limit
 * as far as it may. wanted where that is possible. */
size_t daemon_connections(size_t wanted);

#endif
