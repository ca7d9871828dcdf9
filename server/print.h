/* Standard output. */
#ifndef VERBATIM_PRINT_H
#define VERBATIM_PRINT_H

#include <stdbool.h>

#include "base/bytes.h"

/* False where nobody reads any more, said nowhere, and where the system refuses, said on standard
 * error. */
bool print_bytes(struct slice bytes);
/* Prints what was put together, and releases it. False also where memory ended, likewise said. */
bool print_and_release(struct bytes *out);

#endif
