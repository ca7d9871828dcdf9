#include "http/target.h"

#include "base/memory.h"
#include "unit/unit.h"

static void assert_slice(struct slice got, struct slice wanted)
{
    assert_int_equal(got.size, wanted.size);
    if (wanted.size)
        assert_memory_equal(got.data, wanted.data, wanted.size);
}

/* On a copy that is not a byte longer, so that a sanitizer sees whoever reads on. */
static struct target read_copy(const char *text, char **copy)
{
    struct target target;
    size_t size = strlen(text);
    *copy = memory_allocate(size);
    memcpy(*copy, text, size);
    target_read(&target, *copy, size);
    return target;
}

static void parts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *authority, *path;
        size_t pairs;
        const char *name, *value; /* of the last pair */
    } cases[] = {
        {"/", "", "/", 0, "", ""},
        {"*", "", "*", 0, "", ""},
        {"/search?q=a", "", "/search", 1, "q", "a"},
        {"/search?", "", "/search", 0, "", ""},
        {"/search?q", "", "/search", 1, "q", ""},
        {"/search?=", "", "/search", 1, "", ""},
        {"/search?&&a=b&", "", "/search", 1, "a", "b"},
        {"/search?a=b=c&%71=%26%3D", "", "/search", 2, "q", "&="},
        {"/a%2Fb?x=1#y?z", "", "/a%2Fb", 1, "x", "1"},
        {"/a#?x=1", "", "/a", 0, "", ""},
        {"http://h:1", "h:1", "/", 0, "", ""},
        {"http://h:1/p?q=%2", "h:1", "/p", 1, "q", "%2"},
        {"https://h?q=%", "h", "/", 1, "q", "%"},
        {"http://", "", "/", 0, "", ""},
        {"http://h#f", "h", "/", 0, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *copy;
        struct target target = read_copy(cases[i].text, &copy);
        assert_slice(target.authority, slice_of_string(cases[i].authority));
        assert_slice(target.path, slice_of_string(cases[i].path));
        assert_int_equal(target.pair_count, cases[i].pairs);
        if (cases[i].pairs) {
            assert_slice(target.pairs[cases[i].pairs - 1].name, slice_of_string(cases[i].name));
            assert_slice(target.pairs[cases[i].pairs - 1].value, slice_of_string(cases[i].value));
        }
        memory_free(copy);
    }
}

static void decodes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool plus;
        struct slice wanted;
    } cases[] = {
        {"a+b", true, SLICE("a b")},
        {"a+b", false, SLICE("a+b")},
        {"%41%4a%4A", true, SLICE("AJJ")},
        {"%00x", true, SLICE("\0x")},
        {"%", true, SLICE("%")},
        {"%4", true, SLICE("%4")},
        {"%4g", true, SLICE("%4g")},
        {"%%41", true, SLICE("%A")},
        {"%254", true, SLICE("%4")},
        {"%2525", true, SLICE("%25")},
        {"", true, SLICE("")},
        {"%c3%A9", true, SLICE("\xC3\xA9")},
        {"%+1%2B", true, SLICE("% 1+")},
        {"%\xC3\xA9", true, SLICE("%\xC3\xA9")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[16];
        size_t size = strlen(cases[i].text);
        memcpy(text, cases[i].text, size);
        assert_slice((struct slice){text, target_decode(text, size, cases[i].plus)},
                     cases[i].wanted);
    }
}

static void checks(void **state)
{
    (void)state;
    static char long_one[TARGET_BYTES_MOST + 2], crowded[TARGET_PAIRS_MOST + 8] = "/?";
    memset(long_one, '/', sizeof long_one - 1);
    memset(crowded + 2, '&', TARGET_PAIRS_MOST);
    assert_int_equal(target_check(SLICE("/")), TARGET_GOOD);
    assert_int_equal(target_check(SLICE("*")), TARGET_GOOD);
    assert_int_equal(target_check(SLICE("/\xC3\xA9")), TARGET_GOOD);
    assert_int_equal(target_check(SLICE("http://h/")), TARGET_GOOD);
    assert_int_equal(target_check(SLICE("")), TARGET_MALFORMED);
    assert_int_equal(target_check(SLICE("**")), TARGET_MALFORMED);
    assert_int_equal(target_check(SLICE("search")), TARGET_MALFORMED);
    assert_int_equal(target_check(SLICE("HTTP://h/")), TARGET_MALFORMED);
    assert_int_equal(target_check(SLICE("/a b")), TARGET_MALFORMED);
    assert_int_equal(target_check(SLICE("/a\0b")), TARGET_MALFORMED);
    assert_int_equal(target_check(SLICE("/a\x7F")), TARGET_MALFORMED);
    assert_int_equal(target_check((struct slice){long_one, TARGET_BYTES_MOST}), TARGET_GOOD);
    assert_int_equal(target_check((struct slice){long_one, TARGET_BYTES_MOST + 1}),
                     TARGET_TOO_LONG);
    assert_int_equal(target_check((struct slice){crowded, TARGET_PAIRS_MOST + 1}), TARGET_GOOD);
    assert_int_equal(target_check((struct slice){crowded, TARGET_PAIRS_MOST + 2}),
                     TARGET_TOO_MANY_PAIRS);
}

static void repeats(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name; /* NULL: each stands once */
    } cases[] = {
        {"/", NULL},           {"/?a=1&b=1", NULL}, {"/?a&A&aa&a%62", NULL},
        {"/?a=1&b&a=2", "a"},  {"/?a&%61", "a"},    {"/?a=1&b=2&c=3&b=2&a=1", "b"},
        {"/?a=1&&b=2&", NULL}, {"/?=1&=2", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        struct target target;
        memcpy(text, cases[i].text, strlen(cases[i].text));
        target_read(&target, text, strlen(cases[i].text));
        const struct target_pair *pair = target_repeated(&target);
        assert_int_equal(pair != NULL, cases[i].name != NULL);
        if (pair)
            assert_slice(pair->name, slice_of_string(cases[i].name));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts), cmocka_unit_test(decodes),
                                       cmocka_unit_test(checks), cmocka_unit_test(repeats)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
