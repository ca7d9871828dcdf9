/* Whether a client takes replies in gzip. */
#ifndef VERBATIM_HTTP_GZIP_H
#define VERBATIM_HTTP_GZIP_H

#include <stdbool.h>

#include "base/gzip.h"
#include "base/slice.h"

/* Whether an Accept-Encoding header of this value takes gzip (RFC 9110, 12.5.3): named, or by "*",
 * and not with q=0. */
bool gzip_accepted(struct slice accept_encoding);

#endif
