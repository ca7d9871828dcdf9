/* A sample whose terms a test makes up itself: of articles without words. */
#ifndef VERBATIM_TESTS_CRAFTED_H
#define VERBATIM_TESTS_CRAFTED_H

#include "scratch.h"
#include "store/snapshot.h"
#include "unit/store/sample.h"

struct crafted {
    struct sample sample;
    struct scratch scratch;
    struct snapshot *snapshot; /* after crafted_open */
};

/* Room for so many terms, postings and positions, which the test fills: sample.terms and so on. */
void crafted_init(struct crafted *crafted, uint32_t articles, size_t terms, size_t postings,
                  size_t positions);
/* Writes the file and opens it. Ends the program where that fails. */
void crafted_open(struct crafted *crafted);
void crafted_release(struct crafted *crafted);

#endif
