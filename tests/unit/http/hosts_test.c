#include "http/hosts.h"

#include "unit/unit.h"

static bool allows(const struct http_settings *settings, uint16_t port, const char *host)
{
    struct hosts hosts;
    assert_int_equal(hosts_init(&hosts, settings, port), STATUS_OK);
    bool allowed = hosts_allow(&hosts, slice_of_string(host));
    hosts_release(&hosts);
    hosts_release(&hosts);
    return allowed;
}

static void own_names(void **state)
{
    (void)state;
    struct http_settings settings;
    http_settings_init(&settings);
    static const char *const good[] = {"127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080"};
    static const char *const bad[] = {
        "",           ":8080",           "127.0.0.1",     "localhost", "localhost.:8080",
        "[::1]:8080", "127.0.0.1:80800", "127.0.0.1:808", "evil.test", "127.0.0.1.evil.test:8080"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(allows(&settings, 8080, good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(allows(&settings, 8080, bad[i]));
    assert_true(allows(&settings, 80, "127.0.0.1"));
    assert_true(allows(&settings, 80, "localhost:80"));
    settings.address = "::1";
    assert_true(allows(&settings, 8080, "[::1]:8080"));
    assert_false(allows(&settings, 8080, "127.0.0.1:8080"));
    assert_false(allows(&settings, 8080, "::1:8080"));
}

static void other_names(void **state)
{
    (void)state;
    struct http_settings settings;
    const char *names[] = {"news.test", "proxy.test:8443", "[fe80::1]", "[fe80::2]:1"};
    http_settings_init(&settings);
    settings.address = "0.0.0.0";
    settings.allowed_hosts = names;
    settings.allowed_host_count = 4;
    static const char *const good[] = {"news.test",      "news.test:8080", "proxy.test:8443",
                                       "[fe80::1]:8080", "[fe80::1]",      "[FE80::2]:1",
                                       "localhost:8080"};
    static const char *const bad[] = {"news.test:8443", "proxy.test",     "proxy.test:8080",
                                      "[fe80::2]",      "[fe80::2]:8080", "0.0.0.0:8080"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(allows(&settings, 8080, good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(allows(&settings, 8080, bad[i]));
}

static void origins(void **state)
{
    (void)state;
    struct http_settings settings;
    struct hosts hosts;
    http_settings_init(&settings);
    settings.cors_origin = "http://reader.test";
    assert_int_equal(hosts_init(&hosts, &settings, 8080), STATUS_OK);
    assert_true(hosts_own_origin(&hosts, SLICE("http://127.0.0.1:8080")));
    assert_true(hosts_own_origin(&hosts, SLICE("https://localhost:8080")));
    assert_false(hosts_own_origin(&hosts, SLICE("null")));
    assert_false(hosts_own_origin(&hosts, SLICE("127.0.0.1:8080")));
    assert_false(hosts_own_origin(&hosts, SLICE("http://reader.test")));
    assert_true(hosts_cors_origin(&hosts, SLICE("http://reader.test")));
    assert_false(hosts_cors_origin(&hosts, SLICE("http://reader.test:80")));
    hosts_release(&hosts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(own_names), cmocka_unit_test(other_names),
                                       cmocka_unit_test(origins)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
