/* gzip (RFC 1952), both ways, as streams. The one place that knows zlib. */
#ifndef VERBATIM_BASE_GZIP_H
#define VERBATIM_BASE_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/slice.h"
#include "base/status.h"

struct gzip; /* owned; one thread at a time */

struct gzip *gzip_open(int level);  /* 1 … 9; NULL where memory ends */
void gzip_close(struct gzip *gzip); /* NULL is allowed */

enum gzip_flush { GZIP_GATHER, GZIP_SEND, GZIP_END }; /* SEND: the reader can have all of it now */
/* Appends to out what comes of these bytes. */
enum status gzip_add(struct gzip *gzip, struct slice bytes, enum gzip_flush flush,
                     struct bytes *out);

/* The whole at once, appended. */
enum status gzip_whole(struct slice bytes, int level, struct bytes *out);

/* --- Back --------------------------------------------------------------------------------------*/

struct gunzip; /* of one member after another; owned; one thread at a time */

struct gunzip *gunzip_open(void);         /* NULL where memory ends */
void gunzip_close(struct gunzip *gunzip); /* NULL is allowed */

/* Unpacks from *packed, which moves behind what was used, up to capacity bytes into `to`; *got says
 * how many. *ended: the member ended there and its sums fit; the next call begins another.
 * STATUS_CORRUPT where it is no gzip, STATUS_INVALID where its content does not fit its sums,
 * STATUS_NO_MEMORY; what was got before that stays good. */
enum status gunzip_some(struct gunzip *gunzip, struct slice *packed, void *to, size_t capacity,
                        size_t *got, bool *ended);

#endif
