/* What an answer tells of spellings: those that were searched, and others that there are. */
#ifndef VERBATIM_SEARCH_SPELLING_ECHO_H
#define VERBATIM_SEARCH_SPELLING_ECHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct spelling_echo { /* of a phrase, or a part of one */
    struct slice written;
    struct slice *searched; /* the written one first */
    size_t searched_count;
    bool cut; /* there are more, which were not searched */
};

enum { ALSO_WRITTEN_MOST = 5 };

struct also_written {
    struct slice text;
    uint64_t articles; /* that hold it, whatever else the question asks for */
};

#endif
