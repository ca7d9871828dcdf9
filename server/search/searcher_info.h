/* What an open collection is. */
#ifndef VERBATIM_SEARCH_SEARCHER_INFO_H
#define VERBATIM_SEARCH_SEARCHER_INFO_H

#include <stdbool.h>
#include <stdint.h>

struct searcher_info {
    const char *name;
    char checksum[17]; /* 16 hexadecimal digits: which bytes answer; zero-terminated */
    uint64_t articles; /* hidden ones not counted */
    uint64_t words, file_bytes, files;
    bool has_text; /* bodies are stored: snippets can be made */
};

#endif
