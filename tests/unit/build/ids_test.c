/* Which ids meet twice, and who takes whose place; in one pass and in many. */
#include <string.h>

#include "build/ids.h"
#include "random.h"
#include "scratch.h"
#include "unit/unit.h"

enum { IDS = 5000, DIFFERENT = 3500 };

static void collect(struct id_collector *ids, const uint32_t *names, size_t count)
{
    char text[16];
    for (size_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "id-%u", names[i]);
        assert_int_equal(id_collector_add(ids, slice_of_string(text)), STATUS_OK);
    }
}

/* The model: the first place of a name keeps the number of its last. */
static size_t model_order(const uint32_t *names, size_t count, uint32_t *order)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = 0, last = i;
        while (before < i && names[before] != names[i])
            before++;
        if (before < i)
            continue;
        for (size_t j = i; j < count; j++)
            if (names[j] == names[i])
                last = j;
        order[kept++] = (uint32_t)last;
    }
    return kept;
}

static void check(size_t memory, uint32_t different)
{
    static uint32_t names[IDS], expected[IDS];
    struct scratch scratch;
    struct error error = {0};
    struct bytes order = {0};
    uint64_t seed = 5;
    scratch_open(&scratch);
    struct id_collector *ids = id_collector_open(scratch_path(&scratch, "x.vbt"), &error);
    assert_non_null(ids);
    for (size_t i = 0; i < IDS; i++)
        names[i] = different ? (uint32_t)random_below(&seed, different) : (uint32_t)i;
    collect(ids, names, IDS);
    assert_int_equal(id_collector_order(ids, memory, &order, &error), STATUS_OK);
    size_t kept = model_order(names, IDS, expected);
    if (kept == IDS) {
        assert_int_equal(order.size, 0);
    } else {
        assert_int_equal(order.size, kept * sizeof *expected);
        assert_memory_equal(order.data, expected, order.size);
    }
    bytes_release(&order);
    id_collector_close(ids);
    scratch_close(&scratch);
}

static void one_pass(void **state)
{
    (void)state;
    check(1 << 20, DIFFERENT);
}

static void many_passes(void **state)
{
    (void)state;
    check(4096, DIFFERENT);
}

static void all_the_same(void **state)
{
    (void)state;
    check(4096, 1);
}

static void none_twice(void **state)
{
    (void)state;
    check(4096, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_pass),
        cmocka_unit_test(many_passes),
        cmocka_unit_test(all_the_same),
        cmocka_unit_test(none_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
