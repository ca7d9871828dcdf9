/* UTF-8 against a decoder made of the definition: the table of well-formed byte sequences (The
 * Unicode Standard, table 3-7) and the search for the longest prefix of one. */
#include "unit/unit.h"

#include <stdlib.h>

#include "random.h"
#include "text/space.h"
#include "text/utf8.h"

struct row {
    uint32_t low, high; /* code points */
    unsigned char bytes[4][2];
    size_t size;
};

static const struct row table[] = {
    {0x0000, 0x007F, {{0x00, 0x7F}}, 1},
    {0x0080, 0x07FF, {{0xC2, 0xDF}, {0x80, 0xBF}}, 2},
    {0x0800, 0x0FFF, {{0xE0, 0xE0}, {0xA0, 0xBF}, {0x80, 0xBF}}, 3},
    {0x1000, 0xCFFF, {{0xE1, 0xEC}, {0x80, 0xBF}, {0x80, 0xBF}}, 3},
    {0xD000, 0xD7FF, {{0xED, 0xED}, {0x80, 0x9F}, {0x80, 0xBF}}, 3},
    {0xE000, 0xFFFF, {{0xEE, 0xEF}, {0x80, 0xBF}, {0x80, 0xBF}}, 3},
    {0x10000, 0x3FFFF, {{0xF0, 0xF0}, {0x90, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}, 4},
    {0x40000, 0xFFFFF, {{0xF1, 0xF3}, {0x80, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}, 4},
    {0x100000, 0x10FFFF, {{0xF4, 0xF4}, {0x80, 0x8F}, {0x80, 0xBF}, {0x80, 0xBF}}, 4},
};

/* How many bytes of s fit the row, from the first on. */
static size_t fitting(const struct row *row, const unsigned char *s, size_t size)
{
    size_t n = 0;
    while (n < row->size && n < size && s[n] >= row->bytes[n][0] && s[n] <= row->bytes[n][1])
        n++;
    return n;
}

static size_t slow_decode(const unsigned char *s, size_t size, uint32_t *code_point, bool *good)
{
    size_t longest = 1;
    *code_point = 0xFFFD;
    *good = false;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t n = fitting(&table[i], s, size);
        if (n == table[i].size) {
            static const uint32_t lead[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
            uint32_t c = s[0] & lead[n];
            for (size_t j = 1; j < n; j++)
                c = c * 64 + s[j] - 0x80;
            *code_point = c;
            *good = true;
            return n;
        }
        if (n > longest)
            longest = n;
    }
    return longest;
}

/* All of utf8.h about one string. */
static void check_string(const unsigned char *s, size_t size)
{
    struct slice text = slice_of(s, size);
    struct bytes replaced = {0}, expected = {0};
    size_t length = 0, floors[64];
    bool valid = true;
    for (size_t at = 0; at < size; length++) {
        uint32_t slow, fast;
        bool good;
        size_t n = slow_decode(s + at, size - at, &slow, &good);
        assert_int_equal(utf8_decode((const char *)s + at, size - at, &fast), n);
        assert_int_equal(fast, slow);
        bytes_append(&expected, good ? (const void *)(s + at) : "\xEF\xBF\xBD", good ? n : 3);
        valid = valid && good;
        for (size_t i = 0; i < n; i++)
            floors[at + i] = at;
        at += n;
    }
    floors[size] = size;
    assert_int_equal(utf8_valid(text), valid);
    assert_int_equal(utf8_length(text), length);
    for (size_t i = 0; i <= size + 2; i++)
        assert_int_equal(utf8_floor(text, i), floors[i < size ? i : size]);
    utf8_append_valid(&replaced, text);
    assert_true(slice_equal(bytes_slice(&replaced), bytes_slice(&expected)));
    bytes_release(&replaced);
    bytes_release(&expected);
}

static void every_two_bytes_and_more(void **state)
{
    (void)state;
    for (unsigned first = 0; first < 256; first++)
        for (unsigned second = 0; second < 256; second++)
            for (size_t size = 1; size <= 2; size++)
                check_string((const unsigned char[]){(unsigned char)first, (unsigned char)second},
                             size);
}

static void random_bytes(void **state)
{
    static const unsigned char edges[] = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
        0xEC, 0xED, 0xEE, 0xEF, 0xBD, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFC, 0xFE, 0xFF};
    uint64_t seed = 3;
    (void)state;
    for (int i = 0; i < 300000; i++) {
        unsigned char s[40];
        size_t size = random_below(&seed, sizeof s);
        for (size_t j = 0; j < size; j++)
            s[j] = random_below(&seed, 8) ? edges[random_below(&seed, sizeof edges)]
                                          : (unsigned char)random_next(&seed);
        check_string(s, size);
    }
}

static void every_code_point_round_trips(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x120000; c++) {
        char out[4];
        uint32_t back;
        bool is_character = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
        size_t n = utf8_encode(c, out);
        assert_int_equal(utf8_decode(out, n, &back), n);
        assert_int_equal(back, is_character ? c : UTF8_REPLACEMENT);
        assert_true(utf8_valid(slice_of(out, n)));
    }
    assert_true(utf8_valid((struct slice){0}));
    assert_int_equal(utf8_length((struct slice){0}), 0);
}

static void long_ascii_runs(void **state)
{
    (void)state;
    for (size_t size = 0; size < 40; size++) {
        unsigned char s[40];
        memset(s, 'a', sizeof s);
        check_string(s, size);
        for (size_t at = 0; at < size; at++) {
            s[at] = 0xC3;
            check_string(s, size);
            s[at] = 'a';
        }
    }
}

/* White_Space of Unicode's PropList.txt. */
static void white_space(void **state)
{
    static const uint32_t ranges[][2] = {
        {0x9, 0xD},       {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
        {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
    uint32_t range = 0, count = sizeof ranges / sizeof *ranges;
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        bool expected = range < count && c >= ranges[range][0];
        if (space_is(c) != expected)
            fail_msg("U+%04X is%s white space", (unsigned)c, expected ? "" : " no");
        range += range < count && c == ranges[range][1];
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_two_bytes_and_more),
        cmocka_unit_test(random_bytes),
        cmocka_unit_test(every_code_point_round_trips),
        cmocka_unit_test(long_ascii_runs),
        cmocka_unit_test(white_space),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
