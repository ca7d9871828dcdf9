/* Replies in gzip, for clients that ask for it. The one place of the server that knows zlib. */
#ifndef VERBATIM_HTTP_GZIP_H
#define VERBATIM_HTTP_GZIP_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/slice.h"
#include "base/status.h"

/* Whether an Accept-Encoding header of this value takes gzip (RFC 9110, 12.5.3): named, or by "*",
 * and not with q=0. */
bool gzip_accepted(struct slice accept_encoding);

struct gzip; /* owned; one thread at a time */

struct gzip *gzip_open(int level);  /* 1 … 9; NULL where memory ends */
void gzip_close(struct gzip *gzip); /* NULL is allowed */

enum gzip_flush { GZIP_GATHER, GZIP_SEND, GZIP_END }; /* SEND: the reader can have all of it now */
/* Appends to out what comes of these bytes. */
enum status gzip_add(struct gzip *gzip, struct slice bytes, enum gzip_flush flush,
                     struct bytes *out);

/* The whole at once, appended. */
enum status gzip_whole(struct slice bytes, int level, struct bytes *out);

#endif
