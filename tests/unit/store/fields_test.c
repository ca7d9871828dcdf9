#include "unit/unit.h"

#include <stdlib.h>

#include "random.h"
#include "store/fields.h"

static struct slice values[] = {SLICE("one"), SLICE(""), SLICE("three, and more")};

static const struct fields given = {.id = SLICE("a/b.txt#3"),
                                    .title = SLICE("Rain"),
                                    .url = SLICE("https://example.org/"),
                                    .shown_title = SLICE("It rained…"),
                                    .date = 0x0123456789ABCDEF,
                                    .lists = {{values, 1}, {NULL, 0}, {values, 3}, {values + 1, 1}},
                                    .extra = SLICE("{\"n\":1}")};

static void check_same(const struct fields *back)
{
    assert_true(slice_equal(back->id, given.id) && slice_equal(back->title, given.title) &&
                slice_equal(back->url, given.url) && slice_equal(back->extra, given.extra) &&
                slice_equal(back->shown_title, given.shown_title) && back->date == given.date);
    for (int list = 0; list < FIELDS_LISTS; list++) {
        assert_int_equal(back->lists[list].count, given.lists[list].count);
        for (size_t i = 0; i < given.lists[list].count; i++)
            assert_true(slice_equal(back->lists[list].values[i], given.lists[list].values[i]));
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    struct bytes record = {0};
    struct arena arena = {0};
    struct fields back;
    fields_write(&given, &record);
    assert_int_equal(fields_read(bytes_slice(&record), &arena, &back), STATUS_OK);
    check_same(&back);
    arena_release(&arena);
    bytes_release(&record);
}

static void test_empty(void **state)
{
    (void)state;
    struct bytes record = {0};
    struct arena arena = {0};
    struct fields back, none = {.date = UINT64_MAX};
    fields_write(&none, &record);
    assert_int_equal(fields_read(bytes_slice(&record), &arena, &back), STATUS_OK);
    assert_int_equal(back.id.size + back.title.size + back.extra.size, 0);
    assert_true(back.date == UINT64_MAX);
    arena_release(&arena);
    bytes_release(&record);
}

/* Every end and every byte changed: read or refused, from memory of exactly that size. */
static void test_hostile(void **state)
{
    (void)state;
    struct bytes record = {0};
    struct fields back;
    fields_write(&given, &record);
    for (size_t size = 0; size < record.size; size++) {
        struct arena arena = {.cap = 1 << 20};
        char *exact = malloc(size ? size : 1);
        memcpy(exact, record.data, size);
        assert_int_equal(fields_read(slice_of(exact, size), &arena, &back), STATUS_CORRUPT);
        arena_release(&arena);
        free(exact);
    }
    for (size_t at = 0; at < record.size; at++) {
        for (int value = 0; value < 256; value++) {
            struct arena arena = {.cap = 1 << 20};
            char *exact = malloc(record.size);
            memcpy(exact, record.data, record.size);
            exact[at] = (char)value;
            fields_read(slice_of(exact, record.size), &arena, &back);
            arena_release(&arena);
            free(exact);
        }
    }
    bytes_release(&record);
}

static void test_more_behind(void **state)
{
    (void)state;
    struct bytes record = {0};
    struct arena arena = {0};
    struct fields back;
    fields_write(&given, &record);
    bytes_put_u8(&record, 0);
    assert_int_equal(fields_read(bytes_slice(&record), &arena, &back), STATUS_CORRUPT);
    arena_release(&arena);
    bytes_release(&record);
}

/* A count that promises more values than there are bytes costs no memory. */
static void test_count_of_values(void **state)
{
    (void)state;
    struct arena arena = {.cap = 1000};
    struct fields back;
    struct slice record = SLICE("\0\0\0\0"
                                "\0\0\0\0\0\0\0\0"
                                "\xFF\xFF\xFF\xFF\x0F");
    assert_int_equal(fields_read(record, &arena, &back), STATUS_CORRUPT);
    arena_release(&arena);
}

static size_t lead(const char *shown, const char *body)
{
    struct fields fields = {.shown_title = slice_of_string(shown)};
    return fields_lead(&fields, slice_of_string(body));
}

static void test_lead(void **state)
{
    (void)state;
    assert_int_equal(lead("", "body"), 0);
    assert_int_equal(lead("shown", ""), 0);
    assert_int_equal(lead("The rain", "The rain"), 8);
    assert_int_equal(lead("The rain", "The rain fell"), 8);
    assert_int_equal(lead("The rain…", "The rain fell"), 8);
    assert_int_equal(lead("The rain", " The rain"), 0);
    assert_int_equal(lead("The rain fell", "The rain"), 8);
}

static void test_shown_title_alone(void **state)
{
    (void)state;
    struct bytes record = {0};
    struct slice shown;
    fields_write(&given, &record);
    for (size_t size = 0; size < record.size; size++) {
        struct slice cut = slice_of((const char *)record.data, size);
        if (fields_read_shown_title(cut, &shown) == STATUS_OK)
            assert_true(slice_equal(shown, given.shown_title));
    }
    assert_int_equal(fields_read_shown_title(bytes_slice(&record), &shown), STATUS_OK);
    assert_true(slice_equal(shown, given.shown_title));
    assert_int_equal(fields_read_shown_title(slice_of((const char *)record.data, 3), &shown),
                     STATUS_CORRUPT);
    bytes_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_hostile),           cmocka_unit_test(test_more_behind),
        cmocka_unit_test(test_count_of_values),   cmocka_unit_test(test_lead),
        cmocka_unit_test(test_shown_title_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
