/* Time that only goes forward, for durations and deadlines. */
#ifndef VERBATIM_BASE_CLOCK_H
#define VERBATIM_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Microseconds since some moment that stays the same all through the process. Any thread. */
static inline uint64_t clock_microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

#endif
