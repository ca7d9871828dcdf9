/* What a query becomes where its files know compounds: the tree, written out. */
#include "unit/unit.h"

#include "query/query.h"
#include "rank/bm25.h"
#include "search/collection.h"
#include "search/spelling.h"
#include "unit/search/library.h"

static struct library library;
static struct collection collection;
static struct analyzer *analyzer;
static struct arena arena;

static const char *const bodies[] = {
    "de-confliction talks, deconfliction talks, de confliction",
    "every day, every-day, every day everyday",
    "an e-mail and an email to him",
    "don't don't don't don't don't don't don't don't don't don't dont",
    "airstrikes and air strikes and air strikes; resign re sign",
    "visavis the vis-à-vis of visa vis",
    "co-op coop-erate cooperate co-operate",
    "no-thing nothing of a ab bc abc cd b c d mx5 mx 5 4 45",
};

static int open_all(void **state)
{
    static char path[PATH_MAX];
    const char *paths[] = {path};
    struct article articles[sizeof bodies / sizeof *bodies] = {0};
    char ids[sizeof bodies / sizeof *bodies][4];
    struct error error = {0};
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        snprintf(ids[i], sizeof ids[i], "%zu", i);
        articles[i].id = slice_of_string(ids[i]);
        articles[i].body = slice_of_string(bodies[i]);
    }
    library_open(&library);
    library_build(&library, "a.vbt", articles, sizeof bodies / sizeof *bodies, false);
    snprintf(path, sizeof path, "%s", scratch_path(&library.scratch, "a.vbt"));
    analyzer = analyzer_open();
    return collection_open(&collection, paths, 1, &error) != STATUS_OK;
}

static int close_all(void **state)
{
    (void)state;
    analyzer_close(analyzer);
    collection_close(&collection);
    arena_release(&arena);
    library_close(&library);
    return 0;
}

/* --- A tree as text ----------------------------------------------------------------------------*/

static void write_phrase(const struct query_node *node, struct bytes *out)
{
    bytes_append_string(out, node->field == FIELD_TITLE ? "title:" : "");
    bytes_append_string(out, node->quoted ? "\"" : "");
    for (size_t i = 0; i < node->word_count; i++) {
        const struct query_word *word = &node->words[i];
        bytes_append_string(out, i == 0 ? "" : word->glued ? "+" : " ");
        bytes_append_slice(out, word->kind == WORD_ANY ? SLICE("*") : word->text);
        bytes_append_string(out, word->kind == WORD_PREFIX ? "*" : "");
    }
    bytes_append_string(out, node->quoted ? "\"" : "");
    if (node->slop)
        bytes_format(out, "~%u", node->slop);
}

static void write_tree(const struct query_node *node, struct bytes *out)
{
    static const char *const between[] = {
        [QUERY_AND] = " ",       [QUERY_OR] = " OR ",       [QUERY_NOT] = " -",
        [QUERY_NEAR] = " NEAR ", [QUERY_SPELLINGS] = " | ", [QUERY_SEQUENCE] = " "};
    bool several = node->kind == QUERY_SPELLINGS, parts = node->kind == QUERY_SEQUENCE;
    bytes_append_string(out, node->required ? "+" : "");
    if (node->kind == QUERY_PHRASE)
        write_phrase(node, out);
    else if (node->child_count == 0)
        bytes_append_string(out, node->kind == QUERY_ALL ? "*" : "leaf");
    bytes_append_string(out, several ? "{" : parts ? "<" : "");
    for (size_t i = 0; i < node->child_count; i++) {
        bytes_append_string(out, i ? between[node->kind] : "");
        write_tree(node->children[i], out);
    }
    bytes_append_string(out, node->cut ? " | …" : "");
    bytes_append_string(out, several ? "}" : parts ? ">" : "");
    if (node->boost > 0)
        bytes_format(out, "^%g", node->boost);
}

static struct plan plan; /* of the last query */

static const struct query_node *rewrite(const char *text, bool *changed)
{
    struct query query;
    struct error error = {0};
    struct match_budget budget;
    arena_clear(&arena);
    match_budget_init(&budget, 0, 0);
    assert_int_equal(query_parse(slice_of_string(text), &(struct query_options){0}, analyzer,
                                 &arena, &query, &error),
                     STATUS_OK);
    struct query_node *root = query.root;
    assert_int_equal(spelling_plan(&plan, &collection, NULL, &root, true, &budget, &arena),
                     STATUS_OK);
    *changed = root != query.root;
    for (size_t i = 0; i < plan.written.count; i++)
        assert_non_null(memmem(text, strlen(text), plan.written.words[i].text.data,
                               plan.written.words[i].text.size));
    return root;
}

static void expect(const char *text, const char *tree)
{
    struct bytes out = {0};
    bool changed;
    const struct query_node *root = rewrite(text, &changed);
    write_tree(root, &out);
    bytes_put_u8(&out, 0);
    if (strcmp((const char *)out.data, tree) != 0)
        print_error("'%s' becomes %s, not %s\n", text, (const char *)out.data, tree);
    assert_string_equal((const char *)out.data, tree);
    bytes_release(&out);
}

static void expect_unchanged(const char *text)
{
    bool changed;
    rewrite(text, &changed);
    if (changed)
        fail_msg("'%s' has other spellings", text);
}

/* --- Tests -------------------------------------------------------------------------------------*/

static void test_phrases(void **state)
{
    (void)state;
    expect("\"deconfliction talks\"", "{\"deconfliction talks\" | \"de confliction talks\"}");
    expect("\"de confliction talks\"", "{\"de confliction talks\" | \"deconfliction talks\"}");
    expect("\"de-confliction talks\"", "{\"de confliction talks\" | \"deconfliction talks\"}");
    expect("\"don't e-mail\"",
           "{\"don t e mail\" | \"don t email\" | \"dont e mail\" | \"dont email\"}");
    expect("email", "{email | \"e mail\"}");
    expect("e-mail^2", "{\"e mail\" | \"email\"}^2");
    expect("+title:email", "+{title:email | title:\"e mail\"}");
    expect("\"co operate\"", "{\"co operate\" | \"cooperate\" | \"coop erate\"}");
    expect("cooperate", "{cooperate | \"co operate\" | \"coop erate\"}");
}

static void test_hyphens(void **state)
{
    (void)state;
    expect("\"air-strikes\"", "{\"air strikes\" | \"airstrikes\"}");
    expect("re-sign", "{\"re sign\" | \"resign\"}");
    expect("\"every-day\"", "{\"every day\" | \"everyday\"}");
    expect("\"vis-a-vis\"", "{\"vis a vis\" | \"visa vis\" | \"visavis\"}");
    expect_unchanged("\"4-5\"");      /* digits never run together */
    expect_unchanged("\"talks-of\""); /* no article writes it closed */
    expect_unchanged("\"air -strikes\"");
}

static void test_other_places(void **state)
{
    (void)state;
    expect("talks -\"e mail\"", "talks -{\"e mail\" | \"email\"}");
    expect("talks OR email", "talks OR {email | \"e mail\"}");
    expect("email NEAR/3 talks", "{email | \"e mail\"} NEAR talks");
    expect("(email OR talks) NEAR/3 \"de confliction\"",
           "{email | \"e mail\"} OR talks NEAR {\"de confliction\" | \"deconfliction\"}");
    expect("\"an email\"~2", "{\"an email\"~2 | \"an e+mail\"~2}");
    expect("\"e mail to\"~2", "{\"e mail to\"~2 | \"email to\"~2}");
    expect("\"email talk*\"", "{\"email talk*\" | \"e mail talk*\"}");
    expect("\"e * mail email\"", "{\"e * mail email\" | \"e * mail e mail\"}");
}

static void test_unchanged(void **state)
{
    (void)state;
    static const char *const queries[] = {"\"every day\"",
                                          "everyday",
                                          "resign",
                                          "\"re sign\"",
                                          "airstrikes",
                                          "e mail",
                                          "=email",
                                          "exact:email",
                                          "source:e-mail",
                                          "ema*",
                                          "email~1",
                                          "\"air strikes\"",
                                          "*",
                                          ""};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        expect_unchanged(queries[i]);
}

/* In an article, too, every spelling is marked, and only the written one with variants=0. */
static void test_marks(void **state)
{
    static const char *const names[] = {"a.vbt"};
    struct stored_article article;
    struct question question;
    struct error error = {0};
    (void)state;
    library_search(&library, names, 1);
    library_question(&question, "\"deconfliction\"");
    for (int written = 0; written < 2; written++) {
        question.as_written = written;
        assert_int_equal(
            searcher_article(library.searcher, SLICE("0"), &question, &article, &error), STATUS_OK);
        assert_int_equal(article.highlight_count, written ? 1 : 3);
        assert_int_equal(article.highlights[0].start, written ? 22 : 0);
        assert_int_equal(article.highlights[0].end, written ? 35 : 14);
        stored_article_release(&article);
    }
}

static double idf_of(const char *word)
{
    const struct query_word asked = {.text = slice_of_string(word)};
    return bm25_idf(collection.article_count, vocabulary_find(&plan.vocabulary, &asked)->df);
}

/* However they were written, they are ranked by the commoner spelling. */
static void test_idf(void **state)
{
    (void)state;
    bool changed;
    static const char *const queries[] = {"\"email\"", "\"e mail\"", "\"e-mail\""};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        rewrite(queries[i], &changed);
        assert_true(changed && plan.leaf_count == 1);
        assert_true(idf_of("email") < idf_of("e") + idf_of("mail"));
        assert_true(plan.idf[0] == idf_of("email"));
    }
}

/* Sixteen ways are searched as they are; of more the phrase is parted. */
static void test_many_ways(void **state)
{
    (void)state;
    bool changed;
    const struct query_node *root = rewrite("\"email of email of email of email\"", &changed);
    assert_int_equal(root->kind, QUERY_SPELLINGS);
    assert_int_equal(root->child_count, 16);
    assert_false(root->cut);
    expect(
        "\"email of email of email of email of email *\"",
        "<{\"email of email of email of email of\" | \"email of email of email of e mail of\" | "
        "\"email of email of e mail of email of\" | \"email of email of e mail of e mail of\" | "
        "\"email of e mail of email of email of\" | \"email of e mail of email of e mail of\" | "
        "\"email of e mail of e mail of email of\" | \"email of e mail of e mail of e mail of\" | "
        "\"e mail of email of email of email of\" | \"e mail of email of email of e mail of\" | "
        "\"e mail of email of e mail of email of\" | \"e mail of email of e mail of e mail of\" | "
        "\"e mail of e mail of email of email of\" | \"e mail of e mail of email of e mail of\" | "
        "\"e mail of e mail of e mail of email of\" | \"e mail of e mail of e mail of e mail of\"} "
        "{\"email *\" | \"e mail *\"}>");
    root = rewrite("\"email of email of email of email of email\"~3", &changed);
    assert_int_equal(root->kind, QUERY_SPELLINGS);
    assert_int_equal(root->child_count, SPELLING_WAYS_MOST);
    assert_true(root->cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrases),      cmocka_unit_test(test_hyphens),
        cmocka_unit_test(test_other_places), cmocka_unit_test(test_unchanged),
        cmocka_unit_test(test_many_ways),    cmocka_unit_test(test_idf),
        cmocka_unit_test(test_marks),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
