/* Random strings: lenient parsing never fails, the canonical form is the same query, strict parsing
 * agrees where it has nothing to mend and else points into the query. */
#include "unit/query/asking.h"

#include <time.h>

#include "base/memory.h"
#include "random.h"
#include "text/utf8.h"

enum { STRINGS = 40000, SIZE_MOST = 160, LONG_STRINGS = 1500, LONG_MOST = 1500 };

static const char *const pieces[] = {
    /* what parts, and words */
    " ",
    " ",
    " ",
    " ",
    "a",
    "b",
    "Homs",
    "airstr",
    "don't",
    "U.S.",
    "1.5",
    "2015",
    "東京",
    "é",
    "서울",
    "\n",
    "½",
    "\u00AD",
    "\u200B",
    "\u3000",
    "\u0301",
    "ﬁ",
    "ǅ",
    "ﷺ",
    "ก\u0E33",
    "３，０００",
    "…",
    "’s",
    "'s",
    "s",
    "•",
    "/",
    ".",
    ",",
    "#",
    "\xFF",
    "\xC3",
    "\xE2\x80",
    "\0",
    /* marks and parentheses */
    "\"",
    "\"",
    "\"",
    "“",
    "”",
    "„",
    "«",
    "»",
    "‘",
    "’",
    "'",
    "「",
    "」",
    "＂",
    "〝",
    "(",
    "(",
    "(",
    ")",
    ")",
    ")",
    /* signs */
    "-",
    "+",
    "=",
    "*",
    "*",
    "*",
    "?",
    "?",
    "s?ria-",
    "-a*c",
    "?No",
    "東?京",
    "*?東",
    "~",
    "~1",
    "~2",
    "~3",
    "~0",
    "~0.8",
    "~2000",
    "^2",
    "^2.5",
    "^0",
    "^1",
    "^0.0005",
    "^",
    ":",
    "..",
    "://",
    "\"~3",
    "\"*",
    "\"^2",
    ")^2",
    ")~1",
    /* fields and operators */
    "title:",
    "source:",
    "author:",
    "tag:",
    "lang:",
    "id:",
    "date:",
    "date:2015-10",
    "2015-10-01",
    "foo:",
    "exact:",
    "exact:\"",
    " OR ",
    " AND ",
    " NOT ",
    "OR",
    "AND",
    "NOT",
    " NEAR/5 ",
    " NEAR/5 ",
    " ADJ/2 ",
    " NEAR/3 (",
    " NEAR/0 ",
    " ADJ/9999 ",
    " NEAR/2 title:",
    "NEAR/5",
    " -",
    " +",
    " * ",
};
enum { PIECES = sizeof pieces / sizeof *pieces };

static size_t compose(uint64_t *random, size_t size_most, char *out)
{
    size_t n = 0, most = random_below(random, size_most);
    bool raw = random_below(random, 4) == 0;
    while (n < most) {
        const char *piece = pieces[random_below(random, PIECES)];
        size_t size = *piece ? strlen(piece) : 1;
        if (raw)
            out[n++] = (char)random_next(random);
        else if (n + size <= size_most)
            memcpy(out + n, piece, size), n += size;
        else
            break;
    }
    return n;
}

static void print_and_fail(const char *what, struct slice text, const struct asked *asked)
{
    for (size_t i = 0; i < text.size; i++)
        fprintf(stderr, text.data[i] >= ' ' && text.data[i] != '\\' ? "%c" : "\\x%02X",
                (unsigned char)text.data[i]);
    fail_msg("%s (written '%.*s')", what, (int)asked->written.size, asked->written.data);
}

static void check_strict(const struct asked *lenient, struct slice text,
                         struct query_options options)
{
    struct asked strict;
    options.strict = true;
    ask(&strict, analyzer, text, options);
    bool mended = lenient->query.repair_count > 0;
    if (mended != (strict.status == STATUS_INVALID))
        print_and_fail("strict and lenient disagree", text, lenient);
    if (!mended && !equal_trees(lenient->query.root, strict.query.root))
        print_and_fail("strict is another tree", text, lenient);
    if (mended && strict.query.error_at >= utf8_length(strict.query.text))
        print_and_fail("strict points past the query", text, lenient);
    asked_release(&strict);
}

static void check_again(const struct asked *asked, struct slice text, struct query_options options)
{
    struct asked again;
    ask(&again, analyzer, asked->written, options);
    if (again.status != STATUS_OK)
        print_and_fail("the canonical form is refused", text, asked);
    if (again.query.repair_count)
        print_and_fail("the canonical form is mended", text, asked);
    if (!equal_trees(asked->query.root, again.query.root))
        print_and_fail("the canonical form is another query", text, asked);
    if (!slice_equal(asked->written, again.written))
        print_and_fail("the canonical form is not its own", text, asked);
    asked_release(&again);
}

static void check_string(struct slice input, struct query_options options, bool may_be_too_much)
{
    struct asked asked;
    ask(&asked, analyzer, input, options);
    if (may_be_too_much && asked.status == STATUS_LIMIT) {
        asked_release(&asked);
        return;
    }
    if (asked.status != STATUS_OK)
        print_and_fail("refused", input, &asked);
    assert_non_null(asked.query.root);
    assert_true(utf8_valid(asked.query.text) && utf8_valid(asked.written));
    check_again(&asked, input, (struct query_options){0});
    check_again(&asked, input, (struct query_options){.any = true});
    check_strict(&asked, input, options);
    asked_release(&asked);
}

static void any_string_is_a_query(void **state)
{
    uint64_t random = 20151001;
    char text[SIZE_MOST];
    (void)state;
    for (size_t i = 0; i < STRINGS; i++) {
        struct query_options options = {.any = i % 3 == 0, .phrase = i % 17 == 0};
        size_t size = compose(&random, SIZE_MOST, text);
        check_string(slice_of(text, size), options, false);
    }
}

/* Of which NEAR may make too many words. */
static void so_is_a_long_one(void **state)
{
    uint64_t random = 1001;
    static char text[LONG_MOST];
    (void)state;
    for (size_t i = 0; i < LONG_STRINGS; i++) {
        size_t size = compose(&random, LONG_MOST, text);
        check_string(slice_of(text, size), (struct query_options){.any = i % 3 == 0}, true);
    }
}

static void expect_fast(struct slice text)
{
    struct asked asked;
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    ask(&asked, analyzer, text, (struct query_options){0});
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    assert_true(asked.status == STATUS_OK || asked.status == STATUS_LIMIT);
    if (after.tv_sec - before.tv_sec > 1)
        print_and_fail("slow", slice_of(text.data, 200), &asked);
    asked_release(&asked);
}

/* The longest queries of one repeated piece, or a few: none takes longer than reading it a few
 * times would. */
static void long_ones_take_no_longer(void **state)
{
    static char text[QUERY_MAX_BYTES];
    uint64_t random = 7;
    (void)state;
    for (size_t i = 0; i < 2 * PIECES; i++) {
        const char *some[5];
        size_t count = i < PIECES ? 1 : 2 + random_below(&random, 4), n = 0;
        for (size_t k = 0; k < count; k++)
            some[k] = pieces[i < PIECES ? i : random_below(&random, PIECES)];
        for (size_t k = 0; n + 32 < sizeof text; k = (k + 1) % count) {
            size_t size = *some[k] ? strlen(some[k]) : 1;
            memcpy(text + n, some[k], size);
            n += size;
        }
        expect_fast(slice_of(text, n));
    }
}

static void every_allocation_may_fail(void **state)
{
    struct slice text =
        SLICE("a (title:\"b c\" OR source:\"x y\") -date:2015 foo:bar id:7 ¿ +=d s?ria^2 "
              "(a* (b OR id:1) exact:F) NEAR/5 f NEAR/2 \"c * d~1\"~3 exact:\"E\" author:x*-y \"");
    (void)state;
    for (size_t n = 1; n < 200; n++) {
        struct asked asked = {0};
        arena_init(&asked.arena, 0);
        memory_fail_at(n, 1);
        asked.status = query_parse(text, &(struct query_options){0}, analyzer, &asked.arena,
                                   &asked.query, &asked.error);
        if (asked.status == STATUS_OK)
            query_write(&asked.query, &asked.arena);
        memory_fail_at(0, 0);
        assert_true(asked.status == STATUS_OK || asked.status == STATUS_NO_MEMORY);
        asked_release(&asked);
        if (n == 199)
            assert_int_equal(asked.status, STATUS_OK); /* all were tried */
    }
}

static void a_capped_arena_is_no_memory(void **state)
{
    struct slice text =
        SLICE("a (title:\"b c\" OR source:\"x y\") -date:2015 foo:bar id:7 ¿ +=d s?ria^2 "
              "(a* (b OR id:1) exact:F) NEAR/5 f NEAR/2 \"c * d~1\"~3 exact:\"E\" author:x*-y \"");
    size_t good = 0;
    (void)state;
    for (size_t cap = 16; cap < 16384; cap += 16) {
        struct asked asked = {0};
        arena_init(&asked.arena, cap);
        asked.status = query_parse(text, &(struct query_options){0}, analyzer, &asked.arena,
                                   &asked.query, &asked.error);
        assert_true(asked.status == STATUS_OK || asked.status == STATUS_NO_MEMORY);
        if (asked.status == STATUS_OK)
            good++, query_write(&asked.query, &asked.arena);
        asked_release(&asked);
    }
    assert_true(good > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_string_is_a_query),       cmocka_unit_test(so_is_a_long_one),
        cmocka_unit_test(long_ones_take_no_longer),    cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_capped_arena_is_no_memory),
    };
    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
