/* Ten thousand phrases of one to eight words sampled from an encyclopedia, half of them with a word
 * changed, against one pass over all its words: totals, articles and occurrences. The first
 * articles alone unless VERBATIM_LONG is set, then all 30,539. */
#include "base/json_read.h"
#include "build/builder.h"
#include "corpora.h"
#include "model/fixture.h"
#include "random.h"
#include "test_build.h"
#include "unit/unit.h"

enum { PHRASES = 10000, LONGEST = 8, FIRST_ARTICLES = 1500, SLOTS = 1 << 16, SHOWN_MOST = 300 };

struct phrase {
    uint32_t words[LONGEST];
    size_t count;
    uint64_t articles, occurrences; /* by brute force */
    uint64_t places;                /* the sum of the articles' numbers + 1 */
    uint32_t last;                  /* article + 1 */
    struct phrase *next;            /* in its slot */
};

struct encyclopedia {
    struct model model;
    struct scratch scratch;
    struct searcher *searcher;
    struct phrase phrases[PHRASES];
    struct phrase *slots[SLOTS]; /* by first two words */
};

static struct encyclopedia all;

/* --- Articles ----------------------------------------------------------------------------------*/

static void add_line(struct builder *builder, struct slice line, size_t number)
{
    char id[24];
    struct error error = {0};
    struct json_document *doc = json_parse(line, &error);
    assert_non_null(doc);
    const struct json_value *root = json_document_root(doc);
    snprintf(id, sizeof id, "%zu", number);
    struct generated made = {.article = {.id = slice_of_string(id),
                                         .title = json_as_string(json_get(root, "title")),
                                         .body = json_as_string(json_get(root, "body"))}};
    test_build_add(builder, &made.article);
    model_add(&all.model, &made, 0, false);
    json_document_close(doc);
}

static void read_articles(struct builder *builder, const char *path, size_t most)
{
    char *line = NULL;
    size_t capacity = 0, number = 0;
    ssize_t size;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while (number < most && (size = getline(&line, &capacity, file)) > 0)
        add_line(builder, slice_of(line, (size_t)size), number++);
    free(line);
    fclose(file);
}

static int open_encyclopedia(void **state)
{
    char corpus[PATH_MAX];
    struct builder_options options;
    struct error error = {0};
    (void)state;
    corpora_find(corpus, "enwiki2015.jsonl");
    scratch_open(&all.scratch);
    model_open(&all.model);
    const char *path = scratch_path(&all.scratch, "all.vbt");
    builder_options_init(&options);
    struct builder *builder = test_build_open(path, &options);
    read_articles(builder, corpus, getenv("VERBATIM_LONG") ? SIZE_MAX : FIRST_ARTICLES);
    test_build_commit(builder);
    all.searcher = searcher_open("all", &path, 1, &error);
    return all.searcher ? 0 : -1;
}

static int close_encyclopedia(void **state)
{
    (void)state;
    searcher_unref(all.searcher);
    model_close(&all.model);
    scratch_close(&all.scratch);
    return 0;
}

/* --- Phrases -----------------------------------------------------------------------------------*/

static struct phrase **slot(uint32_t first, uint32_t second)
{
    uint64_t hash =
        ((uint64_t)first * 0x9E3779B97F4A7C15u) ^ ((uint64_t)second * 0xC2B2AE3D27D4EB4Fu);
    return &all.slots[hash >> 32 & (SLOTS - 1)];
}

static uint32_t second_of(const struct phrase *phrase)
{
    return phrase->count > 1 ? phrase->words[1] : UINT32_MAX;
}

static void sample(struct phrase *phrase, size_t i, uint64_t *seed)
{
    const struct model_article *article;
    phrase->count = 1 + i % LONGEST;
    do
        article = &model_articles(&all.model)[random_below(seed, model_article_count(&all.model))];
    while (article->count < article->title_count + phrase->count);
    size_t places = article->count - article->title_count - phrase->count + 1;
    memcpy(phrase->words, article->words + article->title_count + random_below(seed, places),
           phrase->count * sizeof *phrase->words);
    if (i & 8)
        phrase->words[random_below(seed, phrase->count)] =
            article->words[random_below(seed, article->count)];
    struct phrase **first = slot(phrase->words[0], second_of(phrase));
    phrase->next = *first;
    *first = phrase;
}

static void count_at(const uint32_t *words, size_t left, uint32_t second, uint32_t article)
{
    for (struct phrase *phrase = *slot(words[0], second); phrase; phrase = phrase->next) {
        if (phrase->count > left || second_of(phrase) != second ||
            memcmp(words, phrase->words, phrase->count * sizeof *words) != 0)
            continue;
        phrase->occurrences++;
        phrase->articles += phrase->last != article + 1;
        phrase->places += phrase->last != article + 1 ? article + 1 : 0;
        phrase->last = article + 1;
    }
}

static void count_in(const uint32_t *words, size_t count, uint32_t article)
{
    for (size_t at = 0; at < count; at++) {
        count_at(words + at, count - at, UINT32_MAX, article);
        if (at + 1 < count)
            count_at(words + at, count - at, words[at + 1], article);
    }
}

static uint64_t number_of(struct slice id)
{
    uint64_t number = 0;
    for (size_t i = 0; i < id.size; i++)
        number = number * 10 + (uint64_t)(id.data[i] - '0');
    return number;
}

static void check(const struct phrase *phrase)
{
    struct bytes text = {0};
    struct question question;
    struct answer answer;
    struct error error = {0};
    for (size_t i = 0; i < phrase->count; i++) {
        bytes_append_string(&text, i ? " " : "");
        bytes_append_slice(&text, all.model.words[phrase->words[i]]);
    }
    fixture_question(&question, &text);
    question.phrase = true;
    question.snippets = 0;
    question.limit = phrase->articles <= SHOWN_MOST ? SHOWN_MOST : 3;
    assert_int_equal(searcher_ask(all.searcher, &question, &answer, &error), STATUS_OK);
    uint64_t places = 0, occurrences = 0;
    for (size_t i = 0; i < answer.hit_count; i++) {
        places += number_of(answer.hits[i].id) + 1;
        occurrences += answer.hits[i].phrase_count;
    }
    bool same = answer.total == phrase->articles;
    if (phrase->articles <= SHOWN_MOST)
        same = same && places == phrase->places && occurrences == phrase->occurrences;
    if (!same)
        fail_msg("'%.*s': %llu articles and %llu occurrences, got %llu and %llu", (int)text.size,
                 text.data, (unsigned long long)phrase->articles,
                 (unsigned long long)phrase->occurrences, (unsigned long long)answer.total,
                 (unsigned long long)occurrences);
    answer_release(&answer);
    bytes_release(&text);
}

static void test_phrases(void **state)
{
    uint64_t seed = 12, absent = 0;
    (void)state;
    for (size_t i = 0; i < PHRASES; i++)
        sample(&all.phrases[i], i, &seed);
    for (uint32_t i = 0; i < model_article_count(&all.model); i++) {
        const struct model_article *article = &model_articles(&all.model)[i];
        count_in(article->words, article->title_count, i);
        count_in(article->words + article->title_count, article->count - article->title_count, i);
    }
    for (size_t i = 0; i < PHRASES; i++) {
        check(&all.phrases[i]);
        absent += all.phrases[i].articles == 0;
    }
    printf("%d phrases over %zu articles, %llu of them nowhere\n", PHRASES,
           model_article_count(&all.model), (unsigned long long)absent);
    assert_in_range(absent, PHRASES / 10, PHRASES / 10 * 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_phrases)};
    char corpus[PATH_MAX];
    if (!corpora_find(corpus, "enwiki2015.jsonl"))
        return UNIT_SKIPPED;
    return cmocka_run_group_tests(tests, open_encyclopedia, close_encyclopedia);
}
