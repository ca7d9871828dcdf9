/* Words passed over are as many as words read, and what is read behind them is the same. */
#include <stdlib.h>

#include "base/bytes.h"
#include "random.h"
#include "text/analyzer.h"
#include "unit/unit.h"

enum { TEXTS = 400, PIECES = 900, LONG_RUN = 1500 };

struct seen { /* a word and its place */
    size_t start, end;
    uint8_t joint;
    uint64_t sum; /* of its bytes */
};

static uint64_t sum_of(struct slice text)
{
    uint64_t sum = text.size;
    for (size_t i = 0; i < text.size; i++)
        sum = sum * 31 + (uint8_t)text.data[i];
    return sum;
}

static void draw_text(uint64_t *random, struct bytes *out)
{
    static const char *const pieces[] = {"word ",
                                         "Two ",
                                         "a ",
                                         "long-ish ",
                                         "U.S. ",
                                         "3,000 ",
                                         "1.5 ",
                                         "don't ",
                                         "x.y ",
                                         "naïve ",
                                         "½ ",
                                         "東京",
                                         "ﷺ ",
                                         "one,",
                                         "\xFF ",
                                         "soft\xC2\xAD"
                                         "ly ",
                                         "—",
                                         "\n",
                                         ". ",
                                         "A.",
                                         "-",
                                         "ภาษา ",
                                         "of the ",
                                         "end. ",
                                         "@ "};
    uint64_t plain = random_below(random, 100);
    size_t count = (size_t)random_below(random, PIECES);
    bytes_clear(out);
    for (size_t i = 0; i < count; i++) {
        bool odd = random_below(random, 100) >= plain;
        bytes_append_string(out, pieces[random_below(random, odd ? 25 : 3)]);
        for (uint64_t run = random_below(random, 2000) ? 0 : 1 + random_below(random, LONG_RUN);
             run; run--)
            bytes_put_u8(out, 'r');
    }
}

static size_t read_all(struct analyzer *analyzer, struct slice text, struct bytes *out)
{
    struct word words[7];
    size_t n;
    bytes_clear(out);
    analyzer_begin(analyzer, text);
    while ((n = analyzer_read(analyzer, words, 7)) > 0)
        for (size_t i = 0; i < n; i++) {
            struct seen seen = {0};
            seen.start = words[i].start;
            seen.end = words[i].end;
            seen.joint = words[i].joint;
            seen.sum = sum_of(words[i].text);
            bytes_append(out, &seen, sizeof seen);
        }
    return out->size / sizeof(struct seen);
}

static size_t check_read(struct analyzer *analyzer, const struct seen *expected, size_t left,
                         size_t most)
{
    struct word words[64];
    size_t n = analyzer_read(analyzer, words, most);
    assert_true(n <= left);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(words[i].start, expected[i].start);
        assert_int_equal(words[i].end, expected[i].end);
        assert_int_equal(words[i].joint, expected[i].joint);
        assert_int_equal(sum_of(words[i].text), expected[i].sum);
    }
    return n;
}

static void test_text(struct analyzer *analyzer, struct slice text, uint64_t *random,
                      struct bytes *all)
{
    size_t count = read_all(analyzer, text, all), at = 0, n = 1;
    const struct seen *seen = (const struct seen *)(const void *)all->data;
    analyzer_begin(analyzer, text);
    while (n) {
        bool skip = random_below(random, 2);
        size_t most = 1 + (size_t)random_below(random, skip ? 1 + count / 2 : 64);
        n = skip ? analyzer_skip(analyzer, most)
                 : check_read(analyzer, seen ? seen + at : NULL, count - at, most);
        assert_true(n <= most && n <= count - at);
        at += n;
    }
    assert_int_equal(at, count);
}

static void test_skipping(void **state)
{
    (void)state;
    struct analyzer *analyzer = analyzer_open();
    struct bytes text = {0}, all = {0};
    uint64_t random = 77;
    for (int i = 0; i < TEXTS; i++) {
        draw_text(&random, &text);
        analyzer_use_general_path(analyzer, i % 8 == 7);
        test_text(analyzer, bytes_slice(&text), &random, &all);
    }
    bytes_release(&text);
    bytes_release(&all);
    analyzer_close(analyzer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_skipping)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
