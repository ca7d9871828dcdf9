/* Where the shared corpora lie, on machines that have them unpacked: $VERBATIM_CORPORA, else
 * verbatim-corpora in the user's cache folder. */
#ifndef VERBATIM_TESTS_CORPORA_H
#define VERBATIM_TESTS_CORPORA_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The path of one of them, such as "robustness/JSONTestSuite". False, saying so, where it is
 * absent. */
static inline bool corpora_find(char path[PATH_MAX], const char *name)
{
    const char *given = getenv("VERBATIM_CORPORA"), *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (given && *given)
        snprintf(path, PATH_MAX, "%s/%s", given, name);
    else if (cache && *cache)
        snprintf(path, PATH_MAX, "%s/verbatim-corpora/%s", cache, name);
    else
        snprintf(path, PATH_MAX, "%s/.cache/verbatim-corpora/%s", home ? home : "", name);
    if (access(path, R_OK) == 0)
        return true;
    printf("skipped: there is no '%s'\n", path);
    return false;
}

#endif
