/* What every unit test includes: cmocka, with the headers that it wants before it. */
#ifndef VERBATIM_TESTS_UNIT_H
#define VERBATIM_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { UNIT_SKIPPED = 77 }; /* what a test exits with where something that it needs is absent */

#endif
