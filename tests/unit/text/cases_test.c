/* Every line of cases/words.tsv: a text with escapes, a tab, its words. */
#include "unit/unit.h"

#include "scratch.h"
#include "unit/text/reading.h"

static unsigned hex(const char *digits)
{
    char four[5] = {digits[0], digits[1], digits[2], digits[3], 0};
    return (unsigned)strtoul(four, NULL, 16);
}

/* \n \t \r \uXXXX; returns the size. */
static size_t unescape(const char *s, size_t size, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++) {
        if (s[i] != '\\') {
            out[n++] = s[i];
            continue;
        }
        i++;
        if (s[i] == 'u') {
            n += utf8_encode(hex(s + i + 1), out + n);
            i += 4;
        } else {
            out[n++] = s[i] == 'n' ? '\n' : s[i] == 't' ? '\t' : s[i] == 'r' ? '\r' : s[i];
        }
    }
    return n;
}

static size_t check_line(struct analyzer *a, const char *line, size_t size, size_t number)
{
    static const size_t batches[] = {1, 2, 3, 256};
    const char *tab = memchr(line, '\t', size);
    char text[1024], expected[1024];
    size_t wrong = 0;
    struct reading r = {0};
    assert_non_null(tab);
    size_t text_size = unescape(line, (size_t)(tab - line), text);
    snprintf(expected, sizeof expected, "%.*s", (int)(size - (size_t)(tab + 1 - line)), tab + 1);
    for (size_t i = 0; i < 8; i++) {
        analyzer_use_general_path(a, i >= 4);
        reading_take(&r, a, slice_of(text, text_size), batches[i % 4]);
        if (strcmp(reading_joined(&r), expected) != 0) {
            fprintf(stderr, "line %zu (%s): expected '%s'\n", number, i >= 4 ? "general" : "fast",
                    expected);
            reading_print("          got", &r);
            wrong++;
        }
    }
    reading_release(&r);
    return wrong;
}

static void every_case_gives_its_words(void **state)
{
    char path[PATH_MAX];
    size_t size = 0, wrong = 0, number = 0;
    (void)state;
    snprintf(path, sizeof path, "%s/cases/words.tsv", getenv("VERBATIM_SHARED"));
    char *lines = scratch_get(path, &size);
    struct analyzer *a = analyzer_open();
    assert_non_null(a);
    for (char *at = lines, *end; at < lines + size; at = end + 1) {
        end = memchr(at, '\n', (size_t)(lines + size - at));
        end = end ? end : lines + size;
        wrong += check_line(a, at, (size_t)(end - at), ++number);
    }
    analyzer_close(a);
    free(lines);
    assert_int_equal(wrong, 0);
    assert_true(number >= 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case_gives_its_words)};
    char path[PATH_MAX];
    const char *shared = getenv("VERBATIM_SHARED");
    snprintf(path, sizeof path, "%s/cases/words.tsv", shared ? shared : "");
    if (access(path, R_OK) != 0) {
        printf("skipped: there is no '%s'\n", path);
        return UNIT_SKIPPED;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
