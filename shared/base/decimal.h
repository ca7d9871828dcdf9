/* Whole numbers written in decimal digits. */
#ifndef VERBATIM_BASE_DECIMAL_H
#define VERBATIM_BASE_DECIMAL_H

#include <stdint.h>

#include "base/slice.h"

/* Reads text that is digits alone, one at least, and at most `most`; false, with *number left as it
 * was, for any other. Any thread. */
bool decimal_parse(struct slice text, uint64_t most, uint64_t *number);

#endif
