#include "http/settings.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "search/searcher.h"
#include "unit/unit.h"

struct sources {
    struct http_settings settings;
    struct arena arena;
    struct error error;
};

static enum status add(struct sources *s, const char *argument)
{
    s->error = (struct error){0};
    return http_settings_add_source(&s->settings, argument, &s->arena, &s->error);
}

static void names_and_files(void **state)
{
    (void)state;
    struct sources s = {0};
    http_settings_init(&s.settings);
    assert_int_equal(add(&s, "/some/where/news.vbt"), STATUS_OK);
    assert_int_equal(add(&s, "old=a.vbt,b.vbt"), STATUS_OK);
    assert_int_equal(add(&s, "x y.vbt,z.vbt"), STATUS_OK);
    assert_int_equal(add(&s, "other=/x=y/z"), STATUS_OK);
    const struct index_source *sources = s.settings.sources;
    assert_int_equal(s.settings.source_count, 4);
    assert_string_equal(sources[0].name, "news");
    assert_string_equal(sources[0].paths[0], "/some/where/news.vbt");
    assert_string_equal(sources[1].name, "old");
    assert_int_equal(sources[1].count, 2);
    assert_string_equal(sources[1].paths[1], "b.vbt");
    assert_string_equal(sources[2].name, "x-y");
    assert_string_equal(sources[3].paths[0], "/x=y/z");
    arena_release(&s.arena);
}

static void refusals(void **state)
{
    (void)state;
    struct sources s = {0};
    http_settings_init(&s.settings);
    static const char *const bad[] = {"", "=a.vbt", "a=", "a b=c", "a/b=c", "a=,b", "a=b,", ","};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (add(&s, bad[i]) != STATUS_INVALID)
            fail_msg("'%s' is taken", bad[i]);
    assert_int_equal(add(&s, "a.vbt"), STATUS_OK);
    assert_int_equal(add(&s, "folder/a.vbt"), STATUS_INVALID);
    assert_non_null(strstr(s.error.text, "named 'a'"));
    char name[32];
    for (int i = 1; i < SETTINGS_SOURCES_MOST; i++) {
        snprintf(name, sizeof name, "n%d=x.vbt", i);
        assert_int_equal(add(&s, name), STATUS_OK);
    }
    assert_int_equal(add(&s, "more.vbt"), STATUS_LIMIT);
    arena_release(&s.arena);
}

static enum status check(const struct http_settings *settings)
{
    struct error error = {0};
    return http_settings_check(settings, &error);
}

static void who_may_listen(void **state)
{
    (void)state;
    struct index_source source = {.name = "a"};
    const char *names[] = {"news.test"};
    struct http_settings settings;
    http_settings_init(&settings);
    settings.root_ok = true;
    assert_int_equal(check(&settings), STATUS_INVALID); /* no index */
    settings.sources = &source;
    settings.source_count = 1;
    assert_int_equal(settings.budget_us, QUESTION_BUDGET_DEFAULT_US);
    static const char *const loopback[] = {"127.0.0.1", "127.1.2.3", "::1"};
    static const char *const open[] = {
        "0.0.0.0", "192.168.0.1", "::", "fe80::1", "126.255.255.255", "128.0.0.1"};
    for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++) {
        settings.address = loopback[i];
        assert_int_equal(check(&settings), STATUS_OK);
    }
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        settings.address = open[i];
        settings.allowed_host_count = 0;
        assert_int_equal(check(&settings), STATUS_INVALID);
        settings.allowed_hosts = names;
        settings.allowed_host_count = 1;
        assert_int_equal(check(&settings), STATUS_OK);
    }
    settings.address = "localhost";
    assert_int_equal(check(&settings), STATUS_INVALID);
}

/* Wherever memory ends, that is a status and nothing leaks. */
static void memory_ends(void **state)
{
    (void)state;
    for (size_t n = 1; n < 10; n++) {
        struct sources s = {0};
        http_settings_init(&s.settings);
        memory_fail_at(n, 1);
        enum status status = add(&s, "a=b.vbt,c.vbt");
        memory_fail_at(0, 0);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        arena_release(&s.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_and_files),
                                       cmocka_unit_test(refusals), cmocka_unit_test(who_may_listen),
                                       cmocka_unit_test(memory_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
