/* An article's length in words as one byte: exact below 24, then eight steps a doubling, rounded
 * down. */
#ifndef VERBATIM_STORE_NORM_H
#define VERBATIM_STORE_NORM_H

#include <stdint.h>

uint8_t norm_of_length(uint32_t words); /* rises with words */
uint32_t norm_length(uint8_t norm);     /* the least length of that norm */

#endif
