/* What no request may be, looked at before anything is done for it: what another reader of the same
 * bytes could read otherwise, and what another site's page could have sent. */
#ifndef VERBATIM_HTTP_CHECKS_H
#define VERBATIM_HTTP_CHECKS_H

#include "http/request.h"

enum { HEADER_BYTES_MOST = 12288, HEADERS_MOST = 100 };

/* Fills in request->headers and request->method, and request->problem where the request is refused.
 * version is where the library keeps the request line's last word. */
void checks_header(struct request *request, const char *method, const char *version);

/* After the route is known: whether another site's page asks (Origin, Sec-Fetch-Site). */
void checks_site(struct request *request);

#endif
