/* An index file that a test damages: mapped for writing, so that a snapshot opened beside sees each
 * change. */
#ifndef VERBATIM_TESTS_VICTIM_H
#define VERBATIM_TESTS_VICTIM_H

#include <stddef.h>
#include <stdint.h>

struct victim {
    char path[4096];
    uint8_t *data;
    size_t size;
    size_t body_end; /* where the page sums begin */
};

/* Ends the program where the file cannot be mapped. */
void victim_open(struct victim *victim, const char *path);
void victim_close(struct victim *victim);

/* Makes every sum right again that covers the bytes at … at + size − 1: what is left are the bounds
 * checks. */
void victim_mend(struct victim *victim, size_t at, size_t size);

#endif
