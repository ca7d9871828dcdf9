/* By which names this server may be asked: the defence against a page elsewhere whose name was made
 * to point here (DNS rebinding). Names are compared whole, port included, letters of either case.
 */
#ifndef VERBATIM_HTTP_HOSTS_H
#define VERBATIM_HTTP_HOSTS_H

#include "base/slice.h"
#include "base/status.h"
#include "http/settings.h"

enum { HOST_BYTES = 280 };

struct hosts {
    char (*names)[HOST_BYTES]; /* owned */
    size_t count;
    const char *cors_origin; /* borrowed; NULL: none */
};

/* port is the one that was bound; 0 for a Unix socket. */
enum status hosts_init(struct hosts *hosts, const struct http_settings *settings, uint16_t port);
void hosts_release(struct hosts *hosts); /* twice is fine */

/* host: as the header Host gives it. */
bool hosts_allow(const struct hosts *hosts, struct slice host);
/* "http://" or "https://" and one of our own names. */
bool hosts_own_origin(const struct hosts *hosts, struct slice origin);
bool hosts_cors_origin(const struct hosts *hosts, struct slice origin);

#endif
