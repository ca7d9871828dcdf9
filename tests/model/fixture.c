#include "model/fixture.h"

#include "build/builder.h"
#include "demand.h"
#include "random.h"

static void build(const char *path, const struct builder_options *options,
                  const struct generated *const *articles, size_t count)
{
    struct builder_totals totals;
    struct error error = {0};
    struct builder *builder = builder_open(path, options, &error);
    demand(builder != NULL, error.text);
    for (size_t i = 0; i < count; i++)
        demand(builder_add(builder, &articles[i]->article, &error) == STATUS_OK, error.text);
    demand(builder_commit(builder, &totals, NULL, NULL, &error) == STATUS_OK, error.text);
}

static void default_options(struct builder_options *options)
{
    builder_options_init(options);
    options->memory_bytes = BUILDER_MEMORY_LEAST;
    options->threads = 2;
}

void fixture_build(const char *path, const struct generated *const *articles, size_t count)
{
    struct builder_options options;
    default_options(&options);
    build(path, &options, articles, count);
}

static const char *path_of(struct fixture *fixture, size_t file)
{
    char name[16];
    snprintf(name, sizeof name, "%zu.vbt", file);
    return scratch_path(&fixture->scratch, name);
}

static bool is_hidden(const struct generated *const *articles, size_t at, const size_t *ends,
                      size_t file, size_t files)
{
    for (size_t i = ends[file]; i < ends[files - 1]; i++)
        if (slice_equal(articles[i]->article.id, articles[at]->article.id))
            return true;
    return false;
}

static void build_files(struct fixture *fixture, const struct builder_options *options,
                        const struct generated **articles, size_t count, size_t files)
{
    const char *paths[FIXTURE_FILES_MOST];
    size_t ends[FIXTURE_FILES_MOST], at = 0;
    struct error error = {0};
    for (size_t file = 0; file < files;
         file++) /* each file is smaller than the one before, but for the last */
        ends[file] = file + 1 == files ? count : at + (count - at) / 2, at = ends[file];
    for (size_t file = 0, from = 0; file < files; from = ends[file++]) {
        paths[file] = path_of(fixture, file);
        build(paths[file], options, articles + from, ends[file] - from);
        for (size_t i = from; i < ends[file]; i++)
            model_add(&fixture->model, articles[i], (uint32_t)file,
                      is_hidden(articles, i, ends, file, files));
    }
    model_finish(&fixture->model);
    fixture->searcher = searcher_open("test", paths, files, &error);
    demand(fixture->searcher != NULL, error.text);
}

static void open_with(struct fixture *fixture, uint64_t seed, size_t count, size_t files,
                      const struct builder_options *options)
{
    *fixture = (struct fixture){0};
    generator_init(&fixture->generator, seed, count, &fixture->arena);
    model_open(&fixture->model);
    scratch_open(&fixture->scratch);
    const struct generated **articles = calloc(count, sizeof *articles);
    for (size_t i = 0; i < count; i++) {
        articles[i] = generator_next(&fixture->generator);
        struct slice *id = &fixture->generator.made[i].article.id;
        if (files > 1 && i > count / 2 && i % 5 == 0)
            *id = articles[i - count / 2]->article.id;
        if (files > 2 && i > count / 4 * 3 && i % 5 == 1)
            *id = articles[i - count / 4]->article.id;
    }
    build_files(fixture, options, articles, count, files);
    free(articles);
}

void fixture_open_by_rule(struct fixture *fixture, uint64_t seed, size_t count, size_t files,
                          struct fixture_rule rule)
{
    struct builder_options options;
    default_options(&options);
    options.gram_bound = rule.bound;
    options.gram_least_df = rule.least_df;
    open_with(fixture, seed, count, files, &options);
}

void fixture_open_reordered(struct fixture *fixture, uint64_t seed, size_t count, size_t files)
{
    struct builder_options options;
    default_options(&options);
    options.reorder = true;
    open_with(fixture, seed, count, files, &options);
}

void fixture_open_files(struct fixture *fixture, uint64_t seed, size_t count, size_t files)
{
    fixture_open_by_rule(fixture, seed, count, files, (struct fixture_rule){0});
}

void fixture_open(struct fixture *fixture, uint64_t seed, size_t count)
{
    fixture_open_files(fixture, seed, count, 1);
}

void fixture_close(struct fixture *fixture)
{
    searcher_unref(fixture->searcher);
    model_close(&fixture->model);
    scratch_close(&fixture->scratch);
    free(fixture->generator.made);
    arena_release(&fixture->arena);
}

void fixture_question(struct question *question, const struct bytes *text)
{
    question_init(question);
    question->as_written = true;      /* spellings have a model of their own */
    question->ranking = RANKING_BM25; /* as the model ranks */
    question->text = bytes_slice(text);
    question->op = OP_AND;
    question->budget_us = 0;
}
