/* Pages of groups against a slow model: all hits one by one, of which those that a better one of
 * their group stands before are dropped. Two files, one of them renumbered, whose articles are
 * copies of a few, in every sort, by random windows. */
#include "build/builder.h"
#include "model/fixture.h"
#include "random.h"
#include "store/groups_read.h"
#include "store/snapshot.h"
#include "test_build.h"
#include "unit/unit.h"

enum { FILES = 2, TEXTS = 70, COPIES = 14, WORDS = 60, ALL = 1000, QUESTIONS = 400 };

struct library {
    struct scratch scratch;
    struct searcher *searcher;
    struct snapshot *snapshots[FILES];
    struct groups groups[FILES];
};

static struct library library;

/* --- Articles ----------------------------------------------------------------------------------*/

static void write_body(uint64_t *seed, struct bytes *body)
{
    bytes_clear(body);
    for (uint64_t i = 0, n = 30 + random_below(seed, 60); i < n; i++)
        bytes_format(body, "w%llu ",
                     (unsigned long long)random_below(seed, random_below(seed, WORDS) + 1));
}

static void add(struct builder *builder, uint64_t *seed, size_t number, const struct bytes *body)
{
    char id[24];
    struct bytes text = {0};
    snprintf(id, sizeof id, "a%zu", number);
    bytes_append_slice(&text, bytes_slice(body));
    for (uint64_t i = random_below(seed, 4); i > 0; i--) /* so that scores differ */
        bytes_format(&text, "w%llu ", (unsigned long long)random_below(seed, WORDS));
    struct article article = {.id = slice_of_string(id), .body = bytes_slice(&text)};
    article.date = (struct date){.year = (int16_t)(2000 + random_below(seed, 9)),
                                 .month = 1,
                                 .day = 1,
                                 .precision = DATE_YEAR};
    if (random_below(seed, 5) == 0)
        article.date = (struct date){0};
    test_build_add(builder, &article);
    bytes_release(&text);
}

static void build(const char *path, uint64_t seed, size_t first_number, bool reorder)
{
    struct builder_options options;
    struct bytes bodies[TEXTS] = {{0}};
    builder_options_init(&options);
    options.reorder = reorder;
    struct builder *builder = test_build_open(path, &options);
    for (size_t i = 0; i < TEXTS; i++)
        write_body(&seed, &bodies[i]);
    for (size_t i = 0; i < TEXTS * COPIES / FILES; i++) { /* few of most, many of some */
        uint64_t text = random_below(&seed, random_below(&seed, TEXTS) + 1);
        add(builder, &seed, first_number + i, &bodies[text]);
    }
    test_build_commit(builder);
    for (size_t i = 0; i < TEXTS; i++)
        bytes_release(&bodies[i]);
}

static int open_library(void **state)
{
    const char *paths[FILES];
    struct error error = {0};
    (void)state;
    scratch_open(&library.scratch);
    for (size_t i = 0; i < FILES; i++) {
        char name[16];
        snprintf(name, sizeof name, "%zu.vbt", i);
        paths[i] = scratch_path(&library.scratch, name);
        /* some ids of the first file are met again in the second */
        build(paths[i], 17 + i, i * (TEXTS * COPIES / FILES - 40), i == 1);
        library.snapshots[i] = snapshot_open(paths[i], &error);
        assert_non_null(library.snapshots[i]);
        assert_int_equal(groups_open(&library.groups[i], library.snapshots[i]), STATUS_OK);
        assert_true(library.groups[i].count > TEXTS);
    }
    library.searcher = searcher_open("copies", paths, FILES, &error);
    return library.searcher ? 0 : -1;
}

static int close_library(void **state)
{
    (void)state;
    searcher_unref(library.searcher);
    for (size_t i = 0; i < FILES; i++)
        snapshot_unref(library.snapshots[i]);
    scratch_close(&library.scratch);
    return 0;
}

/* --- The model ---------------------------------------------------------------------------------*/

/* Which group a hit is of: itself where it is alone. */
static uint64_t group_of(const struct hit *hit)
{
    uint32_t begin;
    if (groups_find(&library.groups[hit->file], hit->article, &begin) == STATUS_NOT_FOUND)
        return (uint64_t)hit->file << 33 | (uint64_t)1 << 32 | hit->article;
    return (uint64_t)hit->file << 33 | begin;
}

/* Which of all hits are the best of their groups, in order; how many. */
static size_t fold(const struct answer *all, size_t best[ALL])
{
    size_t count = 0;
    for (size_t i = 0; i < all->hit_count; i++) {
        size_t j = 0;
        while (j < count && group_of(&all->hits[best[j]]) != group_of(&all->hits[i]))
            j++;
        if (j == count)
            best[count++] = i;
    }
    return count;
}

static void check_others(const struct answer *all, size_t at, const struct hit *hit)
{
    size_t others = 0;
    for (size_t i = at + 1; i < all->hit_count; i++) {
        if (group_of(&all->hits[i]) != group_of(&all->hits[at]))
            continue;
        if (others < QUESTION_ALSO_IN) {
            assert_true(others < hit->also_in_count);
            assert_true(slice_equal(hit->also_in[others].id, all->hits[i].id));
            assert_int_equal(hit->also_in[others].article, all->hits[i].article);
        }
        others++;
    }
    assert_int_equal(hit->also_in_total, others);
    assert_int_equal(hit->also_in_count, others < QUESTION_ALSO_IN ? others : QUESTION_ALSO_IN);
}

static void ask(const struct question *question, struct answer *answer)
{
    struct error error = {0};
    if (searcher_ask(library.searcher, question, answer, &error) != STATUS_OK)
        fail_msg("'%.*s': %s", (int)question->text.size, question->text.data, error.text);
    assert_int_equal(answer->partial.size, 0);
}

static void check_page(const struct question *question, const struct answer *all,
                       const struct answer *page)
{
    size_t best[ALL], groups = fold(all, best), offset = question->offset;
    size_t expected = groups > offset ? groups - offset : 0;
    assert_int_equal(page->total, all->total);
    assert_int_equal(page->relation, TOTAL_EQ);
    assert_int_equal(page->hit_count, expected < question->limit ? expected : question->limit);
    for (size_t i = 0; i < page->hit_count; i++) {
        const struct hit *wanted = &all->hits[best[offset + i]], *hit = &page->hits[i];
        if (hit->file != wanted->file || hit->article != wanted->article)
            fail_msg("'%.*s', hit %zu of %u: expected %.*s, got %.*s", (int)question->text.size,
                     question->text.data, i, (unsigned)question->offset, (int)wanted->id.size,
                     wanted->id.data, (int)hit->id.size, hit->id.data);
        assert_true(hit->score == wanted->score);
        assert_int_equal(hit->rank, offset + i + 1);
        check_others(all, best[offset + i], hit);
    }
}

/* --- Questions ---------------------------------------------------------------------------------*/

static void write_query(uint64_t *seed, struct bytes *query)
{
    static const char *const forms[] = {"w#",           "w# w#", "\"w# w#\"", "w# OR w#",  "w# -w#",
                                        "w# NEAR/4 w#", "=w#",   "w#* w#",    "\"w#\" w#", "-w#"};
    bytes_clear(query);
    for (const char *form = forms[random_below(seed, sizeof forms / sizeof *forms)]; *form; form++)
        if (*form == '#')
            bytes_format(query, "%u", (unsigned)random_below(seed, WORDS));
        else
            bytes_put_u8(query, (uint8_t)*form);
}

static void check_question(uint64_t *seed, struct bytes *query)
{
    static const enum question_sort sorts[] = {SORT_SCORE, SORT_SCORE, SORT_NEWEST, SORT_OLDEST};
    struct question question;
    struct answer all, page;
    write_query(seed, query);
    question_init(&question);
    question.text = bytes_slice(query);
    question.sort = sorts[random_below(seed, 4)];
    question.ranking = random_below(seed, 2) ? RANKING_BEST : RANKING_BM25;
    question.snippets = 0;
    question.budget_us = 0;
    question.limit = ALL;
    ask(&question, &all);
    assert_int_equal(all.hit_count, all.total);
    question.collapse = true;
    for (int i = 0; i < 3; i++) {
        question.limit = 1 + (uint32_t)random_below(seed, random_below(seed, 40) + 1);
        question.offset = (uint32_t)random_below(seed, random_below(seed, 60) + 1);
        ask(&question, &page);
        check_page(&question, &all, &page);
        answer_release(&page);
    }
    answer_release(&all);
}

static void test_pages(void **state)
{
    uint64_t seed = 23;
    struct bytes query = {0};
    (void)state;
    for (size_t i = 0; i < QUESTIONS; i++)
        check_question(&seed, &query);
    bytes_release(&query);
}

/* Every article's group alone, and what of it matches. */
static void test_one_group(void **state)
{
    struct question question;
    struct answer all, some;
    (void)state;
    question_init(&question);
    question.text = SLICE("w1");
    question.budget_us = 0;
    question.limit = ALL;
    question.snippets = 0;
    ask(&question, &all);
    for (size_t i = 0; i < all.hit_count; i += 7) {
        size_t next = 0;
        question.group = all.hits[i].id;
        ask(&question, &some);
        assert_int_equal(some.total, some.hit_count);
        for (size_t j = 0; j < all.hit_count; j++)
            if (group_of(&all.hits[j]) == group_of(&all.hits[i])) {
                assert_true(next < some.hit_count);
                assert_int_equal(some.hits[next].article, all.hits[j].article);
                assert_int_equal(some.hits[next++].file, all.hits[j].file);
            }
        assert_int_equal(next, some.hit_count);
        answer_release(&some);
    }
    question.group = SLICE("nobody");
    ask(&question, &some);
    assert_int_equal(some.total, 0);
    answer_release(&some);
    answer_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pages),
                                       cmocka_unit_test(test_one_group)};
    return cmocka_run_group_tests_name("collapse", tests, open_library, close_library);
}
