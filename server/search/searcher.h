/* The one door of the read side: a question in, an answer out.
 *
 * A searcher is a collection: one index file or several as one, opened, checked and immutable. It
 * may be used by any number of threads at once and lives until its last reference is given back.
 * Questions and answers are plain structs that know nothing of files, so that the same door could
 * stand before a cluster. */
#ifndef VERBATIM_SEARCH_SEARCHER_H
#define VERBATIM_SEARCH_SEARCHER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/slice.h"
#include "search/answer.h"
#include "search/question.h"
#include "search/searcher_info.h"
#include "search/stored_article.h"

struct searcher;

/* Opens the files as one collection; df and article counts are summed, an id in a later file hides
 * earlier ones. NULL with the cause in the error. One file takes less than 10 ms at any size. */
struct searcher *searcher_open(const char *name, const char *const *paths, size_t count,
                               struct error *error);
struct searcher *searcher_ref(struct searcher *searcher);
void searcher_unref(struct searcher *searcher); /* NULL is allowed */

/* Any thread; the name is borrowed from the searcher. */
void searcher_info(const struct searcher *searcher, struct searcher_info *info);
/* Whether a path now names another file than the one that is open. */
bool searcher_replaced(const struct searcher *searcher);
/* Reads every page and compares its checksum; the first damaged place in the error. Any thread. */
enum status searcher_verify(const struct searcher *searcher, struct error *error);

/* STATUS_OK, also where the budget ended (then partial says so). STATUS_INVALID: it cannot be
 * answered, as a bad date. STATUS_LIMIT: over a documented cap. STATUS_CORRUPT: a page fails its
 * checksum: nothing of it was answered from. The answer is to be released whatever comes. */
enum status searcher_ask(const struct searcher *searcher, const struct question *question,
                         struct answer *answer, struct error *error);

/* The article of this id, whole; marked for a question if given. STATUS_NOT_FOUND: none has it. */
enum status searcher_article(const struct searcher *searcher, struct slice id,
                             const struct question *question, struct stored_article *article,
                             struct error *error);

#endif
