/* What a test's own data cannot be made without. Where it fails, the program ends. */
#ifndef VERBATIM_TESTS_DEMAND_H
#define VERBATIM_TESTS_DEMAND_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static inline void demand(bool good, const char *cause)
{
    if (good)
        return;
    fprintf(stderr, "%s\n", cause);
    exit(1);
}

static inline void *demand_memory(void *memory)
{
    demand(memory != NULL, "out of memory");
    return memory;
}

#endif
