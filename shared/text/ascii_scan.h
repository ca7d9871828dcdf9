/* Finds the words of a window of text and lower-cases it. Inward; any thread. */
#ifndef VERBATIM_TEXT_ASCII_SCAN_H
#define VERBATIM_TEXT_ASCII_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ASCII_WINDOW = 4096 };

struct ascii_scan {
    size_t edge_count, care_count;
    bool has_long_run; /* maybe a word of more than 64 bytes */
    /* Where a run of ASCII letters and digits begins, ends, begins … */
    uint16_t edges[ASCII_WINDOW + 1];
    /* Where a run of bytes that are not ASCII begins, and where a letter or digit follows a dot or
     * comma. The list ends with UINT16_MAX. */
    uint16_t cares[ASCII_WINDOW + 1];
};

/* size is at most ASCII_WINDOW. lower gets the text with A–Z as a–z. */
void ascii_scan(struct ascii_scan *scan, const char *text, size_t size, char lower[ASCII_WINDOW]);

#endif
