#include "build/reorder_log.h"

#include <pthread.h>

int32_t reorder_log_table[REORDER_LOG_TABLE];

/* Bit by bit: squaring doubles a logarithm. */
static int32_t logarithm(uint32_t n)
{
    int whole = 31 - __builtin_clz(n);
    uint64_t x = (uint64_t)n << (31 - whole); /* 1 … 2, in 2^-31 */
    int32_t log = whole;
    for (int bit = 0; bit < REORDER_LOG_BITS; bit++) {
        x = x * x >> 31;
        int above = x >= (uint64_t)1 << 32;
        log = 2 * log + above;
        x >>= above;
    }
    return log;
}

static void fill(void)
{
    for (uint32_t n = 1; n < REORDER_LOG_TABLE; n++)
        reorder_log_table[n] = logarithm(n);
}

void reorder_log_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fill);
}
