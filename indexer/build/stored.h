/* Articles from indexes that exist: what append, merge and delete feed a builder with. */
#ifndef VERBATIM_BUILD_STORED_H
#define VERBATIM_BUILD_STORED_H

#include <stdbool.h>

#include "build/builder.h"
#include "store/snapshot.h"

/* The options that a file was built with, for a build that goes on with it: k1, b, title_weight,
 * lang, no_text, no_grams, reorder, gram_bound, class_bound,
 * gram_least_df. lang is borrowed from the snapshot.
 * What fails is a file that is damaged. */
enum status stored_options(const struct snapshot *snapshot, struct builder_options *options,
                           struct error *error);

struct stored_filter {                                 /* which articles to leave out */
    bool (*leave_out)(void *context, struct slice id); /* NULL: none */
    void *context;
};

/* Adds every article of the file in the order of the input. STATUS_UNSUPPORTED, naming the file,
 * where it stores no text. progress, which may be NULL, is told after each some articles. */
enum status stored_feed(struct builder *builder, const struct snapshot *snapshot,
                        const struct stored_filter *filter,
                        void (*progress)(void *context, uint32_t done, uint32_t all), void *context,
                        struct error *error);

#endif
