/* The articles whose whole titles stand in a question. */
#ifndef VERBATIM_SEARCH_MIXING_TITLES_H
#define VERBATIM_SEARCH_MIXING_TITLES_H

#include "search/mixing.h"

/* Fills the mixture's titled. False with the budget's status bad. */
bool mixing_find_titles(const struct mixing *mixing, size_t file, struct mixture *mixture,
                        struct match_budget *budget);

#endif
