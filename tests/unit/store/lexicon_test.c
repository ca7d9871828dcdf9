/* Fifty thousand keys looked up and walked, against a sorted array. */
#include "sorting.h"
#include "unit/unit.h"

#include "random.h"
#include "store/key.h"
#include "store/lexicon_read.h"
#include "store/lexicon_scan.h"
#include "unit/store/crafted.h"

enum { KEYS = 50000 };

static char key_bytes[KEYS][32];
static char longest[2][KEY_MAX_BYTES];
static struct slice keys[KEYS];
static size_t key_count;
static struct crafted crafted;
static struct lexicon lexicon;

/* Short ones, ones with the same eight bytes in front, ones with zeros, ones of any byte. */
static struct slice draw_key(uint64_t *random, char *out)
{
    size_t size = 1 + (size_t)random_below(random, 20), fixed = 0;
    static const char *const fronts[] = {"", "eightsam", "eightsame", "eightsa", "\xFF\xFF\xFF"};
    const char *front = fronts[random_below(random, 5)];
    fixed = strlen(front);
    memcpy(out, front, fixed);
    for (size_t i = 0; i < size && fixed + i < 31; i++) {
        uint64_t kind = random_below(random, 20);
        out[fixed + i] = (char)(kind == 0   ? 0
                                : kind == 1 ? (int)random_below(random, 256)
                                            : 'a' + (int)random_below(random, 4));
    }
    return slice_of(out, fixed + size < 31 ? fixed + size : 31);
}

static void draw_keys(void)
{
    uint64_t random = 41;
    for (int i = 0; i < KEYS; i++)
        keys[i] = draw_key(&random, key_bytes[i]);
    memset(longest, 'm', sizeof longest);
    longest[1][KEY_MAX_BYTES - 1] = 'n';
    keys[0] = slice_of(longest[0], KEY_MAX_BYTES);
    keys[1] = slice_of(longest[1], KEY_MAX_BYTES);
    qsort(keys, KEYS, sizeof *keys, slices_ascend);
    for (int i = 0; i < KEYS; i++)
        if (key_count == 0 || !slice_equal(keys[key_count - 1], keys[i]))
            keys[key_count++] = keys[i];
}

/* Term i stands once, in article i mod 1000 at position i: what a look-up gives tells which it is.
 */
static int open_keys(void **state)
{
    (void)state;
    draw_keys();
    crafted_init(&crafted, 1000, key_count, key_count, key_count);
    for (size_t i = 0; i < key_count; i++) {
        crafted.sample.positions[i] = (uint32_t)i;
        crafted.sample.postings[i] =
            (struct sample_posting){(uint32_t)(i % 1000), 1, 0, &crafted.sample.positions[i]};
        crafted.sample.terms[i] = (struct sample_term){keys[i], 1, &crafted.sample.postings[i]};
    }
    crafted_open(&crafted);
    return lexicon_open(&lexicon, crafted.snapshot) == STATUS_OK ? 0 : -1;
}

static int close_keys(void **state)
{
    (void)state;
    crafted_release(&crafted);
    return 0;
}

static void check_found(const struct term *term, size_t i)
{
    assert_true(term->one_article && term->is_inline);
    assert_int_equal(term->number, i);
    assert_int_equal(term->doc, i % 1000);
    assert_int_equal(term->positions[0], i);
}

static void test_find_all(void **state)
{
    (void)state;
    struct term term;
    assert_int_equal(lexicon.term_count, key_count);
    for (size_t i = 0; i < key_count; i++) {
        assert_int_equal(lexicon_find(&lexicon, keys[i], &term), STATUS_OK);
        check_found(&term, i);
    }
}

/* The same in steps, several keys at each. */
static void test_find_in_steps(void **state)
{
    enum { TOGETHER = 5 };
    (void)state;
    struct term term;
    uint32_t blocks[TOGETHER];
    for (size_t first = 0; first + TOGETHER <= key_count; first += TOGETHER) {
        for (size_t i = 0; i < TOGETHER; i++)
            lexicon_fetch(&lexicon, keys[first + i]);
        for (size_t i = 0; i < TOGETHER; i++)
            assert_int_equal(lexicon_place(&lexicon, keys[first + i], &blocks[i]), STATUS_OK);
        for (size_t i = 0; i < TOGETHER; i++) {
            assert_int_equal(lexicon_find_at(&lexicon, keys[first + i], blocks[i], &term),
                             STATUS_OK);
            check_found(&term, first + i);
        }
    }
}

/* A lexicon too large for roots is searched without. */
static void test_find_without_roots(void **state)
{
    (void)state;
    struct lexicon rootless = lexicon;
    struct term term;
    assert_true(lexicon.root_count > 0 && lexicon.block_count > 1024);
    rootless.root_count = 0;
    for (size_t i = 0; i < key_count; i++) {
        assert_int_equal(lexicon_find(&rootless, keys[i], &term), STATUS_OK);
        check_found(&term, i);
    }
}

static void test_read_at(void **state)
{
    (void)state;
    struct term term;
    for (size_t i = 0; i < key_count; i += 7) {
        assert_int_equal(lexicon_read_at(&lexicon, (uint32_t)i, &term), STATUS_OK);
        check_found(&term, i);
    }
    assert_int_equal(lexicon_read_at(&lexicon, (uint32_t)key_count, &term), STATUS_NOT_FOUND);
}

static void test_find_others(void **state)
{
    (void)state;
    uint64_t random = 42;
    struct term term;
    size_t absent = 0;
    char out[40];
    for (int i = 0; i < 100000; i++) {
        struct slice key = i == 0 ? (struct slice){0} : draw_key(&random, out);
        const struct slice *model = bsearch(&key, keys, key_count, sizeof *keys, slices_ascend);
        enum status status = lexicon_find(&lexicon, key, &term);
        assert_int_equal(status, model ? STATUS_OK : STATUS_NOT_FOUND);
        if (model)
            check_found(&term, (size_t)(model - keys));
        absent += !model;
    }
    assert_true(absent > 10000 && absent < 99000);
}

/* A key cut short, and one with a byte more. */
static void test_find_near(void **state)
{
    (void)state;
    struct term term;
    char out[KEY_MAX_BYTES + 1];
    for (size_t i = 0; i < key_count; i += 3) {
        struct slice less = slice_of(keys[i].data, keys[i].size - 1), more;
        memcpy(out, keys[i].data, keys[i].size);
        out[keys[i].size] = '\0';
        more = slice_of(out, keys[i].size + 1);
        bool has_less = bsearch(&less, keys, key_count, sizeof *keys, slices_ascend) != NULL;
        bool has_more = bsearch(&more, keys, key_count, sizeof *keys, slices_ascend) != NULL;
        assert_int_equal(lexicon_find(&lexicon, less, &term) == STATUS_OK, has_less);
        assert_int_equal(lexicon_find(&lexicon, more, &term) == STATUS_OK, has_more);
    }
}

static void check_walk(struct lexicon_cursor *cursor, struct slice from, size_t most)
{
    size_t at = 0, count = key_count;
    while (count) { /* the first key that is not less */
        size_t half = count / 2;
        if (slice_compare(keys[at + half], from) < 0) {
            at += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    lexicon_seek(cursor, &lexicon, from);
    for (size_t i = 0; i < most && at < key_count; i++, at++) {
        assert_true(lexicon_next(cursor));
        assert_true(slice_equal(bytes_slice(&cursor->key), keys[at]));
        check_found(&cursor->term, at);
    }
    if (at == key_count)
        assert_false(lexicon_next(cursor));
    assert_int_equal(cursor->status, STATUS_OK);
}

static void test_walk(void **state)
{
    (void)state;
    uint64_t random = 43;
    struct lexicon_cursor cursor = {0};
    char out[40];
    check_walk(&cursor, (struct slice){0}, SIZE_MAX);
    check_walk(&cursor, SLICE("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), 10);
    check_walk(&cursor, keys[0], 40);
    check_walk(&cursor, keys[key_count - 1], 40);
    for (int i = 0; i < 5000; i++)
        check_walk(&cursor, draw_key(&random, out), 1 + (size_t)random_below(&random, 70));
    for (size_t i = 0; i < key_count; i += 31)
        check_walk(&cursor, keys[i], 2);
    lexicon_cursor_release(&cursor);
    lexicon_cursor_release(&cursor);
}

/* --- Scans -------------------------------------------------------------------------------------*/

static uint32_t common(struct slice a, struct slice b)
{
    uint32_t n = 0;
    while (n < a.size && n < b.size && a.data[n] == b.data[n])
        n++;
    return n;
}

/* The first key, from one on, that is not less. */
static size_t not_less(size_t from, struct slice key)
{
    size_t at = from;
    while (at < key_count && slice_compare(keys[at], key) < 0)
        at++;
    return at;
}

/* That the scan stands at a key; of the one that was current before, where it was moved on. */
static void check_scan(struct lexicon_scan *scan, bool good, size_t at, const struct slice *before)
{
    struct term term;
    uint32_t df;
    uint64_t cf;
    assert_int_equal(scan->status, STATUS_OK);
    assert_int_equal(good, at < key_count);
    if (!good)
        return;
    assert_true(slice_equal(bytes_slice(&scan->key), keys[at]));
    assert_int_equal(scan->number, at);
    if (before)
        assert_int_equal(scan->shared, common(*before, keys[at]));
    assert_true(lexicon_scan_counts(scan, &df, &cf) && df == 1 && cf == 1);
    if (scan->quick)
        return;
    assert_true(lexicon_scan_term(scan, &term));
    check_found(&term, at);
}

/* A key behind one: it with a letter more or another end, or any that comes later. */
static struct slice draw_later(uint64_t *random, size_t at, char *out)
{
    size_t later = at + (size_t)random_below(random, random_below(random, 3) ? 60 : 3000);
    struct slice key = keys[later < key_count ? later : key_count - 1];
    memcpy(out, key.data, key.size);
    size_t size = key.size;
    if (random_below(random, 2))
        size = 1 + (size_t)random_below(random, size);
    if (random_below(random, 2))
        out[size - 1] = (char)(out[size - 1] + 1);
    if (random_below(random, 2) && size < 31)
        out[size++] = 'b';
    return slice_of(out, size);
}

/* Moves a scan on that stands at a key; gives where it is to stand. */
static size_t move_on(struct lexicon_scan *scan, uint64_t *random, size_t at, bool *good)
{
    char out[KEY_MAX_BYTES + 1];
    size_t bytes = 1 + (size_t)random_below(random, keys[at].size);
    struct slice to = draw_later(random, at, out);
    switch (random_below(random, 3)) {
    case 0:
        *good = lexicon_scan_next(scan);
        return at + 1;
    case 1:
        *good = lexicon_scan_past(scan, bytes);
        for (size_t of = at; at < key_count && common(keys[at], keys[of]) >= bytes;)
            at++;
        return at;
    default:
        if (slice_compare(to, keys[at]) <= 0)
            to = slice_of("\xFF\xFF\xFF\xFF\xFF", 5);
        *good = lexicon_scan_forward(scan, to);
        return not_less(at, to);
    }
}

static void test_scans(void **state)
{
    uint64_t random = 47;
    (void)state;
    for (int quick = 0; quick < 2; quick++) {
        struct lexicon_scan scan = {.quick = quick};
        for (int i = 0; i < 3000; i++) {
            char out[40];
            struct slice from = draw_key(&random, out);
            bool good = lexicon_scan_seek(&scan, &lexicon, from);
            size_t at = not_less(0, from);
            check_scan(&scan, good, at, NULL);
            for (int moves = 0; moves < 10 && at < key_count; moves++) {
                struct slice before = keys[at];
                at = move_on(&scan, &random, at, &good);
                check_scan(&scan, good, at, &before);
            }
            assert_true(at < key_count || !lexicon_scan_next(&scan));
        }
        lexicon_scan_release(&scan);
        lexicon_scan_release(&scan);
    }
}

static void test_scans_by_number(void **state)
{
    static const uint64_t steps[] = {1, 2, 40, 3000};
    uint64_t random = 53;
    struct term term;
    (void)state;
    for (int i = 0; i < 400; i++) {
        struct lexicon_scan scan = {.lexicon = &lexicon};
        size_t at = (size_t)random_below(&random, i % 2 ? key_count : 3);
        for (; at < key_count; at += 1 + random_below(&random, steps[i % 4])) {
            assert_true(lexicon_scan_to(&scan, (uint32_t)at) && lexicon_scan_term(&scan, &term));
            check_found(&term, at);
            if (random_below(&random, 500) == 0)
                break;
        }
        assert_false(at >= key_count && lexicon_scan_to(&scan, (uint32_t)at));
        assert_int_equal(scan.status, STATUS_OK);
        lexicon_scan_release(&scan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find_all),
        cmocka_unit_test(test_find_without_roots),
        cmocka_unit_test(test_find_in_steps),
        cmocka_unit_test(test_read_at),
        cmocka_unit_test(test_find_others),
        cmocka_unit_test(test_find_near),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_scans),
        cmocka_unit_test(test_scans_by_number),
    };
    return cmocka_run_group_tests(tests, open_keys, close_keys);
}
