/* Bodies are cut only where the analyzer's state is empty: words of the pieces are those of the
 * whole. */
#include <string.h>

#include "base/bytes.h"
#include "build/pieces.h"
#include "random.h"
#include "text/analyzer.h"
#include "unit/unit.h"

enum { WORDS = 64, TEXTS = 3000, PARTS_MOST = 60 };

static const char *const parts[] = {
    "a",
    "U.S.",
    "3,000",
    "1.5",
    "don\xE2\x80\x99t",
    " ",
    "\n",
    "\t",
    "\xE3\x80\x82",
    "\xE3\x80\x81",
    "\xE6\x9D\xB1",
    "e\xCC\x81",
    "-",
    ".",
    ",",
    "\xCC\x81",
    "x",
    "9",
    "\xE2\x80\x8B",
    "\r\n",
    "\xE3\x82\xAB\xE3\x82\x99",
    "b",
    "\xEF\xBC\x8C",
    "word",
};

static void append_words(struct analyzer *analyzer, struct slice text, struct bytes *out)
{
    struct word words[WORDS];
    analyzer_begin(analyzer, text);
    for (size_t n; (n = analyzer_read(analyzer, words, WORDS)) > 0;)
        for (size_t i = 0; i < n; i++) {
            bytes_append_slice(out, words[i].text);
            bytes_append_string(out, "|");
        }
}

static void same_words(void **state)
{
    (void)state;
    struct analyzer *analyzer = analyzer_open();
    struct bytes text = {0}, whole = {0}, cut = {0};
    uint64_t seed = 3;
    for (int i = 0; i < TEXTS; i++) {
        bytes_clear(&text), bytes_clear(&whole), bytes_clear(&cut);
        for (uint64_t n = random_below(&seed, PARTS_MOST); n > 0; n--)
            bytes_append_string(&text, parts[random_below(&seed, sizeof parts / sizeof *parts)]);
        append_words(analyzer, bytes_slice(&text), &whole);
        for (size_t at = 0, size; at < text.size; at += size) {
            struct slice rest = slice_from(bytes_slice(&text), at);
            size = piece_size(rest, 1 + random_below(&seed, 20));
            assert_true(size > 0 && size <= rest.size);
            append_words(analyzer, slice_of(rest.data, size), &cut);
        }
        assert_true(slice_equal(bytes_slice(&whole), bytes_slice(&cut)));
    }
    bytes_release(&text), bytes_release(&whole), bytes_release(&cut);
    analyzer_close(analyzer);
}

static void cut_at_room(void **state)
{
    (void)state;
    assert_int_equal(piece_size(SLICE("abcd efgh ijkl"), 5), 9);
    assert_int_equal(piece_size(SLICE("abcd efgh ijkl"), 4), 4);
    assert_int_equal(piece_size(SLICE("abcdefgh"), 4), 8);
    assert_int_equal(piece_size(SLICE("ab"), 16384), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_words),
        cmocka_unit_test(cut_at_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
