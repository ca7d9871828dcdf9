/* The HTTP server as a whole: started, run until a signal ends it, stopped. */
#ifndef VERBATIM_HTTP_SERVER_H
#define VERBATIM_HTTP_SERVER_H

#include "base/error.h"
#include "http/settings.h"

/* Opens the indexes, listens, closes the sandbox, says "listening on URL" and answers until SIGTERM
 * or SIGINT, then lets the replies in flight end. SIGHUP reloads. Blocks; call from the main thread
 * before any other thread is started. STATUS_OK after a drain; else why it could not start. */
enum status server_run(const struct http_settings *settings, struct error *error);

#endif
