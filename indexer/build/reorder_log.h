/* Logarithms to the base 2 in whole numbers, the same on every machine. */
#ifndef VERBATIM_BUILD_REORDER_LOG_H
#define VERBATIM_BUILD_REORDER_LOG_H

#include <stdint.h>

enum { REORDER_LOG_BITS = 16, REORDER_LOG_TABLE = 4096 };

/* Fills the table, before anyone asks; any thread, and often is fine. */
void reorder_log_init(void);
extern int32_t reorder_log_table[REORDER_LOG_TABLE];

/* log2(n) in 65536ths, rounded down, of n cut to its first twelve bits; n is at least 1. Never
 * falls as n grows. */
static inline int32_t reorder_log(uint32_t n)
{
    int shift = n < REORDER_LOG_TABLE ? 0 : 20 - __builtin_clz(n);
    return reorder_log_table[n >> shift] + (shift << REORDER_LOG_BITS);
}

#endif
