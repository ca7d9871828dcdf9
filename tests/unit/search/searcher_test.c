/* What the door promises: filters, orders, fall-back to any words, limits, budgets, several files.
 */
#include <stdio.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "random.h"
#include "store/snapshot.h"
#include "unit/search/library.h"
#include "unit/unit.h"

static struct article article(const char *id, const char *title, const char *body, const char *date)
{
    struct article made = {
        .id = slice_of_string(id), .title = slice_of_string(title), .body = slice_of_string(body)};
    if (date)
        date_parse(slice_of_string(date), &made.date);
    return made;
}

static struct slice times[] = {{"The New York Times", 18}}, english[] = {{"en", 2}},
                    two[] = {{"AP", 2}, {"fr", 2}};

static void give_values(struct article *articles)
{
    articles[0].lists[ARTICLE_SOURCE] = (struct article_values){times, 1};
    articles[0].lists[ARTICLE_LANG] = (struct article_values){english, 1};
    articles[1].lists[ARTICLE_SOURCE] = (struct article_values){two, 1};
    articles[1].lists[ARTICLE_LANG] = (struct article_values){two + 1, 1};
    articles[1].lists[ARTICLE_TAG] = (struct article_values){two, 2};
}

static int open_library(void **state)
{
    static struct library library;
    struct article articles[] = {
        article("a", "War and peace", "The old war ended. A new peace began, and the war was over.",
                "2015-10-01"),
        article("b", "", "Peace talks in Geneva: no peace yet, said the envoy’s office.",
                "2015-10"),
        article("c", "Weather", "Rain, rain and rain again in the old town.", NULL),
        article("d", "War", "Nothing of the kind here.", "2014"),
        article("e", "Rain", "", "2015-10-01T12:00:00"),
    };
    give_values(articles);
    library_open(&library);
    library_build(&library, "one.vbt", articles, 5, false);
    library_search(&library, (const char *const[]){"one.vbt"}, 1);
    *state = &library;
    return 0;
}

static int close_library(void **state)
{
    library_close(*state);
    return 0;
}

static void test_words(void **state)
{
    struct library *library = *state;
    library_ask_text(library, "peace war");
    assert_true(library_hits(library, "a"));
    assert_int_equal(library->answer.word_count, 2);
    assert_true(slice_equal(library->answer.words[0].word, SLICE("peace")));
    assert_int_equal(library->answer.words[0].articles, 2);
    assert_int_equal(library->answer.words[1].articles, 2);
    assert_int_equal(library->answer.hits[0].phrase_count, 5);
    assert_int_equal(library->answer.hits[0].title_highlight_count, 2);
    assert_int_equal(library->answer.hits[0].title_highlights[1].start, 8);
    assert_int_equal(library->answer.hits[0].title_highlights[1].end, 13);
    assert_false(library->answer.any_words);
    library_ask_text(library, "");
    assert_int_equal(library->answer.total, 0);
    library_ask_text(library, "-war");
    assert_true(library_hits(library, "b c e"));
    library_ask_text(library, "id:c");
    assert_true(library_hits(library, "c"));
    library_ask_text(library, "title:rain");
    assert_true(library_hits(library, "e"));
}

static void test_any_words(void **state)
{
    struct library *library = *state;
    struct question question;
    library_ask_text(library, "geneva rain");
    assert_true(library->answer.any_words);
    assert_int_equal(library->answer.total, 3);
    library_ask_text(library, "geneva rain source:ap");
    assert_true(library->answer.any_words);
    assert_true(library_hits(library, "b"));
    library_ask_text(library, "geneva rain -town");
    assert_true(library->answer.any_words);
    assert_true(library_hits(library, "e b") || library_hits(library, "b e"));
    library_ask_text(library, "nosuch nothere");
    assert_false(library->answer.any_words);
    assert_int_equal(library->answer.total, 0);
    library_ask_text(library, "\"geneva rain\"");
    assert_int_equal(library->answer.total, 0);
    library_question(&question, "geneva rain");
    question.op = OP_AND;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.total, 0);
    question.op = OP_OR;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.total, 3);
    assert_false(library->answer.any_words);
}

/* What was asked for by its signs is not given up for the sake of a word beside it. */
static void test_any_beside_phrases(void **state)
{
    static const struct {
        const char *query, *hits;
    } cases[] = {
        {"\"old war\" geneva rain", "a"},
        {"\"old war\" nosuch", "a"},
        {"\"old town\" \"again in\" war", "c"},
        {"talks NEAR/3 geneva rain", "b"},
        {"+town war peace", "c"},
        {"\"old town\" war -rain", ""},
        {"\"old rain\" war", ""},
        {"\"old war\" \"old town\" rain", ""},
        {"(\"old war\" OR nosuch) geneva rain source:ap", "b"},
    };
    struct library *library = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        library_ask_text(library, cases[i].query);
        assert_true(library_hits(library, cases[i].hits));
        assert_int_equal(library->answer.any_words, *cases[i].hits != 0);
    }
}

static void test_filters(void **state)
{
    struct library *library = *state;
    struct question question;
    library_question(&question, "peace");
    question.source = SLICE("new york times");
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, "a"));
    question.source = SLICE("York");
    question.lang = SLICE("EN");
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, "a"));
    question.lang = SLICE("fr");
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, ""));
    library_question(&question, "the OR peace OR rain");
    question.from = SLICE("2015");
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.total, 3);
    question.to = SLICE("2015-09-30");
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.total, 0);
    question.to = SLICE("2015-10-01");
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.total, 3);
    question.from = SLICE("yesterday");
    assert_int_equal(library_ask(library, &question), STATUS_INVALID);
    assert_non_null(strstr(library->error.text, "'yesterday'"));
    library_ask_text(library, "tag:ap tag:fr");
    assert_true(library_hits(library, "b"));
    library_ask_text(library, "date:2014");
    assert_true(library_hits(library, "d"));
}

static void test_orders(void **state)
{
    struct library *library = *state;
    struct question question;
    library_question(&question, "-nosuchword");
    question.sort = SORT_NEWEST;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, "e a b d c"));
    question.sort = SORT_OLDEST;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, "d b a e c"));
    question.offset = 1;
    question.limit = 2;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, "b a"));
    assert_int_equal(library->answer.hits[0].rank, 2);
    assert_int_equal(library->answer.total, 5);
    question.offset = 4;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, "c"));
    question.offset = 5;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, ""));
    question.limit = 0;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.total, 5);
    question.sort = SORT_SCORE;
    question.offset = 0;
    question.limit = 10;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, "a b c d e"));
}

static void test_limits(void **state)
{
    struct library *library = *state;
    struct question question;
    library_question(&question, "war");
    question.limit = QUESTION_LIMIT_MOST + 1;
    assert_int_equal(library_ask(library, &question), STATUS_LIMIT);
    question.limit = QUESTION_LIMIT_MOST;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    question.offset = QUESTION_WINDOW_MOST;
    assert_int_equal(library_ask(library, &question), STATUS_LIMIT);
    assert_string_equal(library->error.text, "offset: only the first 100000 hits are ranked");
    question.kwic = true;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    question.offset = UINT32_MAX;
    assert_int_equal(library_ask(library, &question), STATUS_LIMIT);
    assert_string_equal(library->error.text, "offset: only the first 999999999 lines are shown");
    library_question(&question, "war");
    question.snippets = QUESTION_SNIPPETS_MOST + 1;
    assert_int_equal(library_ask(library, &question), STATUS_LIMIT);
    question.snippets = 1;
    question.budget_us = QUESTION_BUDGET_MOST_US + 1;
    assert_int_equal(library_ask(library, &question), STATUS_LIMIT);
    library_question(&question, "peace \"war");
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.repair_count, 1);
    question.strict = true;
    assert_int_equal(library_ask(library, &question), STATUS_INVALID);
    assert_int_equal(library->answer.strict_at, 6);
    library_question(&question, "(war OR \"the old");
    question.phrase = true;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.total, 0);
    assert_int_equal(library->answer.repair_count, 0);
}

/* The search ends early: a total of so many at least. Or the page: the total is exact. */
static void check_budget(const struct answer *answer, uint64_t total, bool whole, bool *page)
{
    *page = !whole && strstr(answer->partial.data, "before every hit was shown");
    assert_int_equal(answer->relation, whole || *page ? TOTAL_EQ : TOTAL_GTE);
    assert_true(whole || *page ? answer->total == total : answer->total <= total);
    if (!whole)
        assert_non_null(strstr(answer->partial.data, "blocks ended"));
    for (size_t i = 0; i < answer->hit_count; i++)
        assert_true(answer->hits[i].id.size && answer->hits[i].score > 0);
}

static void test_budget(void **state)
{
    struct library *library = *state;
    struct question question;
    library_question(&question, "(=the OR =of OR peace) (old OR kind OR war)");
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    uint64_t total = library->answer.total;
    bool search_ended = false, page_ended = false, whole = false;
    for (question.budget_blocks = 1; !whole; question.budget_blocks++) {
        bool page;
        assert_int_equal(library_ask(library, &question), STATUS_OK);
        whole = library->answer.partial.size == 0;
        check_budget(&library->answer, total, whole, &page);
        search_ended = search_ended || (!whole && !page);
        page_ended = page_ended || page;
    }
    assert_true(search_ended && page_ended);
}

static void test_explain(void **state)
{
    struct library *library = *state;
    struct question question;
    library_question(&question, "war \"new peace\" peace");
    question.explain = true;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_true(library_hits(library, "a"));
    const struct hit *hit = library->answer.hits;
    assert_int_equal(hit->explanation_count, 3);
    double sum = 0;
    for (size_t i = 0; i < 3; i++)
        sum += hit->explanations[i].score;
    assert_true(sum == hit->score);
    assert_true(slice_equal(hit->explanations[1].term, SLICE("\"new peace\"")));
    assert_int_equal(hit->explanations[1].articles, 1);
    assert_int_equal(hit->explanations[0].articles, 2);
    assert_true(hit->explanations[0].tf == 3 && hit->explanations[0].title_tf == 1);
    assert_true(hit->explanations[0].length == 16);
}

static void check_sums(const struct answer *answer)
{
    for (size_t i = 0; i < answer->hit_count; i++) {
        const struct hit *hit = &answer->hits[i];
        double sum = 0;
        assert_true(hit->explanation_count > 0);
        for (size_t k = 0; k < hit->explanation_count; k++)
            sum += hit->explanations[k].score;
        assert_true(sum == hit->score);
    }
}

/* The parts add up to the score to the last bit, whatever is asked and however it is ranked. */
static void test_explain_all(void **state)
{
    static const char *const queries[] = {
        "war peace",        "war \"new peace\"", "peac*",
        "war NEAR/5 peace", "=war OR rain^3",    "\"war and peace\"",
        "title:war peace",  "wars rains",        "war peace old new",
    };
    static const uint32_t settings[] = {QUESTION_AS_BUILT, 500};
    struct library *library = *state;
    struct question question;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        for (uint32_t way = 0; way < 4; way++) {
            library_question(&question, queries[i]);
            question.op = OP_OR;
            question.explain = true;
            question.ranking = way % 2 ? RANKING_BM25 : RANKING_BEST;
            question.b = settings[way / 2];
            assert_int_equal(library_ask(library, &question), STATUS_OK);
            assert_true(library->answer.own_settings == (way / 2 == 1));
            assert_true(way / 2 == 0 || library->answer.b == 0.5);
            check_sums(&library->answer);
        }
}

/* Of the hits only what the search itself knows: the same articles and scores, and no field. */
static void test_bare(void **state)
{
    struct library *library = *state;
    static const enum question_sort sorts[] = {SORT_SCORE, SORT_NEWEST, SORT_OLDEST};
    struct question question;
    struct hit whole[5] = {0};
    library_question(&question, "war OR peace OR rain");
    for (size_t order = 0; order < 3; order++) {
        question.sort = sorts[order];
        question.bare = false;
        assert_int_equal(library_ask(library, &question), STATUS_OK);
        size_t count = library->answer.hit_count;
        assert_int_equal(count, 5);
        memcpy(whole, library->answer.hits, sizeof whole);
        for (size_t i = 0; i < count; i++)
            whole[i].article = (uint32_t)(library->answer.hits[i].id.data[0] - 'a');
        question.bare = true;
        assert_int_equal(library_ask(library, &question), STATUS_OK);
        assert_int_equal(library->answer.hit_count, count);
        assert_int_equal(library->answer.total, count);
        for (size_t i = 0; i < count; i++) {
            const struct hit *hit = &library->answer.hits[i];
            assert_int_equal(hit->rank, i + 1);
            assert_int_equal(hit->file, 0);
            assert_int_equal(hit->article, whole[i].article);
            assert_true(hit->score > 0 && hit->score == whole[i].score);
            assert_int_equal(hit->id.size + hit->title.size + hit->snippet_count, 0);
        }
    }
    question.sort = SORT_SCORE;
    question.offset = 4;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.hit_count, 1);
    assert_int_equal(library->answer.hits[0].rank, 5);
}

static void test_article(void **state)
{
    struct library *library = *state;
    struct stored_article stored;
    struct question question;
    struct error error = {0};
    library_question(&question, "\"old war\" war -peace");
    assert_int_equal(searcher_article(library->searcher, SLICE("a"), &question, &stored, &error),
                     STATUS_OK);
    assert_string_equal(library_marked(stored.body, stored.highlights, stored.highlight_count),
                        "The [old war] ended. A new peace began, and the [war] was over.");
    assert_string_equal(library_marked(stored.fields.title, stored.fields.title_highlights,
                                       stored.fields.title_highlight_count),
                        "[War] and peace");
    assert_true(slice_equal(stored.fields.sources[0], SLICE("The New York Times")));
    assert_false(stored.partial);
    stored_article_release(&stored);
    question.budget_blocks = 1;
    assert_int_equal(searcher_article(library->searcher, SLICE("a"), &question, &stored, &error),
                     STATUS_OK);
    assert_true(stored.partial && stored.body.size > 0);
    stored_article_release(&stored);
    assert_int_equal(searcher_article(library->searcher, SLICE("b"), NULL, &stored, &error),
                     STATUS_OK);
    assert_int_equal(stored.highlight_count, 0);
    assert_true(stored.fields.title_derived);
    assert_true(slice_equal(stored.fields.date, SLICE("2015-10")));
    stored_article_release(&stored);
    assert_int_equal(searcher_article(library->searcher, SLICE("nowhere"), NULL, &stored, &error),
                     STATUS_NOT_FOUND);
    assert_non_null(strstr(error.text, "'nowhere'"));
    stored_article_release(&stored);
}

static void test_files(void **state)
{
    struct library library;
    struct searcher_info info;
    struct article first[] = {article("x", "One", "old words of war", NULL),
                              article("y", "Two", "more words of war", NULL)};
    struct article second[] = {article("x", "New one", "new words of peace", NULL)};
    struct stored_article stored;
    struct error error = {0};
    (void)state;
    library_open(&library);
    library_build(&library, "1.vbt", first, 2, false);
    library_build(&library, "2.vbt", second, 1, true);
    library_search(&library, (const char *const[]){"1.vbt", "2.vbt"}, 2);
    searcher_info(library.searcher, &info);
    assert_int_equal(info.articles, 2);
    assert_int_equal(info.files, 2);
    assert_false(info.has_text);
    assert_int_equal(strlen(info.checksum), 16);
    library_ask_text(&library, "words");
    assert_true(library_hits(&library, "y x") || library_hits(&library, "x y"));
    library_ask_text(&library, "war");
    assert_true(library_hits(&library, "y"));
    assert_int_equal(library.answer.words[0].articles, 2);
    assert_int_equal(library.answer.hits[0].file, 0);
    assert_int_equal(library.answer.hits[0].article, 1);
    library_ask_text(&library, "peace");
    assert_int_equal(library.answer.hits[0].file, 1);
    assert_int_equal(library.answer.hits[0].article, 0);
    library_ask_text(&library, "id:x");
    assert_true(library_hits(&library, "x"));
    assert_true(slice_equal(library.answer.hits[0].title, SLICE("New one")));
    assert_int_equal(library.answer.hits[0].snippet_count, 0);
    assert_int_equal(searcher_article(library.searcher, SLICE("x"), NULL, &stored, &error),
                     STATUS_OK);
    assert_false(stored.has_text);
    stored_article_release(&stored);
    library_search(&library, (const char *const[]){"2.vbt", "1.vbt"}, 2);
    library_ask_text(&library, "war");
    assert_int_equal(library.answer.total, 2);
    library_ask_text(&library, "peace");
    assert_int_equal(library.answer.total, 0);
    library_close(&library);
}

enum { MANY = 4000, ID_BYTES = 24 };

static void build_many(struct library *library, const char *name, unsigned from, unsigned step)
{
    uint64_t seed = from + step;
    static struct article articles[MANY];
    static char ids[MANY][ID_BYTES], titles[MANY][80];
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(ids[i], ID_BYTES, "article %u", from + i * step);
        for (size_t c = 0; c < 79; c++)
            titles[i][c] = (char)('a' + random_below(&seed, 26));
        articles[i] = article(ids[i], titles[i], "", NULL);
    }
    library_build(library, name, articles, MANY, true);
}

static void test_many_hidden(void **state)
{
    (void)state;
    struct library library;
    struct searcher_info info;
    library_open(&library);
    build_many(&library, "1.vbt", 0, 2);
    build_many(&library, "2.vbt", 0, 3);
    library_search(&library, (const char *const[]){"1.vbt", "2.vbt"}, 2);
    searcher_info(library.searcher, &info);
    assert_int_equal(info.articles, 2 * MANY - (MANY * 2 + 5) / 6); /* both have every sixth */
    library_ask_text(&library, "id:\"article 6\"");
    assert_int_equal(library.answer.hit_count, 1);
    assert_int_equal(library.answer.hits[0].file, 1);
    library_ask_text(&library, "id:\"article 8\"");
    assert_int_equal(library.answer.hits[0].file, 0);
    library_close(&library);
}

/* A damaged page of fields, which opening has no business with where no ids meet. */
static void test_fields_unread(void **state)
{
    (void)state;
    struct library library;
    struct error error = {0};
    const uint8_t *settings, *fields;
    library_open(&library);
    build_many(&library, "1.vbt", MANY, 1);
    build_many(&library, "2.vbt", 0, 1);
    const char *paths[] = {"", ""};
    char first[1000], path[1000];
    snprintf(first, sizeof first, "%s", scratch_path(&library.scratch, "1.vbt"));
    snprintf(path, sizeof path, "%s", scratch_path(&library.scratch, "2.vbt"));
    struct snapshot *snapshot = snapshot_open(path, &error);
    assert_int_equal(snapshot_view(snapshot, CHUNK_SETTINGS, 0, 1, &settings), STATUS_OK);
    assert_int_equal(snapshot_view(snapshot, CHUNK_FIELDS, 0, 1, &fields), STATUS_OK);
    assert_true(snapshot_chunk_bytes(snapshot, CHUNK_FIELDS) > 150000);
    long at = 128 + (fields - settings) + 70000;
    snapshot_unref(snapshot);
    FILE *file = fopen(path, "r+b");
    fseek(file, at, SEEK_SET);
    int byte = fgetc(file);
    fseek(file, at, SEEK_SET);
    fputc(byte ^ 0xFF, file);
    fclose(file);
    paths[0] = path;
    paths[1] = first;
    for (int order = 0; order < 2; order++) {
        struct searcher *searcher = searcher_open("test", paths, 2, &error);
        assert_non_null(searcher);
        assert_int_equal(searcher_verify(searcher, &error), STATUS_CORRUPT);
        searcher_unref(searcher);
        paths[0] = first;
        paths[1] = path;
    }
    paths[0] = path; /* with itself every id meets */
    error = (struct error){0};
    assert_null(searcher_open("test", paths, 2, &error));
    assert_int_equal(error.status, STATUS_CORRUPT);
    assert_non_null(strstr(error.text, "chunk 'fields'"));
    library_close(&library);
}

/* One block, which is too large to be kept from one question to the next. */
static void test_large_block(void **state)
{
    (void)state;
    enum { WORDS = 500000, WORD_BYTES = 5 };
    struct library library;
    char *body = memory_allocate(WORDS * WORD_BYTES + 1);
    for (int i = 0; i < WORDS; i++)
        snprintf(body + i * WORD_BYTES, WORD_BYTES + 1, i == WORDS / 2 ? "one,t" : "many,");
    struct article articles[] = {article("large", "", body, NULL)};
    library_open(&library);
    library_build(&library, "large.vbt", articles, 1, false);
    library_search(&library, (const char *const[]){"large.vbt"}, 1);
    for (int i = 0; i < 3; i++) {
        library_ask_text(&library, "\"many one tmany\"");
        assert_true(library_hits(&library, "large"));
        const struct snippet *snippet = library.answer.hits[0].snippets;
        const char *marked =
            library_marked(snippet->text, snippet->highlights, snippet->highlight_count);
        assert_non_null(strstr(marked, "[many,one,tmany]"));
    }
    library_close(&library);
    memory_free(body);
}

static void test_opening(void **state)
{
    struct library *library = *state;
    struct error error = {0};
    const char *missing = scratch_path(&library->scratch, "missing.vbt");
    assert_null(searcher_open("test", &missing, 1, &error));
    assert_non_null(strstr(error.text, "missing.vbt"));
    error = (struct error){0};
    assert_null(searcher_open("test", NULL, 0, &error));
    assert_int_equal(error.status, STATUS_INVALID);
    error = (struct error){0};
    assert_int_equal(searcher_verify(library->searcher, &error), STATUS_OK);
    assert_false(searcher_replaced(library->searcher));
    struct searcher *other = searcher_ref(library->searcher);
    searcher_unref(other);
    searcher_unref(NULL);
}

/* A title's first bytes, up to where a character ends, and "…". */
static void assert_cut_title(struct slice shown, const char *title, size_t size)
{
    assert_int_equal(shown.size, size + 3);
    assert_memory_equal(shown.data, title, size);
    assert_memory_equal(shown.data + size, "\xe2\x80\xa6", 3);
}

/* Hits and the lines of a concordance show so much of a title, and mark what they show; words of
 * the rest are found and shown in lines, and the article has it whole. */
static void test_large_title(void **state)
{
    (void)state;
    enum { TITLE = 3000, LAST = 4 };
    struct library library;
    struct question question;
    char title[TITLE + LAST + 1];
    struct article article = {.id = SLICE("x"), .body = SLICE("war war")};
    for (size_t i = 0; i < TITLE; i += 3)
        memcpy(title + i, "\xe2\x80\xa6", 4);
    memcpy(title, "war", 3);
    memcpy(title + TITLE, " war", LAST + 1);
    article.title = slice_of(title, TITLE + LAST);
    library_open(&library);
    library_build(&library, "large.vbt", &article, 1, false);
    library_search(&library, (const char *const[]){"large.vbt"}, 1);
    library_question(&question, "war");
    question.kwic = true;
    assert_int_equal(library_ask(&library, &question), STATUS_OK);
    assert_int_equal(library.answer.line_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_cut_title(library.answer.lines[i].title, title, 1023);
    assert_true(slice_equal(library.answer.lines[1].match, SLICE("war")));
    assert_int_equal(library.answer.lines[1].at, 1);
    question.kwic = false;
    assert_int_equal(library_ask(&library, &question), STATUS_OK);
    const struct hit *hit = library.answer.hits;
    assert_cut_title(hit->title, title, 1023);
    assert_true(hit->fields_cut);
    assert_int_equal(hit->phrase_count, 4);
    assert_int_equal(hit->title_highlight_count, 1);
    struct stored_article whole;
    struct error error = {0};
    assert_int_equal(searcher_article(library.searcher, article.id, &question, &whole, &error),
                     STATUS_OK);
    assert_true(slice_equal(whole.fields.title, article.title));
    assert_false(whole.fields.fields_cut);
    assert_int_equal(whole.fields.title_highlight_count, 2);
    stored_article_release(&whole);
    library_close(&library);
}

/* Of large fields a hit lacks what is large; the article has everything. */
static void test_large_fields(void **state)
{
    (void)state;
    enum { LARGE = 40000, TAGS = 1000 };
    struct library library;
    struct question question;
    struct bytes extra = {0};
    struct slice tags[TAGS], source = SLICE("bbc");
    for (size_t i = 0; i < TAGS; i++)
        tags[i] = SLICE("some long tag");
    bytes_append_string(&extra, "\"");
    for (size_t i = 0; i < LARGE; i++)
        bytes_put_u8(&extra, 'x');
    bytes_append_string(&extra, "\"");
    struct article_extra raw = {SLICE("raw"), bytes_slice(&extra)};
    struct article article = {.id = SLICE("x"),
                              .title = SLICE("a title"),
                              .body = SLICE("war war"),
                              .url = SLICE("http://x.org/"),
                              .extra = &raw,
                              .extra_count = 1};
    article.lists[ARTICLE_SOURCE] = (struct article_values){&source, 1};
    article.lists[ARTICLE_TAG] = (struct article_values){tags, TAGS};
    library_open(&library);
    library_build(&library, "large.vbt", &article, 1, false);
    library_search(&library, (const char *const[]){"large.vbt"}, 1);
    library_question(&question, "war");
    assert_int_equal(library_ask(&library, &question), STATUS_OK);
    const struct hit *hit = library.answer.hits;
    assert_true(hit->fields_cut);
    assert_true(slice_equal(hit->title, SLICE("a title")));
    assert_true(slice_equal(hit->url, SLICE("http://x.org/")));
    assert_int_equal(hit->source_count, 1);
    assert_int_equal(hit->tag_count, 16384 / (13 + sizeof(struct slice)));
    assert_true(slice_equal(hit->tags[100], SLICE("some long tag")));
    assert_int_equal(hit->extra.size, 0);
    struct stored_article whole;
    struct error error = {0};
    assert_int_equal(searcher_article(library.searcher, article.id, NULL, &whole, &error),
                     STATUS_OK);
    assert_int_equal(whole.fields.tag_count, TAGS);
    assert_true(whole.fields.extra.size > extra.size);
    assert_false(whole.fields.fields_cut);
    stored_article_release(&whole);
    bytes_release(&extra);
    library_close(&library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_any_words),
        cmocka_unit_test(test_any_beside_phrases),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_explain),
        cmocka_unit_test(test_explain_all),
        cmocka_unit_test(test_article),
        cmocka_unit_test(test_bare),
        cmocka_unit_test(test_many_hidden),
        cmocka_unit_test(test_fields_unread),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_large_block),
        cmocka_unit_test(test_opening),
        cmocka_unit_test(test_large_title),
        cmocka_unit_test(test_large_fields),
    };
    return cmocka_run_group_tests(tests, open_library, close_library);
}
