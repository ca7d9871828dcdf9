/* What a fuzz target includes. It defines LLVMFuzzerTestOneInput and demands of every input more
 * than to be survived: a round trip, an order, two ways that agree. */
#ifndef VERBATIM_TESTS_FUZZ_H
#define VERBATIM_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* data is borrowed and ends where a sanitizer sees a byte too far. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define fuzz_demand(good) fuzz_demand_at((good), #good, __FILE__, __LINE__)

static inline void fuzz_demand_at(bool good, const char *what, const char *file, int line)
{
    if (good)
        return;
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    abort();
}

#endif
