/* Articles taken first and numbered afterwards: those that are like each other stand together.
 *
 * The articles that stay, the later of an id in the place of the first, are put in order in
 * stretches of BISECT_ARTICLES, each for itself, so that memory and time for one have an end. The
 * order depends on the articles and their order in the input alone. */
#ifndef VERBATIM_BUILD_REORDER_H
#define VERBATIM_BUILD_REORDER_H

#include "base/error.h"
#include "build/builder.h"
#include "store/fields.h"

struct reorder; /* owned; one thread calls */
struct stage;

struct reorder *reorder_open(const struct builder_options *options, const char *beside,
                             struct error *error);
/* Takes a copy. */
enum status reorder_add(struct reorder *reorder, const struct fields *fields, struct slice body,
                        struct error *error);
uint32_t reorder_articles(const struct reorder *reorder); /* taken so far */
/* A stage, the caller's, that took all that stay in their new order, and has the chunk that tells
 * it. NULL with the cause in the error. */
struct stage *reorder_stage(struct reorder *reorder, struct error *error);
void reorder_close(struct reorder *reorder); /* NULL is allowed */

#endif
