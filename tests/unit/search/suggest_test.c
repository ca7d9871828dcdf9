/* Suggestions inside: how a text that is typed is read, and the best words of a beginning and those
 * written nearly so beside a model that looks at every word of some random articles. */
#include "unit/unit.h"

#include <stdlib.h>

#include "match/budget.h"
#include "random.h"
#include "search/collection.h"
#include "search/suggest_best.h"
#include "search/suggest_correct.h"
#include "search/suggest_near.h"
#include "search/suggest_text.h"
#include "unit/search/library.h"

enum { ARTICLES = 120, WORDS = 900, LETTERS = 4, LENGTH_MOST = 7, BODY_BYTES = 600 };

static struct library library;
static struct collection collection;
static struct analyzer *analyzer;
static struct arena arena;
static char vocabulary[WORDS][LENGTH_MOST + 1]; /* ascending, each once */
static uint32_t dfs[WORDS];
static size_t word_count;

/* --- Random articles ---------------------------------------------------------------------------*/

static void random_word(uint64_t *random, char *word)
{
    size_t length = 1 + random_below(random, LENGTH_MOST);
    for (size_t i = 0; i < length; i++)
        word[i] = (char)('a' + random_below(random, LETTERS));
    word[length] = '\0';
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void make_vocabulary(uint64_t *random)
{
    for (size_t i = 0; i < WORDS; i++)
        random_word(random, vocabulary[i]);
    qsort(vocabulary, WORDS, sizeof *vocabulary, compare);
    for (size_t i = 0; i < WORDS; i++)
        if (word_count == 0 || strcmp(vocabulary[word_count - 1], vocabulary[i]) != 0)
            memmove(vocabulary[word_count++], vocabulary[i], sizeof *vocabulary);
}

/* The lower the number the oftener, in an order of their own. */
static void fill_body(uint64_t *random, char *body)
{
    bool seen[WORDS] = {false};
    size_t at = 0;
    while (at + LENGTH_MOST + 2 < BODY_BYTES) {
        size_t rank = random_below(random, 1 + random_below(random, word_count));
        size_t word = rank * 7919 % word_count;
        at += (size_t)snprintf(body + at, BODY_BYTES - at, "%s ", vocabulary[word]);
        dfs[word] += !seen[word];
        seen[word] = true;
    }
}

static int open_all(void **state)
{
    static char path[PATH_MAX], bodies[ARTICLES][BODY_BYTES], ids[ARTICLES][8];
    const char *paths[] = {path};
    struct article articles[ARTICLES] = {0};
    struct error error = {0};
    uint64_t random = 77;
    (void)state;
    make_vocabulary(&random);
    for (size_t i = 0; i < ARTICLES; i++) {
        snprintf(ids[i], sizeof ids[i], "%zu", i);
        fill_body(&random, bodies[i]);
        articles[i].id = slice_of_string(ids[i]);
        articles[i].title = SLICE("9"); /* no letters */
        articles[i].body = slice_of_string(bodies[i]);
    }
    library_open(&library);
    library_build(&library, "a.vbt", articles, ARTICLES, false);
    library_search(&library, (const char *const[]){"a.vbt"}, 1);
    snprintf(path, sizeof path, "%s", scratch_path(&library.scratch, "a.vbt"));
    analyzer = analyzer_open();
    return !analyzer || collection_open(&collection, paths, 1, &error) != STATUS_OK;
}

static int close_all(void **state)
{
    (void)state;
    analyzer_close(analyzer);
    collection_close(&collection);
    library_close(&library);
    arena_release(&arena);
    return 0;
}

/* The word that comes after `before` among those that are wanted: by articles, then by text;
 * WORDS: none. */
static size_t next_best(const bool wanted[WORDS], size_t before)
{
    size_t best = WORDS;
    for (size_t i = 0; i < word_count; i++) {
        bool behind =
            before == WORDS || dfs[i] < dfs[before] || (dfs[i] == dfs[before] && i > before);
        if (wanted[i] && dfs[i] && behind && (best == WORDS || dfs[i] > dfs[best]))
            best = i;
    }
    return best;
}

/* --- Words -------------------------------------------------------------------------------------*/

static void check_best(const char *prefix, size_t most)
{
    bool wanted[WORDS];
    struct candidates found;
    enum chunk_id chunk;
    arena_release(&arena);
    for (size_t i = 0; i < word_count; i++)
        wanted[i] = strncmp(vocabulary[i], prefix, strlen(prefix)) == 0;
    assert_int_equal(suggest_best(&collection.files[0], BEST_WORDS, slice_of_string(prefix), most,
                                  &arena, &found, &chunk),
                     STATUS_OK);
    size_t count = 0;
    for (size_t word = next_best(wanted, WORDS); word < WORDS && count < most;
         word = next_best(wanted, word), count++) {
        assert_true(count < found.count);
        assert_true(slice_equal(found.items[count].text, slice_of_string(vocabulary[word])));
        assert_int_equal(found.items[count].weight, dfs[word]);
    }
    assert_int_equal(found.count, count);
}

static void test_best_words(void **state)
{
    (void)state;
    uint64_t random = 78;
    char prefix[LENGTH_MOST + 1];
    for (int turn = 0; turn < 400; turn++) {
        random_word(&random, prefix);
        prefix[1 + random_below(&random, 3)] = '\0';
        check_best(prefix, 1 + random_below(&random, 12));
    }
    check_best("z", 10);
}

/* Insertions, deletions, replacements and swaps of neighbours, no letter touched twice. */
static uint32_t distance(const char *a, const char *b)
{
    enum { MOST = LENGTH_MOST + 2 };
    uint32_t cells[MOST][MOST];
    size_t m = strlen(a), n = strlen(b);
    for (size_t i = 0; i <= m; i++)
        for (size_t j = 0; j <= n; j++) {
            uint32_t least = i == 0 ? (uint32_t)j : j == 0 ? (uint32_t)i : UINT32_MAX;
            if (i && j) {
                least = cells[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                least = cells[i - 1][j] + 1 < least ? cells[i - 1][j] + 1 : least;
                least = cells[i][j - 1] + 1 < least ? cells[i][j - 1] + 1 : least;
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                cells[i - 2][j - 2] + 1 < least)
                least = cells[i - 2][j - 2] + 1;
            cells[i][j] = least;
        }
    return cells[m][n];
}

/* So many edits, behind so many letters that are the same. */
static size_t mark_near(const char *word, uint32_t edits, size_t same, bool wanted[WORDS])
{
    size_t count = 0;
    for (size_t i = 0; i < word_count; i++) {
        wanted[i] = strlen(vocabulary[i]) >= same && strncmp(vocabulary[i], word, same) == 0 &&
                    strcmp(vocabulary[i], word) != 0 && dfs[i] &&
                    distance(vocabulary[i] + same, word + same) <= edits;
        count += wanted[i];
    }
    return count;
}

/* least: of words in fewer articles no matter which are told, and whether any. */
static void check_near(const char *word, bool quick, uint32_t edits, uint32_t least)
{
    bool wanted[WORDS] = {false};
    struct near_word best[NEAR_WORDS];
    struct match_budget budget;
    arena_release(&arena);
    match_budget_init(&budget, 0, 0);
    struct near_request request = {&collection, &budget, &arena, quick, least};
    assert_true(near_find(&request, slice_of_string(word), edits, best));
    if (strlen(word) >= NEAR_SHORT && mark_near(word, 1, quick, wanted) == 0 &&
        strlen(word) >= NEAR_LONG && edits == 2)
        mark_near(word, 2, quick ? 2 : 1, wanted);
    size_t expected = WORDS;
    for (size_t i = 0; i < NEAR_WORDS; i++) {
        expected = i && expected == WORDS ? WORDS : next_best(wanted, expected);
        if (least && (expected == WORDS || dfs[expected] < least)) {
            assert_true(best[i].articles < least);
            break;
        }
        assert_int_equal(best[i].articles, expected == WORDS ? 0 : dfs[expected]);
        if (expected < WORDS)
            assert_true(slice_equal(best[i].text, slice_of_string(vocabulary[expected])));
    }
}

static void test_near_words(void **state)
{
    (void)state;
    uint64_t random = 79;
    char word[LENGTH_MOST + 2];
    for (int turn = 0; turn < 600; turn++) {
        random_word(&random, word);
        if (random_below(&random, 2)) /* a letter that none has */
            word[random_below(&random, strlen(word))] = 'x';
        check_near(word, turn % 2, 1 + turn / 2 % 2, 0);
        check_near(word, false, 1, 1 + (uint32_t)random_below(&random, ARTICLES));
    }
}

/* --- Corrections -------------------------------------------------------------------------------*/

static bool count_anything(void *context, struct slice query, uint64_t *articles)
{
    ++*(size_t *)context;
    *articles = query.size;
    return true;
}

static size_t count_offers(const char *text, bool quick)
{
    struct query_options options = {0};
    struct query query;
    struct error error = {0};
    struct match_budget budget;
    struct correction *corrections = NULL;
    size_t count = 0, counted = 0;
    arena_release(&arena);
    match_budget_init(&budget, 0, 0);
    assert_int_equal(query_parse(slice_of_string(text), &options, analyzer, &arena, &query, &error),
                     STATUS_OK);
    struct correct_request request = {.searcher = library.searcher,
                                      .query = &query,
                                      .budget = &budget,
                                      .scratch = &arena,
                                      .count = count_anything,
                                      .context = &counted,
                                      .skip_from = SIZE_MAX,
                                      .quick = quick};
    assert_true(correct_query(&request, &arena, &corrections, &count));
    assert_true(count <= SUGGEST_CORRECTIONS_MOST);
    return counted;
}

/* All words at once, each alone, each by the second likeliest; few of these while one types. */
static void test_counted_corrections(void **state)
{
    (void)state;
    const char *wrong = "abxc bacxd caxbd dabxc cbxad bdxac";
    assert_true(count_offers(wrong, false) > CORRECT_QUICK_OFFERS);
    assert_true(count_offers(wrong, true) <= CORRECT_QUICK_OFFERS);
    assert_true(count_offers(wrong, true) > 0);
}

/* --- What is typed -----------------------------------------------------------------------------*/

static void check_text(const char *typed, const char *front, const char *words, bool whole,
                       const char *closing)
{
    struct suggest_text text;
    arena_release(&arena);
    suggest_text_read(&text, slice_of_string(typed), analyzer, &arena);
    if (!slice_equal(text.front, slice_of_string(front)) ||
        !slice_equal(text.closing, slice_of_string(closing)))
        fail_msg("'%s': '%.*s' before, '%.*s' behind", typed, (int)text.front.size, text.front.data,
                 (int)text.closing.size, text.closing.data);
    struct slice prefix = suggest_text_prefix(&text, 0, &arena);
    assert_int_equal(text.count && text.whole, whole);
    prefix.size -= text.count && text.whole;
    assert_true(slice_equal(prefix, slice_of_string(words)));
}

static void test_texts(void **state)
{
    (void)state;
    check_text("", "", "", false, "");
    check_text("Vlad", "", "vlad", false, "");
    check_text("Vlad ", "", "vlad", true, "");
    check_text("vladimir  Pu", "", "vladimir pu", false, "");
    check_text("\"doomed to f", "\"", "doomed to f", false, "\"");
    check_text("a “doomed t", "a “", "doomed t", false, "”");
    check_text("»doo", "»", "doo", false, "«");
    check_text("\"doomed to\" f", "\"doomed to\" ", "f", false, "");
    check_text("\"doomed\"", "", "", false, "");
    check_text("source:bb", "", "", false, "");
    check_text("-war pe", "-war ", "pe", false, "");
    check_text("-wa", "-", "wa", false, "");
    check_text("(of the peop", "(", "of the peop", false, "");
    check_text("U.S.-l", "", "us l", false, "");
    check_text("a b c d e f g h i j", "", "c d e f g h i j", false, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_best_words),
        cmocka_unit_test(test_near_words),
        cmocka_unit_test(test_counted_corrections),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
