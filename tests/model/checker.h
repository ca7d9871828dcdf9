/* Whether an answer is what the model says: total, articles, order, scores, occurrences, snippets.
 */
#ifndef VERBATIM_TESTS_CHECKER_H
#define VERBATIM_TESTS_CHECKER_H

#include "model/model.h"
#include "search/searcher.h"

/* Asks and compares; prints the first difference and returns false. The question's text and op are
 * set by the caller, its limit, offset, sort and snippets are kept to. */
bool checker_ask(struct model *model, const struct searcher *searcher,
                 const struct question *question, const struct model_node *root);

#endif
