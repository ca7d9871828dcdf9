/* Builds an index as verbatim-index does, but by a rule of grams that small collections meet too.
 *
 *     golden_build FILE BOUND LEAST_DF PATH... */
#include <stdio.h>
#include <stdlib.h>

#include "build/builder.h"
#include "input/input.h"

static enum status take(void *context, const struct article *article,
                        const struct input_place *place)
{
    struct error error = {0};
    (void)place;
    return builder_add(context, article, &error);
}

static void skip(void *context, const struct input_place *place, const char *reason)
{
    (void)context;
    fprintf(stderr, "golden_build: %s:%llu: %s\n", place->name, (unsigned long long)place->line,
            reason);
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct builder_options options;
    struct builder_totals totals;
    struct input_totals read;
    builder_options_init(&options);
    if (argc < 5) {
        fprintf(stderr, "golden_build: what is to be built?\n");
        return 2;
    }
    options.threads = 2;
    options.gram_bound = options.class_bound = strtoull(argv[2], NULL, 10);
    options.gram_least_df = (uint32_t)strtoul(argv[3], NULL, 10);
    struct builder *builder = builder_open(argv[1], &options, &error);
    if (builder) {
        struct input_options input = {.max_article_bytes = builder_max_article_bytes(&options)};
        struct input_sink sink = {builder, take, skip, NULL};
        if (input_read((const char *const *)&argv[4], (size_t)argc - 4, &input, &sink, &read,
                       &error) == STATUS_OK)
            builder_commit(builder, &totals, NULL, NULL, &error);
        else
            builder_abandon(builder);
    }
    if (error.status != STATUS_OK)
        fprintf(stderr, "golden_build: %s\n", error.text);
    return error.status != STATUS_OK;
}
