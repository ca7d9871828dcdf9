/* What positions do not tell and the stored text does, for the leaves that ask. */
#ifndef VERBATIM_SEARCH_STORED_WORDS_H
#define VERBATIM_SEARCH_STORED_WORDS_H

#include <stdbool.h>

#include "base/slice.h"

struct match_check;
struct match_ends;
struct plan_building;

/* Where bodies end. False where memory ends. */
bool stored_words_ends(const struct plan_building *building, struct match_ends *ends);
/* Whether the text has, where an occurrence begins, these very characters: byte for byte, white
 * space too. The value holds a word. False where memory ends. */
bool stored_words_check(const struct plan_building *building, struct slice value,
                        struct match_check *check);

#endif
