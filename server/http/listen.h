/* The socket on which the server is asked. */
#ifndef VERBATIM_HTTP_LISTEN_H
#define VERBATIM_HTTP_LISTEN_H

#include "base/error.h"
#include "http/settings.h"

/* A listening socket on the settings' address and port, or at their path with mode 0600, where a
 * socket that nobody listens at any more is replaced. *port is the one that was bound, 0 for a
 * path. -1 with the cause in the error. */
int listen_open(const struct http_settings *settings, uint16_t *port, struct error *error);
/* Takes a path's name away again. */
void listen_forget(const struct http_settings *settings);

#endif
