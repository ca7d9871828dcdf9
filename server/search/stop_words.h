/* Words that say so little that outside quotes nothing need hold them: a list a language. Any
 * thread. */
#ifndef VERBATIM_SEARCH_STOP_WORDS_H
#define VERBATIM_SEARCH_STOP_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* Whether a folded word is on the list of the language of this code (text/stem.h); false where
 * there is no list of it. */
bool stop_words_hold(const char *language, struct slice word);
/* The list of a number, from 0 on, its words parted by spaces; {NULL, 0} behind the last. */
struct slice stop_words_of(size_t number, const char **language);

#endif
