/* Words of any length: whole up to 1,024 bytes, by their beginning and hash past that, in bounded
 * memory. */
#include "unit/unit.h"

#include <sys/resource.h>
#include <time.h>

#include "base/hash.h"
#include "unit/text/reading.h"

static char *repeat(const char *piece, size_t times, size_t *size)
{
    size_t n = strlen(piece);
    char *text = malloc(n * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * n, piece, n);
    text[n * times] = '\0';
    *size = n * times;
    return text;
}

/* The rule of analyzer.h over a folded word held whole. */
static struct slice expected_word(struct slice folded, char out[WORD_MAX_BYTES])
{
    if (folded.size <= WORD_MAX_BYTES)
        return folded;
    size_t cut = WORD_CUT_BYTES;
    while ((folded.data[cut] & 0xC0) == 0x80)
        cut--;
    struct hash128 hash = hash_bytes_128(folded.data, folded.size);
    memcpy(out, folded.data, cut);
    snprintf(out + cut, 34, "#%016llx%016llx", (unsigned long long)hash.high,
             (unsigned long long)hash.low);
    return slice_of(out, cut + 33);
}

static void check(const char *text, size_t text_size, struct slice folded)
{
    char out[WORD_MAX_BYTES + 1];
    struct analyzer *a = analyzer_open();
    struct reading r = {0};
    for (int general = 0; general < 2; general++) {
        analyzer_use_general_path(a, general);
        reading_take(&r, a, slice_of(text, text_size), 4);
        assert_int_equal(r.count, 1);
        assert_int_equal(r.words[0].start, 0);
        assert_int_equal(r.words[0].end, text_size);
        assert_true(slice_equal(r.words[0].text, expected_word(folded, out)));
    }
    reading_release(&r);
    analyzer_close(a);
}

static void around_the_limit(void **state)
{
    (void)state;
    for (size_t n = 980; n < 1040; n++) {
        size_t size;
        char *text = repeat("a", n, &size);
        check(text, size, slice_of(text, size));
        text[0] = 'A';
        char *lower = repeat("a", n, &size);
        check(text, size, slice_of(lower, size));
        free(lower);
        free(text);
    }
    for (size_t n = 1; n < 4500; n += n < 300 || n > 400 ? 97 : 1) {
        size_t size;
        char *cyrillic = repeat("ю", n, &size), *syllables;
        check(cyrillic, size, slice_of(cyrillic, size));
        free(cyrillic);
        syllables = repeat("각", n, &size);
        check(syllables, size, slice_of(syllables, size));
        free(syllables);
    }
}

/* Text of n pieces that is one word, whose folded form is n folded pieces between a beginning and
 * an end. */
static void check_pieces(const char *piece, const char *folded_piece, size_t n, const char *end,
                         const char *folded_end)
{
    size_t size, folded_size;
    char *text = repeat(piece, n, &size), *folded = repeat(folded_piece, n, &folded_size);
    text = realloc(text, size + strlen(end) + 1);
    folded = realloc(folded, folded_size + strlen(folded_end) + 1);
    strcpy(text + size, end);
    strcpy(folded + folded_size, folded_end);
    check(text, size + strlen(end), slice_of_string(folded));
    free(text);
    free(folded);
}

static void joined_words_of_any_length(void **state)
{
    static const size_t counts[] = {2,    340,  341,  342,  343,  511,  512,   513,
                                    1023, 1024, 1025, 2047, 2048, 3000, 300000};
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t n = counts[i];
        check_pieces("A.", "a", n, "b", "b");
        check_pieces("A.", "a", n, "", "");
        check_pieces("é.", "e", n, "é", "e");
        check_pieces("क.", "क", n, "कि", "कि");
        check_pieces("123,", "123", n, "456", "456");
        check_pieces("123,", "123", n, "456.7", "456.7");
        check_pieces("7", "7", n, ".25", ".25");
    }
}

static void the_end_tells_words_apart(void **state)
{
    enum { SIZE = 1 << 20 };
    struct analyzer *a = analyzer_open();
    struct reading one = {0}, other = {0};
    size_t size;
    char *text = repeat("x", SIZE, &size), *wide;
    (void)state;
    reading_take(&one, a, slice_of(text, size), 9);
    text[SIZE - 1] = 'y';
    reading_take(&other, a, slice_of(text, size), 9);
    assert_int_equal(one.words[0].text.size, WORD_MAX_BYTES);
    assert_false(reading_same_words(&one, &other));
    text[SIZE - 1] = 'X';
    reading_take(&other, a, slice_of(text, size), 9);
    assert_true(reading_same_words(&one, &other));
    wide = repeat("Ｘ", SIZE, &size);
    reading_take(&other, a, slice_of(wide, size), 9);
    assert_true(reading_same_words(&one, &other));
    reading_release(&one);
    reading_release(&other);
    analyzer_close(a);
    free(wide);
    free(text);
}

/* Of this process alone, so that a busy machine does not count. */
static uint64_t used_microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

static size_t count_words(struct analyzer *a, const char *piece, size_t bytes,
                          uint64_t *microseconds)
{
    struct word words[256];
    size_t size, n, count = 0;
    char *text = repeat(piece, bytes / strlen(piece), &size);
    uint64_t start = used_microseconds();
    analyzer_begin(a, slice_of(text, size));
    while ((n = analyzer_read(a, words, 256)) > 0)
        count += n;
    *microseconds = used_microseconds() - start;
    free(text);
    return count;
}

/* What is asked for a watched text: how often it may go on. */
static bool allow(void *context)
{
    size_t *left = context;
    return *left > 0 && (*left)--;
}

/* A watched text that may go on has the same words, and one that may not ends soon. */
static void a_watched_text_ends_when_told(void **state)
{
    enum { BYTES = 1 << 19, STEP = 1 << 16 };
    static const char *const pieces[] = {"é",
                                         "東",
                                         "QUJD+/",
                                         "1,",
                                         "a.",
                                         "-",
                                         "\xCC\x81",
                                         "\xE3\x82\x99\xCC\x81",
                                         "\xC2\xAD",
                                         "각\xE1\x86\xA8",
                                         "   \xC3\xA9",
                                         "a\xCC\x81\xC2\xAD",
                                         "ﷺ"};
    struct analyzer *a = analyzer_open();
    struct reading whole = {0}, watched = {0};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t size, left = SIZE_MAX;
        char *text = repeat(pieces[i], BYTES / strlen(pieces[i]), &size);
        analyzer_watch(a, NULL, NULL);
        reading_take(&whole, a, slice_of(text, size), 9);
        analyzer_watch(a, allow, &left);
        reading_take(&watched, a, slice_of(text, size), 9);
        assert_true(reading_same_words(&whole, &watched));
        size_t asked = SIZE_MAX - left;
        left = 2;
        reading_take(&watched, a, slice_of(text, size), 9);
        assert_int_equal(left, asked < 2 ? 2 - asked : 0);
        for (size_t word = 0; asked > 2 && word < watched.count; word++)
            assert_true(watched.words[word].end <= 3 * STEP + 16);
        free(text);
    }
    reading_release(&whole);
    reading_release(&watched);
    analyzer_close(a);
}

/* No text without white space makes the time per byte grow with its length: quadratic would be 256.
 */
static void time_is_linear(void **state)
{
    static const char *const pieces[] = {
        "a",
        "é",
        "東",
        "QUJD+/",
        "1,",
        "1.",
        "123,",
        "a.",
        "1.5,",
        "\xCC\x81",
        "\xCC\x81\xCC\xA3",
        "\xE3\x82\x99\xCC\x81",
        "-",
        "\xC2\xAD",
        "\xFF",
        "각\xE1\x86\xA8",
        "α\xCD\x85",
        "ﷺ",
        "   \xC3\xA9",
        "- é",
        "1\xC2\xAD.",
        "a.\xC2\xAD",
        "\xCD\x8F",
        "ß",
    };
    struct analyzer *a = analyzer_open();
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        uint64_t little, much;
        size_t few = count_words(a, pieces[i], 1 << 18, &little);
        size_t many = count_words(a, pieces[i], 1 << 22, &much);
        assert_true(many == few || (many >= 16 * few - 16 && many <= 16 * few + 16));
        if (much > 16 * 4 * (little + 1000))
            fail_msg("'%s': %lu µs for 256 KiB, %lu µs for 4 MiB", pieces[i], (unsigned long)little,
                     (unsigned long)much);
    }
    analyzer_close(a);
}

static long peak_kilobytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void memory_is_bounded(void **state)
{
    enum { BYTES = 24 << 20 };
    struct analyzer *a = analyzer_open();
    struct word words[256];
    size_t size, n;
    char *text = repeat("각é\xCC\x81\xCC\xA3", BYTES / 9, &size);
    long before = peak_kilobytes();
    (void)state;
    analyzer_begin(a, slice_of(text, size));
    while ((n = analyzer_read(a, words, 256)) > 0)
        assert_int_equal(n, 1);
    assert_true(peak_kilobytes() - before < 4096);
    analyzer_close(a);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(around_the_limit),
        cmocka_unit_test(joined_words_of_any_length),
        cmocka_unit_test(the_end_tells_words_apart),
        cmocka_unit_test(a_watched_text_ends_when_told),
        cmocka_unit_test(time_is_linear),
        cmocka_unit_test(memory_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
