/* Words of one stem meet through the door, in every language of which the Snowball project
 * publishes words: each stands in an article of its own, and one of them finds those of all. Texts
 * of scripts without spaces are found inside running text, accents make no other word.
 *
 * VERBATIM_LONG=1 asks for all words instead of every NTH stem's. */
#include "unit/unit.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "build/builder.h"
#include "corpora.h"
#include "scratch_fixture.h"
#include "search/searcher.h"
#include "search/stop_words.h"
#include "snowball_words.h"
#include "test_build.h"
#include "text/stem.h"

enum { NTH = 23 };

static char folder[PATH_MAX];
static struct snowball_list list;
static struct searcher *searcher;

static struct builder *begin(const char *lang)
{
    struct builder_options options = test_build_options();
    options.lang = lang;
    options.no_compounds = true;
    struct builder *builder = test_build_open(scratch_path(&scratch, "languages.vbt"), &options);
    return builder;
}

static void add(struct builder *builder, size_t number, const char *body, const char *language)
{
    char id[24];
    struct slice lang = slice_of_string(language);
    struct article article = {.id = {id, (size_t)snprintf(id, sizeof id, "%zu", number)},
                              .body = slice_of_string(body)};
    article.lists[ARTICLE_LANG] = (struct article_values){&lang, 1};
    test_build_add(builder, &article);
}

static void end(struct builder *builder)
{
    struct error error = {0};
    const char *path = scratch_path(&scratch, "languages.vbt");
    test_build_commit(builder);
    searcher = searcher_open("languages", &path, 1, &error);
    assert_non_null(searcher);
}

/* How many articles the query finds; -1 where one of them is not among first … last. */
static int64_t find(const char *language, const char *text, size_t first, size_t last)
{
    struct question question;
    struct answer answer;
    struct error error = {0};
    question_init(&question);
    question.text = slice_of_string(text);
    question.lang = slice_of_string(language);
    question.op = OP_AND;
    question.limit = QUESTION_LIMIT_MOST;
    question.snippets = 0;
    question.collapse = false;
    question.budget_us = 0;
    assert_int_equal(searcher_ask(searcher, &question, &answer, &error), STATUS_OK);
    int64_t found = (int64_t)answer.total;
    for (size_t i = 0; i < answer.hit_count; i++) {
        char id[24];
        snprintf(id, sizeof id, "%.*s", (int)answer.hits[i].id.size, answer.hits[i].id.data);
        size_t number = strtoul(id, NULL, 10);
        if (number < first || number > last)
            found = -1;
    }
    answer_release(&answer);
    return found;
}

/* --- Words of one stem -------------------------------------------------------------------------*/

static size_t count_folded(size_t first, size_t last, const char *folded)
{
    size_t count = 0;
    for (size_t i = first; i <= last; i++)
        count += list.words[i].folded && strcmp(list.words[i].folded, folded) == 0;
    return count;
}

/* One that is asked for stands for itself alone. */
static bool is_stop_word(const char *language, const char *folded)
{
    char code[STEM_CODE_BYTES];
    return stem_language(slice_of_string(language), code) &&
           stop_words_hold(code, slice_of_string(folded));
}

/* Words first … last have one stem. */
static void check_stem(const char *language, size_t first, size_t last)
{
    size_t wanted = 0;
    char text[256];
    for (size_t i = first; i <= last; i++)
        wanted += list.words[i].folded != NULL;
    for (size_t i = first; i <= last; i++) {
        const struct snowball_word *word = &list.words[i];
        if (!word->folded)
            continue;
        size_t itself = count_folded(first, last, word->folded);
        size_t found = is_stop_word(language, word->folded) ? itself : wanted;
        if (find(language, word->word, first, last) != (int64_t)found)
            fail_msg("%s: '%s' does not find the %zu of its stem", language, word->word, found);
        snprintf(text, sizeof text, "\"%s\"", word->word);
        assert_int_equal(find(language, text, first, last), itself);
        snprintf(text, sizeof text, "=%s", word->word);
        assert_int_equal(find(language, text, first, last), itself);
    }
}

static void build_words(const char *language)
{
    struct builder *builder = begin("en");
    for (size_t i = 0; i < list.count; i++)
        if (list.words[i].folded)
            add(builder, i, list.words[i].word, language);
    end(builder);
}

static void check_language(const char *language, uint64_t nth)
{
    size_t groups = 0;
    snowball_read(&list, folder, language, nth);
    snowball_sort_by_stem(&list);
    build_words(language);
    for (size_t first = 0, last; first < list.count; first = last + 1, groups++) {
        last = first;
        while (last + 1 < list.count &&
               strcmp(list.words[last + 1].stem, list.words[first].stem) == 0)
            last++;
        check_stem(language, first, last);
    }
    assert_true(groups > 50);
    searcher_unref(searcher);
    snowball_free(&list);
}

static void test_languages(void **state)
{
    const char *given = getenv("VERBATIM_LONG");
    size_t languages = 0;
    (void)state;
    if (!corpora_find(folder, "robustness/snowball_data"))
        skip();
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.') {
            check_language(entry->d_name, given && *given ? 1 : NTH);
            languages++;
        }
    closedir(dir);
    assert_true(languages > 0);
}

/* --- Scripts and marks -------------------------------------------------------------------------*/

static void test_scripts(void **state)
{
    static const struct {
        const char *lang, *body, *query;
        bool finds;
    } cases[] = {
        {"zh", "昨天东京都发生了地震，没有人受伤。", "东京都", true},
        {"zh", "昨天东京都发生了地震，没有人受伤。", "\"发生了地震\"", true},
        {"zh", "昨天东京都发生了地震，没有人受伤。", "\"地震发生\"", false},
        {"ja", "昨日、東京都で国際会議が開かれました。", "国際会議", true},
        {"ja", "昨日、東京都で国際会議が開かれました。", "\"会議が開かれ\"", true},
        {"ja", "昨日、東京都で国際会議が開かれました。", "都東", false},
        {"th", "เมื่อวานนี้มีการประชุมในกรุงเทพมหานคร", "การประชุม", true},
        {"th", "เมื่อวานนี้มีการประชุมในกรุงเทพมหานคร", "\"กรุงเทพ\"", true},
        {"th", "เมื่อวานนี้มีการประชุมในกรุงเทพมหานคร", "\"ประชุมการ\"", false},
        {"ko", "어제 서울에서 국제 회의가 열렸습니다.", "\"국제 회의가\"", true},
        {"ko", "어제 서울에서 국제 회의가 열렸습니다.", "\"회의가 국제\"", false},
        {"fr", "Le mat\xC3\xA9riel militaire fut livr\xC3\xA9 hier.", "materiel", true},
        {"fr", "Le materiel militaire fut livre hier.", "\"mat\xC3\xA9riel\"", true},
        {"de", "Die H\xC3\xA4user standen leer.", "\"Hauser\"", true},
        {"es", "El ni\xC3\xB1o corri\xC3\xB3 a casa.", "\"nino corrio\"", true},
    };
    enum { CASES = sizeof cases / sizeof *cases };
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct builder *builder = begin("en");
        add(builder, 1, cases[i].body, cases[i].lang);
        add(builder, 2, "Nothing of that is here.", cases[i].lang);
        end(builder);
        int64_t found = find(cases[i].lang, cases[i].query, 1, 1);
        if (found != cases[i].finds)
            fail_msg("%s finds %lld", cases[i].query, (long long)found);
        searcher_unref(searcher);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_languages),
                                       cmocka_unit_test(test_scripts)};
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
