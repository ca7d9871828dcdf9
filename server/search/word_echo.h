/* A word of a query, as an answer tells of it. */
#ifndef VERBATIM_SEARCH_WORD_ECHO_H
#define VERBATIM_SEARCH_WORD_ECHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum { WORD_FORMS_MOST = 20 };

struct word_echo {
    struct slice word;             /* a pattern as it is written */
    uint64_t articles, stands_for; /* that hold it; of a pattern: words, each file's counted */
    bool is_pattern;
    bool ignored;        /* a stop word: no article need hold it, and it scores nothing */
    struct slice *forms; /* inflections that it matches too, the commonest first; articles holds
                            those of all */
    size_t form_count;   /* at most WORD_FORMS_MOST */
};

#endif
