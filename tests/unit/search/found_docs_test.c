/* The articles that a search found, and another among them alone, beside a model of two files of
 * which the later hides articles of the earlier. */
#include "search/found_docs.h"

#include "query/query.h"
#include "search/collect.h"
#include "search/inside.h"
#include "search/plan.h"
#include "unit/search/library.h"
#include "unit/unit.h"

enum { FIRST = 1500, SECOND = 300, HIDDEN = 150, BODY_BYTES = 200, APART = 14 };

static struct library library;
static struct workspace *workspace;
static struct arena arena;

/* --- Articles ----------------------------------------------------------------------------------*/

static bool has_blue(size_t article)
{
    return article % 3 == 0;
}

/* Words between red and blue. */
static size_t gap_of(size_t article)
{
    return article / 3 % APART;
}

static void write_body(size_t article, char *body)
{
    int at = snprintf(body, BODY_BYTES, "every one%s", article % 2 ? "" : " red");
    for (size_t i = 0; i < gap_of(article); i++)
        at += snprintf(body + at, (size_t)(BODY_BYTES - at), " and");
    snprintf(body + at, (size_t)(BODY_BYTES - at), "%s", has_blue(article) ? " blue sky" : " end");
}

/* The later file has the ids of each seventh article of the earlier. */
static bool is_hidden(size_t article)
{
    return article < FIRST && article % 7 == 0 && article / 7 < HIDDEN;
}

static int open_all(void **state)
{
    static char bodies[FIRST + SECOND][BODY_BYTES], ids[FIRST + SECOND][8];
    static struct article articles[FIRST + SECOND];
    struct error error = {0};
    (void)state;
    for (size_t i = 0; i < FIRST + SECOND; i++) {
        size_t id = i >= FIRST && i - FIRST < HIDDEN ? (i - FIRST) * 7 : i;
        snprintf(ids[i], sizeof ids[i], "%zu", id);
        write_body(i, bodies[i]);
        articles[i].id = slice_of_string(ids[i]);
        articles[i].body = slice_of_string(bodies[i]);
    }
    library_open(&library);
    library_build(&library, "a.vbt", articles, FIRST, true);
    library_build(&library, "b.vbt", articles + FIRST, SECOND, true);
    library_search(&library, (const char *const[]){"a.vbt", "b.vbt"}, 2);
    workspace =
        workspace_take(searcher_shelf(library.searcher), &library.searcher->collection, &error);
    return workspace ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    workspace_give(searcher_shelf(library.searcher), workspace);
    library_close(&library);
    arena_release(&arena);
    return 0;
}

/* Red and blue, in this order, with no more words in between. */
static uint64_t count_model(size_t most)
{
    uint64_t count = 0;
    for (size_t i = 0; i < FIRST + SECOND; i++)
        count += !is_hidden(i) && i % 2 == 0 && has_blue(i) && gap_of(i) <= most;
    return count;
}

/* --- Searches ----------------------------------------------------------------------------------*/

static void make_plan(const char *text, struct plan *plan, struct match_budget *budget)
{
    struct query query;
    struct error error = {0};
    match_budget_init(budget, 0, 0);
    assert_int_equal(query_parse(slice_of_string(text), &(struct query_options){0},
                                 workspace->analyzer, &arena, &query, &error),
                     STATUS_OK);
    assert_int_equal(plan_init(plan, &library.searcher->collection, query.root, budget, &arena),
                     STATUS_OK);
}

static uint64_t search(const char *text, struct found_docs *found)
{
    struct plan plan;
    struct match_budget budget;
    struct collected collected;
    make_plan(text, &plan, &budget);
    assert_true(found_docs_init(found, &arena));
    collect(&plan, &(struct collect_options){SORT_SCORE, 0, false, found}, workspace, &budget,
            &arena, &collected);
    assert_int_equal(budget.status, STATUS_OK);
    return collected.total;
}

static uint64_t search_within(const char *text, const struct found_docs *within,
                              struct found_docs *found)
{
    struct plan plan;
    struct match_budget budget;
    make_plan(text, &plan, &budget);
    if (found)
        assert_true(found_docs_init(found, &arena));
    uint64_t total = found_docs_count(within, &plan, workspace, &budget, found);
    assert_int_equal(budget.status, STATUS_OK);
    return total;
}

static void expect_in_order(const struct found_docs *found)
{
    for (size_t i = 1; i < found->count; i++) {
        const struct found_doc *a = &found->items[i - 1], *b = &found->items[i];
        assert_true(a->file < b->file || (a->file == b->file && a->doc < b->doc));
    }
}

/* All that hold both words, then what stands with gaps among them, and among those that. */
static void check_gaps(const char *all)
{
    struct found_docs both, wide;
    arena_clear(&arena);
    assert_int_equal(search(all, &both), count_model(APART));
    assert_true(both.whole && both.count >= count_model(APART));
    expect_in_order(&both);
    assert_int_equal(search_within("\"red blue\"~10", &both, &wide), count_model(10));
    assert_true(wide.whole);
    assert_int_equal(wide.count, count_model(10));
    expect_in_order(&wide);
    assert_int_equal(search_within("\"red blue\"~3", &wide, NULL), count_model(3));
    assert_int_equal(search_within("\"blue red\"~3", &wide, NULL), 0);
    assert_int_equal(search_within("absent", &wide, NULL), 0);
}

static void test_words(void **state)
{
    (void)state;
    check_gaps("red blue");
}

/* No search by lists alone. */
static void test_word_and_phrase(void **state)
{
    (void)state;
    check_gaps("red \"blue sky\"");
}

static void test_none(void **state)
{
    struct found_docs found;
    (void)state;
    arena_clear(&arena);
    assert_int_equal(search("red absent", &found), 0);
    assert_true(found.whole);
    assert_int_equal(found.count, 0);
    assert_int_equal(search_within("red", &found, NULL), 0);
}

static void test_not_told(void **state)
{
    struct found_docs found;
    (void)state;
    arena_clear(&arena);
    assert_int_equal(search("every one", &found), FIRST + SECOND - HIDDEN);
    assert_false(found.whole); /* too many */
    assert_int_equal(search("sky", &found), search("blue", &found));
    assert_false(found.whole); /* one list is not read */
    search("red OR blue", &found);
    assert_false(found.whole);
    search("\"red and blue\"", &found);
    assert_false(found.whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_word_and_phrase),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_not_told),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
