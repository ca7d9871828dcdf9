/* Numbers as people read them: 30,539. */
#ifndef VERBATIM_BASE_GROUPED_H
#define VERBATIM_BASE_GROUPED_H

#include <stdint.h>

enum { GROUPED_BYTES = 28 }; /* of the longest, its zero included: 20 digits, 6 commas */

/* Writes the number with a comma between thousands, zero-terminated, and returns out, which has
 * room for GROUPED_BYTES. Any thread. */
const char *number_grouped(uint64_t number, char *out);

#endif
