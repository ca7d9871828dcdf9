#include "base/file_mapping.h"

#include "scratch.h"
#include "unit/unit.h"

static struct scratch scratch;

static void maps_the_whole_file(void **state)
{
    struct file_mapping map;
    struct error error = {0};
    const char *path = scratch_path(&scratch, "whole");
    (void)state;
    scratch_put(path, "some bytes", 10);
    assert_int_equal(file_mapping_open(&map, path, &error), STATUS_OK);
    assert_int_equal(map.size, 10);
    assert_memory_equal(map.data, "some bytes", 10);
    file_mapping_close(&map);
    file_mapping_close(&map);
    assert_null(map.data);
}

static void maps_an_empty_file_as_nothing(void **state)
{
    struct file_mapping map;
    struct error error = {0};
    const char *path = scratch_path(&scratch, "empty");
    (void)state;
    scratch_put(path, "", 0);
    assert_int_equal(file_mapping_open(&map, path, &error), STATUS_OK);
    assert_null(map.data);
    assert_int_equal(map.size, 0);
    assert_false(file_mapping_replaced(&map, path));
    file_mapping_close(&map);
}

static void expect_refused(const char *name, enum status status, const char *words)
{
    struct file_mapping map;
    struct error error = {0};
    assert_int_equal(file_mapping_open(&map, scratch_path(&scratch, name), &error), status);
    assert_non_null(strstr(error.text, words));
    assert_non_null(strstr(error.text, name));
    assert_null(map.data);
    file_mapping_close(&map);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    mkdir(scratch_path(&scratch, "folder"), 0700);
    mkfifo(scratch_path(&scratch, "pipe"), 0600);
    expect_refused("absent", STATUS_IO, "No such file");
    expect_refused("folder", STATUS_INVALID, "not a regular file");
    expect_refused("pipe", STATUS_INVALID, "not a regular file");
}

static void sees_when_the_path_names_another_file(void **state)
{
    struct file_mapping map;
    struct error error = {0};
    const char *path = scratch_path(&scratch, "one"), *other = scratch_path(&scratch, "other");
    (void)state;
    scratch_put(path, "old", 3);
    scratch_put(other, "new", 3);
    assert_int_equal(file_mapping_open(&map, path, &error), STATUS_OK);
    assert_false(file_mapping_replaced(&map, path));
    assert_int_equal(rename(other, path), 0);
    assert_true(file_mapping_replaced(&map, path));
    assert_memory_equal(map.data, "old", 3);
    assert_int_equal(unlink(path), 0);
    assert_false(file_mapping_replaced(&map, path));
    file_mapping_close(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_the_whole_file),
        cmocka_unit_test(maps_an_empty_file_as_nothing),
        cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(sees_when_the_path_names_another_file),
    };
    scratch_open(&scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
