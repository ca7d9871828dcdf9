/* What the relay writes is what the model's terms written one by one are, whatever the threads, the
 * memory and the spills: articles cut in two, titles, lists of many blocks, terms too large to
 * hold. */
#include <string.h>

#include "base/file_output.h"
#include "base/pool.h"
#include "build/inverter.h"
#include "build/relay.h"
#include "random.h"
#include "scratch.h"
#include "store/container_write.h"
#include "store/settings.h"
#include "store/term_write.h"
#include "unit/unit.h"

enum { UNITS = 6, ARTICLES = 500, ALL = UNITS * ARTICLES, TERMS = 400, KEY_BYTES = 8 };

struct word_at {
    char key[KEY_BYTES];
    uint32_t doc, position;
};

static struct word_at *words;
static size_t word_count, word_capacity;
static uint8_t norms[ALL];

/* Titles are the first eight words of every third article; every tenth has none at all. */
static bool in_title(uint32_t doc, uint32_t position)
{
    return doc % 3 == 0 && position < 8;
}

static void add_word(struct inverter *inverter, uint32_t doc, uint32_t position, uint64_t *random)
{
    uint64_t rank = random_below(random, TERMS) * random_below(random, TERMS) / TERMS;
    if (word_count == word_capacity) {
        word_capacity = 2 * word_capacity + 4096;
        words = realloc(words, word_capacity * sizeof *words);
    }
    struct word_at *word = &words[word_count++];
    *word = (struct word_at){.doc = doc, .position = position};
    snprintf(word->key, sizeof word->key, "w%d", (int)rank);
    inverter_add(inverter, slice_of_string(word->key));
}

static void add_article(struct inverter *inverter, uint32_t doc, uint64_t *random)
{
    uint32_t length = (uint32_t)random_below(random, doc % 97 == 5 ? 100000 : 120);
    uint32_t titles = doc % 3 == 0 ? 8 : 0;
    norms[doc] = (uint8_t)random_below(random, 200);
    inverter_article(inverter, doc);
    if (doc % 10 == 0)
        return;
    inverter_text(inverter, 0, true);
    for (uint32_t position = 0; position < titles; position++)
        add_word(inverter, doc, position, random);
    inverter_text(inverter, titles + 1024, false);
    for (uint32_t position = titles + 1024; position < titles + 1024 + length; position++)
        add_word(inverter, doc, position, random);
}

static void fill(struct inverter *inverters[2])
{
    uint64_t random = 8;
    for (uint32_t doc = 0; doc < ALL; doc++) {
        struct inverter *inverter = inverters[doc / ARTICLES % 2];
        if (doc % ARTICLES == 0)
            inverter_begin(inverter, doc / ARTICLES);
        add_article(inverter, doc, &random);
        if (doc % ARTICLES == ARTICLES - 1)
            assert_int_equal(inverter_end(inverter), STATUS_OK);
    }
}

static int compare_words(const void *a, const void *b)
{
    const struct word_at *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order)
        return order;
    if (x->doc != y->doc)
        return x->doc < y->doc ? -1 : 1;
    return x->position < y->position ? -1 : 1;
}

static void write_model_article(struct term_writer *writer, const struct word_at *first,
                                size_t count)
{
    uint32_t titles = 0;
    for (size_t i = 0; i < count; i++)
        titles += in_title(first->doc, first[i].position);
    term_writer_article(writer, first->doc, (uint32_t)count, titles);
    for (size_t i = 0; i < count; i++)
        term_writer_positions(writer, &first[i].position, 1);
}

static void write_model(struct term_writer *writer)
{
    qsort(words, word_count, sizeof *words, compare_words);
    for (size_t at = 0, end; at < word_count; at = end) {
        bool first = at == 0 || strcmp(words[at - 1].key, words[at].key) != 0;
        if (first && at)
            term_writer_end(writer);
        if (first)
            term_writer_begin(writer, slice_of_string(words[at].key));
        for (end = at + 1; end < word_count; end++)
            if (words[end].doc != words[at].doc || strcmp(words[end].key, words[at].key) != 0)
                break;
        write_model_article(writer, &words[at], end - at);
    }
    term_writer_end(writer);
}

struct scene {
    struct scratch scratch;
    struct inverter *inverters[2];
    struct impact_model model;
};

static void write_relayed(struct scene *scene, struct container_writer *container,
                          struct term_writer *writer, size_t threads, size_t memory)
{
    struct error error = {0};
    struct bytes runs = {0};
    for (int i = 0; i < 2; i++)
        bytes_append_slice(&runs, bytes_slice(inverter_runs(scene->inverters[i])));
    assert_true(runs.size / sizeof(struct run) > UNITS);
    struct relay_options options = {
        .container = container,
        .model = &scene->model,
        .norms = norms,
        .article_count = ALL,
        .threads = threads,
        .memory = memory,
    };
    struct relay *relay = relay_open(writer, &options, &error);
    assert_non_null(relay);
    struct merge_sink sink = relay_sink(relay);
    const char *beside = scratch_path(&scene->scratch, "x.vbt");
    assert_int_equal(merge_runs(&runs, 1 << 20, beside, &sink, NULL, &error), STATUS_OK);
    assert_int_equal(relay_finish(relay), STATUS_OK);
    relay_close(relay);
    bytes_release(&runs);
}

/* threads 0: the model. */
static char *write_file(struct scene *scene, size_t threads, size_t memory, size_t *size)
{
    struct error error = {0};
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/out.vbt", scene->scratch.folder);
    struct container_writer *container = container_writer_open(path, NULL, &error);
    struct term_writer *writer = term_writer_open(container, &scene->model, norms, ALL, &error);
    assert_non_null(writer);
    if (threads)
        write_relayed(scene, container, writer, threads, memory);
    else
        write_model(writer);
    assert_int_equal(term_writer_finish(writer), STATUS_OK);
    struct file_output *out = file_output_open(path, &error);
    assert_int_equal(container_finish(container, out, &error), STATUS_OK);
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
    term_writer_close(writer);
    container_writer_close(container);
    char *data = scratch_get(path, size);
    assert_non_null(data);
    return data;
}

static void writes_what_the_model_does(void **state)
{
    (void)state;
    static const struct {
        size_t threads, memory;
    } ways[] = {{1, 64 << 20}, {2, 64 << 20}, {5, 8 << 20}, {2, 600 << 10}, {1, 30 << 10}, {3, 0}};
    struct scene scene = {0};
    struct error error = {0};
    size_t wanted_size, size;
    scratch_open(&scene.scratch);
    impact_model_init(&scene.model, &(struct settings){.k1_thousandths = 1200,
                                                       .b_thousandths = 600,
                                                       .title_weight_thousandths = 3000,
                                                       .length_sum = 100 * ALL,
                                                       .article_count = ALL});
    for (int i = 0; i < 2; i++)
        scene.inverters[i] =
            inverter_open(INVERTER_LEAST_BYTES,
                          spool_open(scratch_path(&scene.scratch, "x.vbt"), NULL, &error), &error);
    fill(scene.inverters);
    for (int i = 0; i < 2; i++)
        assert_int_equal(inverter_finish(scene.inverters[i], &error), STATUS_OK);
    char *wanted = write_file(&scene, 0, 0, &wanted_size);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        char *got = write_file(&scene, ways[i].threads, ways[i].memory, &size);
        assert_int_equal(size, wanted_size);
        assert_memory_equal(got, wanted, size);
        free(got);
    }
    for (int i = 0; i < 2; i++)
        inverter_close(scene.inverters[i]);
    free(wanted);
    free(words);
    scratch_close(&scene.scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_the_model_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
