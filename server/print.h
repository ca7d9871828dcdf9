/* Standard output. */
#ifndef VERBATIM_PRINT_H
#define VERBATIM_PRINT_H

#include <stdbool.h>

#include "base/slice.h"

/* False where nobody reads any more, said nowhere, and where the system refuses, said. */
bool print_bytes(struct slice bytes);

#endif
