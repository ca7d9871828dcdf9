/* The fast path and the general path give the same words, in the same places, with the same joints;
 * and so does a text that is cut at any ASCII space. */
#include "unit/unit.h"

#include <dirent.h>
#include <sys/stat.h>

#include "corpora.h"
#include "random.h"
#include "scratch.h"
#include "unit/text/reading.h"

struct both {
    struct analyzer *analyzer;
    struct reading fast, general;
    size_t texts;
};

static int open_both(void **state)
{
    struct both *b = calloc(1, sizeof *b);
    b->analyzer = analyzer_open();
    *state = b;
    return b->analyzer ? 0 : -1;
}

static int close_both(void **state)
{
    struct both *b = *state;
    analyzer_close(b->analyzer);
    reading_release(&b->fast);
    reading_release(&b->general);
    free(b);
    return 0;
}

static void check_same(struct both *b, struct slice text, size_t batch)
{
    analyzer_use_general_path(b->analyzer, false);
    reading_take(&b->fast, b->analyzer, text, batch);
    analyzer_use_general_path(b->analyzer, true);
    reading_take(&b->general, b->analyzer, text, 256);
    b->texts++;
    if (reading_equal(&b->fast, &b->general))
        return;
    fprintf(stderr, "'%.*s'\n", (int)(text.size < 200 ? text.size : 200), text.data);
    reading_print("fast", &b->fast);
    reading_print("general", &b->general);
    fail();
}

static bool is_ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Reads the pieces that a text falls into at ASCII spaces, and puts them together again. */
static void check_pieces(struct both *b, struct slice text, uint64_t *seed, bool general)
{
    struct reading *whole = &b->fast, piece = {0};
    size_t seen = 0;
    analyzer_use_general_path(b->analyzer, general);
    reading_take(whole, b->analyzer, text, 256);
    for (size_t at = 0, end; at < text.size; at = end) {
        end = at + 1 + random_below(seed, text.size - at);
        while (end < text.size && !is_ascii_space(text.data[end]))
            end++;
        reading_take(&piece, b->analyzer, slice_of(text.data + at, end - at), 3);
        for (size_t i = 0; i < piece.count; i++, seen++) {
            assert_true(seen < whole->count);
            assert_true(slice_equal(piece.words[i].text, whole->words[seen].text));
            assert_int_equal(piece.words[i].start + at, whole->words[seen].start);
            assert_int_equal(piece.words[i].end + at, whole->words[seen].end);
            assert_int_equal(i ? piece.words[i].joint : JOINT_NONE,
                             i ? whole->words[seen].joint : JOINT_NONE);
            assert_true(i || whole->words[seen].joint == JOINT_NONE);
        }
    }
    assert_int_equal(seen, whole->count);
    reading_release(&piece);
}

/* Every string of `size` characters of the alphabet, alone and with words around it. */
static void check_every(struct both *b, const char *alphabet, size_t size)
{
    size_t letters = strlen(alphabet), count = 1;
    for (size_t i = 0; i < size; i++)
        count *= letters;
    for (size_t n = 0; n < count; n++) {
        char text[32] = "ab ";
        size_t rest = n;
        for (size_t i = 0; i < size; i++, rest /= letters)
            text[3 + i] = alphabet[rest % letters];
        memcpy(text + 3 + size, " cd", 3);
        check_same(b, slice_of(text + 3, size), 256);
        check_same(b, slice_of(text, size + 6), 1 + n % 5);
        check_same(b, slice_of(text, size + 3), 256);
    }
}

static void every_short_ascii_string(void **state)
{
    char all[129];
    for (int c = 1; c < 128; c++)
        all[c - 1] = (char)c;
    all[127] = '\0';
    check_every(*state, all, 1);
    check_every(*state, all, 2);
    check_every(*state, "aB19.,-'`_ \n\x7f@", 3);
    check_every(*state, "aB1.,' ", 6);
    check_every(*state, "ab1. ", 7);
    check_every(*state, "12.,", 8);
    check_every(*state, "1.,\xC2\xAD", 6); /* soft hyphens, and bytes that are not UTF-8 */
    check_every(*state, "a1.,=\xCC\x81\xB8 ", 5);
}

static void random_text(struct both *b, const char *alphabet, size_t letters, uint64_t *seed)
{
    static char text[20000]; /* some longer than several windows of the fast path */
    size_t size = random_below(seed, random_below(seed, 50) ? 400 : sizeof text);
    for (size_t i = 0; i < size; i++)
        text[i] = alphabet[random_below(seed, letters)];
    check_same(b, slice_of(text, size), 1 + random_below(seed, 256));
    check_pieces(b, slice_of(text, size), seed, random_below(seed, 2));
}

static void random_strings(void **state)
{
    static const char *const alphabets[] = {
        "abcDEF  gh.-'",
        "a1 2.3,4,5.b\n",
        "the quick Brown.fox,'s \t\r\n",
        "U.S. 3,000.50 e-mail don't `x",
        "ab \xCC\x81\xC2\xAD.,'1",
        "a \xE2\x80\x99-\xE3\x81\x8B\xE3\x82\x99",
        "\xD0\xB8\xCC\x86 .a\xD8\xA7\xD9\x94",
    };
    uint64_t seed = 7;
    char any[256];
    for (int c = 0; c < 256; c++)
        any[c] = (char)c;
    for (int i = 0; i < 20000; i++) {
        const char *alphabet = alphabets[i % 7];
        random_text(*state, alphabet, strlen(alphabet), &seed);
        random_text(*state, any + 1, i % 2 ? 127 : 255, &seed);
    }
}

static void check_file(struct both *b, const char *path)
{
    size_t size;
    uint64_t seed = 1;
    char *text = scratch_get(path, &size);
    if (!text)
        return;
    check_same(b, slice_of(text, size), 256);
    check_pieces(b, slice_of(text, size), &seed, true);
    free(text);
}

static void check_folder(struct both *b, const char *folder)
{
    DIR *open_folder = opendir(folder);
    struct dirent *entry;
    while (open_folder && (entry = readdir(open_folder))) {
        char path[PATH_MAX];
        struct stat known;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || stat(path, &known) != 0)
            continue;
        if (S_ISDIR(known.st_mode))
            check_folder(b, path);
        else
            check_file(b, path);
    }
    if (open_folder)
        closedir(open_folder);
}

static void corpora(void **state)
{
    static const char *const names[] = {
        "robustness/unicode15",
        "robustness/legacy_encodings",
        "robustness/malformed_utf8_generated",
        "robustness/blns",
        "robustness/wikitext_pages",
        "robustness/feeds_feedparser",
    };
    struct both *b = *state;
    size_t before = b->texts;
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (corpora_find(path, names[i]))
            check_folder(b, path);
    printf("%zu files\n", b->texts - before);
    if (b->texts == before)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_short_ascii_string, open_both, close_both),
        cmocka_unit_test_setup_teardown(random_strings, open_both, close_both),
        cmocka_unit_test_setup_teardown(corpora, open_both, close_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
