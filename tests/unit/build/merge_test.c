/* What inverters take comes out of the merge sorted and whole, whatever was spilled where. */
#include <string.h>

#include "build/inverter.h"
#include "build/merge.h"
#include "random.h"
#include "scratch.h"
#include "unit/unit.h"

enum { UNITS = 12, ARTICLES = 400, TERMS = 300, KEY_BYTES = 8 };

/* The model: each occurrence as a line of fixed size, which sorts as the merge gives them. */
struct occurrence {
    char key[KEY_BYTES];
    uint8_t doc[4], position[4]; /* big-endian */
};

struct model {
    struct occurrence *all;
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
    struct occurrence *o = &model->all[model->count++];
    memset(o, 0, sizeof *o);
    memcpy(o->key, key, strlen(key));
    put_big_endian(o->doc, doc);
    put_big_endian(o->position, position);
}

static int compare_occurrences(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct occurrence));
}

struct collected {
    struct model got;
    char key[KEY_BYTES + 1];
    uint32_t last_doc;
    bool any;
};

static void begin(void *context, struct slice key)
{
    struct collected *c = context;
    memset(c->key, 0, sizeof c->key);
    memcpy(c->key, key.data, key.size);
    c->any = false;
}

/* An article comes once a term, whatever was cut in two. */
static void article(void *context, uint32_t doc, const uint32_t *positions, size_t count)
{
    struct collected *c = context;
    assert_true(!c->any || doc > c->last_doc);
    c->any = true;
    c->last_doc = doc;
    for (size_t i = 0; i < count; i++)
        model_add(&c->got, c->key, doc, positions[i]);
}

static enum status end(void *context, struct slice key)
{
    (void)key;
    assert_true(((struct collected *)context)->any);
    return STATUS_OK;
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
            for (uint32_t position = 0; position < words; position++) {
                char key[KEY_BYTES + 1];
                uint64_t rank = random_below(&seed, TERMS) * random_below(&seed, TERMS) / TERMS;
                snprintf(key, sizeof key, "w%d", (int)rank);
                inverter_add(inverter, slice_of_string(key), position);
                model_add(model, key, doc, position);
            }
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
        inverters[i] = inverter_open(INVERTER_LEAST_BYTES, beside, &error);
    fill(inverters, &model, length);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(inverter_finish(inverters[i], &error), STATUS_OK);
        bytes_append_slice(&runs, bytes_slice(inverter_runs(inverters[i])));
    }
    struct merge_sink sink = {&collected, begin, article, end};
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
