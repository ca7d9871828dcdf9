#include "base/error.h"

#include <errno.h>
#include <string.h>

#include "unit/unit.h"

static void the_first_error_stays(void **state)
{
    struct error error = {0};
    (void)state;
    assert_int_equal(error_set(&error, STATUS_CORRUPT, "chunk '%s' is bad", "words"),
                     STATUS_CORRUPT);
    assert_int_equal(error_set(&error, STATUS_LIMIT, "too much"), STATUS_CORRUPT);
    assert_int_equal(error_set_errno(&error, ENOSPC, "cannot write"), STATUS_CORRUPT);
    assert_string_equal(error.text, "chunk 'words' is bad");
    error = (struct error){0};
    assert_int_equal(error.status, STATUS_OK);
    assert_int_equal(error_set_errno(&error, ENOSPC, "cannot write '%s'", "x"), STATUS_IO);
    assert_string_equal(error.text, "cannot write 'x': No space left on device");
}

static void a_long_text_is_cut_at_a_character(void **state)
{
    (void)state;
    for (int before = 0; before < 8; before++) {
        struct error error = {0};
        char text[1200] = "";
        memset(text, 'x', (size_t)before);
        while (strlen(text) < 1100)
            strcat(text, "\xF0\x9F\x98\x80\xC3\xA9\xE2\x82\xAC");
        error_set(&error, STATUS_INVALID, "%s", text);
        size_t size = strlen(error.text);
        assert_true(size < sizeof error.text && size >= sizeof error.text - 8);
        assert_memory_equal(error.text, text, size);
        assert_true(((unsigned char)text[size] & 0xC0) != 0x80);
    }
}

/* However long the text before them, and without a parted character. */
static void the_words_for_errno_stay(void **state)
{
    static const char words[] = ": No space left on device";
    (void)state;
    for (size_t size = 440; size < 700; size++) {
        struct error error = {0};
        char text[800];
        for (size_t i = 0; i < size; i++)
            text[i] = "\xE2\x82\xAC"[i % 3];
        text[size] = '\0';
        error_set_errno(&error, ENOSPC, "%s", text);
        size_t used = strlen(error.text), kept = used - strlen(words);
        assert_true(used < sizeof error.text);
        assert_string_equal(error.text + kept, words);
        assert_memory_equal(error.text, text, kept);
        assert_true(kept == size || kept % 3 == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_stays),
        cmocka_unit_test(a_long_text_is_cut_at_a_character),
        cmocka_unit_test(the_words_for_errno_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
