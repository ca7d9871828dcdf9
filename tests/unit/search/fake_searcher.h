/* A searcher without files, so that batch and render are tried alone. The question's text is a
 * command: "fail" is refused as invalid, "slow N" waits N milliseconds (one digit), all else is
 * answered with the text as its one hit's id. */
#ifndef VERBATIM_TESTS_UNIT_SEARCH_FAKE_SEARCHER_H
#define VERBATIM_TESTS_UNIT_SEARCH_FAKE_SEARCHER_H

#include "search/searcher.h"

extern struct question fake_last; /* the last question; its slices are not kept */

#endif
