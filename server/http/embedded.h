/* The files that are compiled in: the page and the description of the interface. */
#ifndef VERBATIM_HTTP_EMBEDDED_H
#define VERBATIM_HTTP_EMBEDDED_H

#include "base/slice.h"

struct embedded {
    const char *path; /* of the URL */
    const char *type;
    const char *start, *end;
};

/* The file that answers at this path; NULL where there is none. */
const struct embedded *embedded_find(struct slice path);
struct slice embedded_bytes(const struct embedded *file);

/* Not served as it stands: its @ORIGIN@ becomes the address under which it was asked for. */
struct slice embedded_opensearch(void);

#endif
