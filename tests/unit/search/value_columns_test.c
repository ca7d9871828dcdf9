/* Columns of values that are made by several who ask, each for as long as it has time. */
#include "search/value_columns.h"

#include <pthread.h>

#include "search/inside.h"
#include "unit/search/library.h"
#include "unit/unit.h"

enum { SOURCES = 3000, THREADS = 4 };

static void build(struct library *library)
{
    static char texts[SOURCES][12];
    static struct slice sources[SOURCES];
    static struct article articles[SOURCES];
    for (size_t i = 0; i < SOURCES; i++) {
        snprintf(texts[i], sizeof texts[i], "s%zu", i);
        sources[i] = slice_of_string(texts[i]);
        articles[i] = (struct article){
            .id = sources[i], .body = SLICE("war"), .lists = {[ARTICLE_SOURCE] = {&sources[i], 1}}};
    }
    library_open(library);
    library_build(library, "a.vbt", articles, SOURCES, true);
    library_search(library, (const char *const[]){"a.vbt"}, 1);
}

static enum status get(const struct library *library, struct value_columns *columns,
                       uint64_t deadline_us, const struct value_column **column)
{
    enum chunk_id chunk;
    return value_columns_get(columns, &library->searcher->collection, 0, ARTICLE_SOURCE,
                             deadline_us, column, &chunk);
}

/* Each article has its own source, the keys are sorted, and none is left out or there twice. */
static void expect_whole(const struct value_column *column)
{
    char expected[12];
    assert_int_equal(column->value_count, SOURCES);
    for (uint32_t doc = 0; doc < SOURCES; doc++) {
        assert_int_equal(column->starts[doc + 1] - column->starts[doc], 1);
        uint32_t number = column->numbers[column->starts[doc]];
        snprintf(expected, sizeof expected, "s%u", column->shown_by[number]);
        assert_int_equal(column->shown_by[number], doc);
        assert_true(slice_equal(value_column_key(column, number), slice_of_string(expected)));
        if (number > 0)
            assert_true(slice_compare(value_column_key(column, number - 1),
                                      value_column_key(column, number)) < 0);
    }
}

static void whoever_comes_next_goes_on(void **state)
{
    struct library library;
    const struct value_column *column = NULL, *again = NULL;
    int asked = 1;
    (void)state;
    build(&library);
    struct value_columns *columns = value_columns_open(1);
    while (get(&library, columns, 1, &column) == STATUS_DEADLINE) {
        assert_null(column);
        assert_in_range(++asked, 2, SOURCES);
    }
    assert_true(asked > 2);
    expect_whole(column);
    assert_int_equal(get(&library, columns, 1, &again), STATUS_OK);
    assert_ptr_equal(again, column);
    value_columns_close(columns);
    library_close(&library);
}

static void what_is_half_made_is_freed(void **state)
{
    struct library library;
    const struct value_column *column = NULL;
    (void)state;
    build(&library);
    struct value_columns *columns = value_columns_open(1);
    assert_int_equal(get(&library, columns, 1, &column), STATUS_DEADLINE);
    value_columns_close(columns);
    columns = value_columns_open(1);
    assert_int_equal(get(&library, columns, 1, &column), STATUS_DEADLINE);
    assert_int_equal(get(&library, columns, 0, &column), STATUS_OK);
    expect_whole(column);
    value_columns_close(columns);
    library_close(&library);
}

struct asking {
    const struct library *library;
    struct value_columns *columns;
};

static void *ask_until_it_is_whole(void *context)
{
    const struct asking *asking = context;
    const struct value_column *column = NULL;
    enum status status = STATUS_DEADLINE;
    while (status == STATUS_DEADLINE)
        status = get(asking->library, asking->columns, 1, &column);
    return status == STATUS_OK ? (void *)(uintptr_t)column : NULL;
}

/* For the thread sanitizer. */
static void several_make_one_column(void **state)
{
    struct library library;
    pthread_t threads[THREADS];
    const struct value_column *column = NULL;
    (void)state;
    build(&library);
    struct asking asking = {&library, value_columns_open(1)};
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_until_it_is_whole, &asking), 0);
    for (int i = 0; i < THREADS; i++) {
        void *got;
        assert_int_equal(pthread_join(threads[i], &got), 0);
        assert_non_null(got);
        assert_true(!column || got == column);
        column = got;
    }
    expect_whole(column);
    value_columns_close(asking.columns);
    library_close(&library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_comes_next_goes_on),
        cmocka_unit_test(what_is_half_made_is_freed),
        cmocka_unit_test(several_make_one_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
