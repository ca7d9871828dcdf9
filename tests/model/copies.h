/* Near-copies by brute force: every run of five words of every body, as it is written, counted
 * against every earlier first in full. The rule is written down anew here. */
#ifndef VERBATIM_TESTS_COPIES_H
#define VERBATIM_TESTS_COPIES_H

#include <stddef.h>
#include <stdint.h>

#include "text/article.h"

struct copies; /* owned; one thread; a failure ends the program */

struct copies *copies_open(void);
/* Articles come in the order of the input. */
void copies_add(struct copies *copies, const struct article *article);
size_t copies_count(const struct copies *copies);
/* The first that the article belongs to; itself where it is none's copy. */
size_t copies_first(const struct copies *copies, size_t article);
/* Whether two of them are near-copies, whatever groups there are. */
bool copies_are(const struct copies *copies, size_t a, size_t b);
/* Runs of each that are in both, and of each. */
void copies_common(const struct copies *copies, size_t a, size_t b, size_t counts[3]);
void copies_close(struct copies *copies);

#endif
