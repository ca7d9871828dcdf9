/* What a scan tells of words that begin alike, and end alike, against the terms as they were made
 * up: entries of one article and of many, with titles and without, with short numbers and long. */
#include "sorting.h"
#include "store/lexicon_scan.h"

#include "random.h"
#include "store/key.h"
#include "unit/store/crafted.h"
#include "unit/unit.h"

enum { TERMS = 3000, ARTICLES = 40000, MOST_DF = 40, MOST_TF = 400, KEY_ROOM = 40 };

static char key_bytes[TERMS][KEY_ROOM];
static struct slice keys[TERMS];
static struct crafted crafted;
static struct lexicon lexicon;
static size_t key_count;

/* Of few letters, so that they share beginnings and ends; some longer than what is copied at once.
 */
static void draw_keys(uint64_t *random)
{
    for (size_t i = 0; i < TERMS; i++) {
        size_t size = 1 + (size_t)random_below(random, random_below(random, 9) ? 8 : KEY_ROOM);
        for (size_t at = 0; at < size; at++)
            key_bytes[i][at] = (char)('a' + (int)random_below(random, 5));
        keys[i] = slice_of(key_bytes[i], size);
    }
    qsort(keys, TERMS, sizeof *keys, slices_ascend);
    for (size_t i = 0; i < TERMS; i++)
        if (key_count == 0 || !slice_equal(keys[key_count - 1], keys[i]))
            keys[key_count++] = keys[i];
}

/* Mostly small, now and then great. */
static uint32_t draw(uint64_t *random, uint32_t most)
{
    return 1 + (uint32_t)random_below(random, random_below(random, 10) ? 5 : most);
}

static struct sample_posting draw_posting(uint64_t *random, uint32_t doc, bool titles,
                                          uint32_t *positions)
{
    uint32_t tf = draw(random, MOST_TF), next = 0;
    for (uint32_t i = 0; i < tf; i++) {
        positions[i] = next + (uint32_t)random_below(random, 300);
        next = positions[i] + 1;
    }
    return (struct sample_posting){doc, tf, titles ? 1 : 0, positions};
}

static int open_terms(void **state)
{
    (void)state;
    uint64_t random = 97;
    draw_keys(&random);
    crafted_init(&crafted, ARTICLES, key_count, key_count * MOST_DF,
                 (size_t)MOST_TF * MOST_DF * key_count / 40);
    struct sample_posting *posting = crafted.sample.postings;
    uint32_t *position = crafted.sample.positions;
    for (size_t i = 0; i < key_count; i++) {
        uint32_t df = random_below(&random, 2) ? 1 : draw(&random, MOST_DF);
        bool titles = random_below(&random, 4) == 0;
        crafted.sample.terms[i] = (struct sample_term){keys[i], df, posting};
        for (uint32_t at = 0; at < df; at++, posting++) {
            uint32_t from = at * (ARTICLES / MOST_DF);
            uint32_t doc = from + (uint32_t)random_below(&random, ARTICLES / MOST_DF);
            *posting = draw_posting(&random, doc, titles, position);
            position += posting->tf;
        }
    }
    crafted_open(&crafted);
    return lexicon_open(&lexicon, crafted.snapshot) == STATUS_OK ? 0 : -1;
}

static int close_terms(void **state)
{
    (void)state;
    crafted_release(&crafted);
    return 0;
}

static void check_word(const struct lexicon_word *word, size_t i)
{
    const struct sample_term *model = &crafted.sample.terms[i];
    uint64_t cf = 0;
    for (size_t at = 0; at < model->count; at++)
        cf += model->postings[at].tf;
    assert_int_equal(word->number, i);
    assert_int_equal(word->df, model->count);
    assert_int_equal(word->most, cf - model->count + 1);
    assert_int_equal(word->distance, 0);
}

static void check_list(const struct term_list *list, const struct term_list *model)
{
    assert_int_equal(list->df, model->df);
    assert_int_equal(list->cf, model->cf);
    assert_int_equal(list->postings_offset, model->postings_offset);
    assert_int_equal(list->postings_bytes, model->postings_bytes);
    assert_int_equal(list->positions_offset, model->positions_offset);
    assert_int_equal(list->positions_bytes, model->positions_bytes);
}

/* Every so manieth of the words is read, as whoever chooses among them does. */
static void check_terms(const struct lexicon_word *words, size_t count, size_t step)
{
    struct lexicon_scan scan = {.lexicon = &lexicon};
    struct term term, model;
    for (size_t i = 0; i < count; i += step) {
        assert_true(lexicon_scan_to_word(&scan, &words[i]));
        assert_true(lexicon_scan_term(&scan, &term));
        assert_int_equal(lexicon_find(&lexicon, keys[words[i].number], &model), STATUS_OK);
        assert_int_equal(term.number, model.number);
        assert_int_equal(term.one_article, model.one_article);
        assert_int_equal(term.doc, model.doc);
        check_list(&term.all, &model.all);
        check_list(&term.titles, &model.titles);
    }
    lexicon_scan_release(&scan);
}

/* All that begin so, and end as `ending` says; NULL: however they end. */
static void check_alike(struct slice front, const struct lexicon_ending *ending)
{
    static struct lexicon_word words[TERMS + LEXICON_SCAN_WORDS];
    struct lexicon_scan scan = {.quick = ending};
    size_t found = 0, count = 0, at = 0;
    bool more = lexicon_scan_seek(&scan, &lexicon, front);
    for (; more && slice_starts_with(bytes_slice(&scan.key), front); found += count)
        more = ending ? lexicon_scan_ending(&scan, front.size, ending, words + found, &count)
                      : lexicon_scan_alike(&scan, front.size, words + found, &count);
    assert_int_equal(scan.status, STATUS_OK);
    lexicon_scan_release(&scan);
    for (size_t i = 0; i < key_count; i++) {
        bool fits = slice_starts_with(keys[i], front);
        if (fits && ending)
            fits = keys[i].size >= ending->least_bytes && keys[i].size >= ending->suffix.size &&
                   slice_equal(slice_from(keys[i], keys[i].size - ending->suffix.size),
                               ending->suffix);
        if (!fits)
            continue;
        assert_true(at < found);
        check_word(&words[at++], i);
    }
    assert_int_equal(at, found);
    check_terms(words, found, 1);
    check_terms(words, found, 5);
}

static void test_alike(void **state)
{
    (void)state;
    static const char *const fronts[] = {"", "a", "c", "e", "ba", "eee", "abcd", "zz"};
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
        check_alike(slice_of_string(fronts[i]), NULL);
    for (size_t i = 0; i < key_count; i += 101)
        check_alike(keys[i], NULL);
}

static void test_ending(void **state)
{
    (void)state;
    static const char *const fronts[] = {"", "b", "ed", "aaa"}, *const ends[] = {"a", "dc", "bbb"};
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 3; j++) {
            struct slice front = slice_of_string(fronts[i]), suffix = slice_of_string(ends[j]);
            check_alike(front, &(struct lexicon_ending){suffix, front.size + suffix.size});
            check_alike(front, &(struct lexicon_ending){suffix, 9});
        }
}

/* What the lists of all terms of a block take in `postings`. */
static uint64_t lists_of_block(size_t first)
{
    uint64_t bytes = 0;
    struct term term;
    for (size_t i = first; i < first + LEXICON_SCAN_WORDS && i < key_count; i++) {
        assert_int_equal(lexicon_find(&lexicon, keys[i], &term), STATUS_OK);
        if (!term.one_article)
            bytes += term.all.postings_bytes + (term.titles.df ? term.titles.postings_bytes : 0);
    }
    return bytes;
}

static bool is_filled(size_t first, uint64_t least)
{
    return first + LEXICON_SCAN_WORDS >= key_count || lists_of_block(first) >= least;
}

/* All keys of the blocks that take so many bytes, and the first ones of the others. */
static void check_filled(uint64_t least)
{
    struct lexicon_scan scan = {.quick = true, .least_bytes = least};
    bool more = lexicon_scan_seek(&scan, &lexicon, SLICE("a")), may;
    for (size_t i = 0; i < key_count; i++) {
        size_t first = i - i % LEXICON_SCAN_WORDS;
        bool filled = is_filled(first, least);
        assert_int_equal(lexicon_may_fill(&lexicon, keys[i], least, &may), STATUS_OK);
        assert_int_equal(may, filled);
        if (!filled && i != first)
            continue;
        assert_true(more && slice_equal(bytes_slice(&scan.key), keys[i]));
        assert_int_equal(scan.passed, !filled);
        more = lexicon_scan_next(&scan);
    }
    assert_true(!more && scan.status == STATUS_OK);
    lexicon_scan_release(&scan);
}

static void test_filled(void **state)
{
    (void)state;
    uint64_t most = 0;
    for (size_t i = 0; i < key_count; i += LEXICON_SCAN_WORDS)
        most = lists_of_block(i) > most ? lists_of_block(i) : most;
    for (int i = 0; i <= 8; i++)
        check_filled(most * (uint64_t)i / 8);
    check_filled(most + 1);
}

/* In how many articles each stands, and those that are not there in none. */
static void test_count(void **state)
{
    (void)state;
    uint32_t df;
    for (size_t i = 0; i < key_count; i++) {
        assert_int_equal(lexicon_count(&lexicon, keys[i], &df), STATUS_OK);
        assert_int_equal(df, crafted.sample.terms[i].count);
        struct slice shorter = slice_of(keys[i].data, keys[i].size - 1);
        bool is_there = bsearch(&shorter, keys, key_count, sizeof *keys, slices_ascend) != NULL;
        assert_int_equal(lexicon_count(&lexicon, shorter, &df) == STATUS_OK, is_there);
        assert_int_equal(df > 0, is_there);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_ending),
        cmocka_unit_test(test_filled),
        cmocka_unit_test(test_count),
    };
    return cmocka_run_group_tests(tests, open_terms, close_terms);
}
