/* What inverters take comes out of the merge sorted and whole, whatever was spilled where. */
#include <string.h>

#include "build/inverter.h"
#include "build/merge.h"
#include "random.h"
#include "scratch.h"
#include "unit/unit.h"

enum { UNITS = 12, ARTICLES = 400, TERMS = 300, KEY_BYTES = 8 };

/* The model: each occurrence as a line of fixed size, which sorts as the merge gives them. */
struct told {
    char key[KEY_BYTES];
    uint8_t doc[4], position[4]; /* big-endian */
};

struct model {
    struct told *all;
    size_t count, capacity;
};

static void put_big_endian(uint8_t at[4], uint32_t v)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(v >> (24 - 8 * i));
}

static void model_add(struct model *model, const char *key, uint32_t doc, uint32_t position)
{
    if (model->count == model->capacity) {
        model->capacity = model->capacity ? 2 * model->capacity : 1024;
        model->all = realloc(model->all, model->capacity * sizeof *model->all);
    }
    struct told *o = &model->all[model->count++];
    memset(o, 0, sizeof *o);
    memcpy(o->key, key, strlen(key));
    put_big_endian(o->doc, doc);
    put_big_endian(o->position, position);
}

static int compare_occurrences(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct told));
}

struct collected {
    struct model got;
    char key[KEY_BYTES + 1];
    uint32_t doc, position; /* of the last occurrence of the key */
    bool any, goes_on;      /* the last article may come again, behind that position */
};

/* Titles are the first ten words of every third article. */
static bool in_title(uint32_t doc, uint32_t position)
{
    return doc % 3 == 0 && position < 10;
}

static uint32_t next_value(struct run_reader *reader, uint32_t values[RUN_FRAME], uint32_t *count,
                           uint32_t *at)
{
    if (*at == *count) {
        *count = run_reader_values(reader, values);
        *at = 0;
        assert_int_not_equal(*count, 0);
    }
    return values[(*at)++];
}

static void collect_frame(struct collected *c, struct run_reader *reader,
                          const struct run_frame *frame)
{
    uint32_t values[RUN_FRAME], count = 0, at = 0, titles;
    for (uint32_t i = 0; i < frame->count; i++, c->any = true) {
        uint32_t doc = frame->docs[i], position = 0;
        assert_true(!c->any || doc > c->doc || (doc == c->doc && c->goes_on && i == 0));
        titles = 0;
        for (uint32_t j = 0; j < frame->tfs[i]; j++) {
            position = next_value(reader, values, &count, &at) + (j ? position + 1 : 0);
            assert_true(j || doc != c->doc || !c->any || position > c->position);
            titles += in_title(doc, position);
            model_add(&c->got, c->key, doc, position);
        }
        assert_int_equal(titles, reader->titles ? frame->title_tfs[i] : 0);
        c->doc = doc;
        c->position = position;
        c->goes_on = false;
    }
    assert_int_equal(at, count);
    assert_int_equal(run_reader_values(reader, values), 0);
}

/* An article that was cut in two says so, and where. */
static enum status term(void *context, struct run_reader *const *readers, size_t count)
{
    struct collected *c = context;
    struct slice key = run_reader_key(readers[0]);
    memset(c->key, 0, sizeof c->key);
    memcpy(c->key, key.data, key.size);
    c->any = false;
    for (size_t i = 0; i < count; i++) {
        while (run_reader_part(readers[i])) {
            struct run_frame frame;
            while (run_reader_frame(readers[i], &frame))
                collect_frame(c, readers[i], &frame);
            c->goes_on = readers[i]->goes_on;
            if (c->goes_on)
                assert_int_equal(readers[i]->last_position, c->position);
        }
        assert_int_equal(readers[i]->status, STATUS_OK);
        assert_int_equal(run_reader_left(readers[i]), 0);
    }
    assert_true(c->any);
    return STATUS_OK;
}

/* The title's words, and behind them the others in small texts and large ones. */
static void add_article(struct inverter *inverter, struct model *model, uint64_t *seed,
                        uint32_t doc, uint32_t words)
{
    inverter_text(inverter, 0, doc % 3 == 0);
    for (uint32_t position = 0; position < words; position++) {
        char key[KEY_BYTES + 1 + WORD_READABLE] = "";
        uint64_t rank = random_below(seed, TERMS) * random_below(seed, TERMS) / TERMS;
        snprintf(key, sizeof key, "w%d", (int)rank);
        if (position == 10 || (position > 10 && random_below(seed, 200) == 0))
            inverter_text(inverter, position, false);
        struct word word = {.text = slice_of_string(key)};
        if (position % 2)
            inverter_add(inverter, slice_of_string(key));
        else
            inverter_add_words(inverter, &word, 1, NULL);
        model_add(model, key, doc, position);
    }
}

/* Two inverters take units in turn, as two workers do; one unit is far larger than their memory. */
static void fill(struct inverter *inverters[2], struct model *model, int length)
{
    uint64_t seed = 4;
    uint32_t doc = 0;
    for (int unit = 0; unit < UNITS; unit++) {
        struct inverter *inverter = inverters[unit % 2];
        inverter_begin(inverter, (uint64_t)unit);
        for (int a = 0; a < ARTICLES; a++, doc++) {
            inverter_article(inverter, doc);
            uint64_t words = random_below(&seed, (uint64_t)(a == 7 ? 1000 * length : length));
            add_article(inverter, model, &seed, doc, (uint32_t)words);
        }
        assert_int_equal(inverter_end(inverter), STATUS_OK);
    }
}

static void check_merge(int length, size_t merge_memory)
{
    struct scratch scratch;
    struct error error = {0};
    struct model model = {0};
    struct collected collected = {0};
    struct bytes runs = {0};
    scratch_open(&scratch);
    const char *beside = scratch_path(&scratch, "x.vbt");
    struct inverter *inverters[2];
    for (int i = 0; i < 2; i++)
        inverters[i] =
            inverter_open(INVERTER_LEAST_BYTES, spool_open(beside, NULL, &error), &error);
    fill(inverters, &model, length);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(inverter_finish(inverters[i], &error), STATUS_OK);
        bytes_append_slice(&runs, bytes_slice(inverter_runs(inverters[i])));
    }
    struct merge_sink sink = {&collected, term};
    assert_true(runs.size / sizeof(struct run) >= UNITS);
    assert_int_equal(merge_runs(&runs, merge_memory, beside, &sink, NULL, &error), STATUS_OK);
    qsort(model.all, model.count, sizeof *model.all, compare_occurrences);
    assert_int_equal(collected.got.count, model.count);
    assert_memory_equal(collected.got.all, model.all, model.count * sizeof *model.all);
    for (int i = 0; i < 2; i++)
        inverter_close(inverters[i]);
    bytes_release(&runs);
    free(model.all);
    free(collected.got.all);
    scratch_close(&scratch);
}

static void in_one_go(void **state)
{
    (void)state;
    check_merge(20, 8 << 20);
}

/* Memory for two buffers: more runs than that are merged into fewer first, several times over. */
static void in_several_levels(void **state)
{
    (void)state;
    check_merge(60, 128 << 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_one_go),
        cmocka_unit_test(in_several_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
