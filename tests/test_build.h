/* Index files that a test builds of articles of its own. Any failure fails the test. */
#ifndef VERBATIM_TESTS_TEST_BUILD_H
#define VERBATIM_TESTS_TEST_BUILD_H

#include "build/builder.h"
#include "unit/unit.h"

/* One thread and the least memory: what a small file needs. */
static inline struct builder_options test_build_options(void)
{
    struct builder_options options;
    builder_options_init(&options);
    options.memory_bytes = BUILDER_MEMORY_LEAST;
    options.threads = 1;
    return options;
}

static inline struct builder *test_build_open(const char *path,
                                              const struct builder_options *options)
{
    struct error error = {0};
    struct builder *builder = builder_open(path, options, &error);
    if (!builder)
        fail_msg("%s", error.text);
    return builder;
}

static inline void test_build_add(struct builder *builder, const struct article *article)
{
    struct error error = {0};
    if (builder_add(builder, article, &error) != STATUS_OK)
        fail_msg("%s", error.text);
}

static inline void test_build_commit(struct builder *builder)
{
    struct builder_totals totals;
    struct error error = {0};
    if (builder_commit(builder, &totals, NULL, NULL, &error) != STATUS_OK)
        fail_msg("%s", error.text);
}

#endif
