/* One scratch folder for a group of tests, from its set-up to its tear-down. */
#ifndef VERBATIM_TESTS_SCRATCH_FIXTURE_H
#define VERBATIM_TESTS_SCRATCH_FIXTURE_H

#include "scratch.h"

static struct scratch scratch;

static int open_scratch(void **state)
{
    (void)state;
    scratch_open(&scratch);
    return 0;
}

static int close_scratch(void **state)
{
    (void)state;
    scratch_close(&scratch);
    return 0;
}

#endif
