/* Folders: their order, what is left alone in them, and what is said of it. */
#include <stdio.h>
#include <unistd.h>

#include "unit/input/scene.h"
#include "unit/unit.h"

static void files_come_in_bytewise_order_of_their_paths(void **state)
{
    static const char *const names[] = {"A.txt",     "a-b.txt", "a.txt",       "a/b.txt",
                                        "a/b/c.txt", "ab.txt",  "\xC3\xA9.txt"};
    enum { NAMES = sizeof names / sizeof names[0] };
    struct scene *scene = *state;
    for (size_t i = NAMES; i-- > 0;)
        scene_write(scene, names[i], names[i], strlen(names[i]));
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, NAMES);
    for (size_t i = 0; i < NAMES; i++)
        assert_slice(scene->articles[i].article.id, names[i]);
}

static void a_folder_may_end_in_slashes(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "in/a.txt", "text");
    assert_int_equal(scene_read_path(scene, scene_path(scene, "in///")), STATUS_OK);
    assert_slice(scene_only(scene)->id, "a.txt");
    assert_string_equal(scene->articles[0].place, "in/a.txt:1");
}

static void links_in_folders_are_not_followed(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "in/a.txt", "text");
    SCENE_FILE(scene, "secret.txt", "secret");
    scene_shell(scene, "cd in && ln -s ../secret.txt b.txt && ln -s .. c && ln -s a.txt d.txt");
    assert_int_equal(scene_read_path(scene, scene_path(scene, "in")), STATUS_OK);
    assert_slice(scene_only(scene)->body, "text");
    assert_int_equal(scene->skipped_count, 3);
    assert_true(scene_skipped(scene, "in/b.txt: a symbolic link in a folder is not followed"));
    assert_true(scene_skipped(scene, "in/c: a symbolic link in a folder is not followed"));
}

static void a_link_that_is_named_is_followed(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "in/a.txt", "text");
    scene_shell(scene, "ln -s in folder && ln -s in/a.txt file");
    assert_int_equal(scene_read_path(scene, scene_path(scene, "folder")), STATUS_OK);
    assert_slice(scene_only(scene)->id, "a.txt");
    assert_int_equal(scene_read_path(scene, scene_path(scene, "file")), STATUS_OK);
    assert_slice(scene_only(scene)->id, "file");
}

static void hidden_names_are_told_once_a_folder(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "in/.hidden", "x");
    SCENE_FILE(scene, "in/.git/config", "x");
    SCENE_FILE(scene, "in/a.txt", "text");
    scene->options.strict = true; /* they are nothing bad */
    assert_int_equal(scene_read_path(scene, scene_path(scene, "in")), STATUS_OK);
    assert_slice(scene_only(scene)->id, "a.txt");
    assert_int_equal(scene->skipped_count, 1);
    assert_true(scene_skipped(scene, "in/: 2 names beginning with a dot not read"));
    assert_int_equal(scene_read_path(scene, scene_path(scene, "in/.hidden")), STATUS_OK);
    assert_slice(scene_only(scene)->body, "x");
}

static void only_files_are_read(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "empty.txt", "");
    SCENE_FILE(scene, "mark.txt", "\xEF\xBB\xBF");
    SCENE_FILE(scene, "blank.txt", " \n");
    SCENE_FILE(scene, "paper.pdf", "%PDF-1.4 text");
    SCENE_FILE(scene, "feed.xml", "<?xml version=\"1.0\"?><feed/>");
    scene_shell(
        scene, "mkfifo pipe && head -c 5000 /dev/urandom > noise && head -c 100 /dev/zero > zeros");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 0);
    assert_int_equal(scene->skipped_count, 8);
    assert_true(scene_skipped(scene, "empty.txt: empty"));
    assert_true(scene_skipped(scene, "mark.txt: empty"));
    assert_true(scene_skipped(scene, "blank.txt:1: nothing but white space"));
    assert_true(scene_skipped(scene, "paper.pdf: not text of a kind that is read"));
    assert_true(scene_skipped(scene, "feed.xml: not text of a kind that is read"));
    assert_true(scene_skipped(scene, "noise: not text of a kind that is read"));
    assert_true(scene_skipped(scene, "zeros: not text of a kind that is read"));
    assert_true(scene_skipped(scene, "pipe: a named pipe in a folder is not read"));
}

static void what_cannot_be_opened_is_told(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.txt", "text");
    SCENE_FILE(scene, "b/c.txt", "text");
    scene_shell(scene, "chmod 755 . && chmod 0 a.txt b");
    uid_t user = geteuid();
    if (user == 0)
        assert_int_equal(seteuid(65534), 0); /* root opens all, nobody does not */
    enum status status = scene_read(scene);
    if (user == 0)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(scene->skipped_count, 2);
    assert_true(scene_skipped(scene, "a.txt: cannot be opened: Permission denied"));
    assert_true(scene_skipped(scene, "b/: cannot be opened: Permission denied"));
}

static void a_source_that_is_not_there_ends_it(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(scene_read_path(scene, "/nowhere/at all"), STATUS_IO);
    assert_string_equal(scene->error.text,
                        "cannot open '/nowhere/at all': No such file or directory");
    assert_int_equal(scene_read_path(scene, "/dev/null"), STATUS_INVALID);
}

static void sizes_are_of_the_disk(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "in/a.txt", "12345");
    SCENE_FILE(scene, "in/b/c.txt", "123");
    SCENE_FILE(scene, "in/.hidden", "123456789");
    SCENE_FILE(scene, "d.txt", "12");
    const char *both[] = {scene_path(scene, "in"), scene_path(scene, "d.txt")};
    const char *pipe[] = {scene_path(scene, "in"), "-"};
    assert_int_equal(input_size(both, 2), 10);
    assert_int_equal(input_size(pipe, 2), 0);
    assert_int_equal(scene_read_path(scene, both[0]), STATUS_OK);
    assert_int_equal(scene->totals.bytes, 8);
}

static void a_kind_can_be_given(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.jsonl", "{\"body\": \"x\"}\n{\"body\": \"y\"}\n");
    scene->options.kind = "text";
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->body, "{\"body\": \"x\"}\n{\"body\": \"y\"}\n");
}

static void an_id_has_its_limit(void **state)
{
    struct scene *scene = *state;
    static char both[12000];
    int size = snprintf(
        both, sizeof both,
        "{\"id\": \"%04097d\", \"body\": \"x\"}\n{\"id\": \"%04096d\", \"body\": \"y\"}\n", 1, 2);
    scene_write(scene, "a.jsonl", both, (size_t)size);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->body, "y");
    assert_true(scene_skipped(scene, "a.jsonl:1: an id of more than 4096 bytes"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(files_come_in_bytewise_order_of_their_paths),
        TEST(a_folder_may_end_in_slashes),
        TEST(links_in_folders_are_not_followed),
        TEST(a_link_that_is_named_is_followed),
        TEST(hidden_names_are_told_once_a_folder),
        TEST(only_files_are_read),
        TEST(what_cannot_be_opened_is_told),
        TEST(a_source_that_is_not_there_ends_it),
        TEST(sizes_are_of_the_disk),
        TEST(a_kind_can_be_given),
        TEST(an_id_has_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
