/* Facets and timelines against plain counting, and concordances against what the model says stands
 * in each article: random trees over generated articles, in one file and in several, where later
 * files hide articles, and where articles are numbered anew. */
#include <limits.h>
#include <stdio.h>
#include <time.h>

#include "model/fixture.h"
#include "random.h"
#include "text/utf8.h"
#include "unit/unit.h"

struct values { /* of one article, folded */
    struct slice *lists[FACET_COLUMNS];
};

struct asked { /* one question and what is right */
    struct fixture *fixture;
    const struct values *folded; /* by article of the model */
    struct question question;
    struct model_hit *hits;
    size_t count;
};

static const struct article *article_of(const struct asked *asked, size_t i)
{
    return &model_articles(&asked->fixture->model)[asked->hits[i].at].source->article;
}

static enum status ask(const struct asked *asked, struct answer *answer)
{
    struct error error = {0};
    enum status status = searcher_ask(asked->fixture->searcher, &asked->question, answer, &error);
    if (status != STATUS_OK && status != STATUS_LIMIT)
        fail_msg("%s", error.text);
    assert_int_equal(answer->partial.size, 0);
    return status;
}

/* --- Facets ------------------------------------------------------------------------------------*/

enum { DISTINCT_MOST = 4096 };

struct tallied {
    struct slice text; /* folded, or a date */
    uint64_t articles;
    uint32_t file; /* the first that has it among what matches */
};

struct tallies {
    struct tallied items[DISTINCT_MOST];
    size_t count;
    uint64_t without;
};

static void add(struct tallies *tallies, struct slice text, uint32_t file)
{
    for (size_t i = 0; i < tallies->count; i++)
        if (slice_equal(tallies->items[i].text, text)) {
            tallies->items[i].articles++;
            return;
        }
    assert_true(tallies->count < DISTINCT_MOST);
    tallies->items[tallies->count++] = (struct tallied){text, 1, file};
}

static struct slice fold(struct fixture *fixture, struct slice value)
{
    struct bytes folded = {0};
    analyzer_fold_value(fixture->model.analyzer, value, &folded);
    struct slice copy = arena_copy(&fixture->arena, bytes_slice(&folded));
    bytes_release(&folded);
    return copy;
}

static const struct values *fold_all(struct fixture *fixture)
{
    const struct model_article *articles = model_articles(&fixture->model);
    size_t count = model_article_count(&fixture->model);
    struct values *folded = arena_allocate(&fixture->arena, count, sizeof *folded);
    for (size_t i = 0; i < count; i++)
        for (int list = 0; list < FACET_COLUMNS; list++) {
            const struct article_values *values = &articles[i].source->article.lists[list];
            folded[i].lists[list] =
                arena_allocate(&fixture->arena, values->count, sizeof(struct slice));
            for (size_t j = 0; j < values->count; j++)
                folded[i].lists[list][j] = fold(fixture, values->values[j]);
        }
    return folded;
}

static void tally_column(const struct asked *asked, int list, struct tallies *tallies)
{
    *tallies = (struct tallies){0};
    for (size_t i = 0; i < asked->count; i++) {
        const struct article_values *values = &article_of(asked, i)->lists[list];
        struct slice seen[64];
        size_t seen_count = 0;
        tallies->without += values->count == 0;
        for (size_t j = 0; j < values->count; j++) {
            struct slice folded = asked->folded[asked->hits[i].at].lists[list][j];
            bool again = false;
            for (size_t k = 0; k < seen_count; k++)
                again = again || slice_equal(seen[k], folded);
            if (again)
                continue;
            assert_true(seen_count < 64);
            seen[seen_count++] = folded;
            add(tallies, folded, model_articles(&asked->fixture->model)[asked->hits[i].at].file);
        }
    }
}

/* The first characters of its date, where it is so exact. */
static bool date_text(const struct asked *asked, size_t i, enum date_precision precision,
                      struct slice *text)
{
    static const size_t sizes[] = {[DATE_YEAR] = 4, [DATE_MONTH] = 7, [DATE_DAY] = 10};
    const struct date *date = &article_of(asked, i)->date;
    char written[DATE_TEXT_BYTES];
    if (date->precision < precision)
        return false;
    *text = arena_copy(&asked->fixture->arena,
                       slice_of(date_format(date, written).data, sizes[precision]));
    return true;
}

static void tally_dates(const struct asked *asked, enum date_precision precision,
                        struct tallies *tallies)
{
    struct slice text;
    *tallies = (struct tallies){0};
    for (size_t i = 0; i < asked->count; i++)
        if (date_text(asked, i, precision, &text))
            add(tallies, text, 0);
        else
            tallies->without++;
}

static int by_count(const void *a, const void *b)
{
    const struct tallied *left = a, *right = b;
    if (left->articles != right->articles)
        return left->articles > right->articles ? -1 : 1;
    return slice_compare(left->text, right->text);
}

static int by_text(const void *a, const void *b)
{
    return slice_compare(((const struct tallied *)a)->text, ((const struct tallied *)b)->text);
}

/* As the first article of the file writes it. */
static struct slice written(const struct asked *asked, int list, const struct tallied *tallied)
{
    const struct model_article *articles = model_articles(&asked->fixture->model);
    for (size_t i = 0; i < model_article_count(&asked->fixture->model); i++) {
        const struct article_values *values = &articles[i].source->article.lists[list];
        for (size_t j = 0; articles[i].file == tallied->file && j < values->count; j++)
            if (slice_equal(asked->folded[i].lists[list][j], tallied->text))
                return values->values[j];
    }
    fail();
    return (struct slice){0};
}

static void check_facet(const struct asked *asked, const struct facet *facet)
{
    static struct tallies tallies;
    bool is_column = (int)facet->kind < FACET_COLUMNS;
    size_t most = is_column ? FACET_VALUES_MOST : FACET_DATES_MOST;
    if (is_column)
        tally_column(asked, (int)facet->kind, &tallies);
    else
        tally_dates(asked, facet->kind == FACET_YEAR ? DATE_YEAR : DATE_MONTH, &tallies);
    if (tallies.count)
        qsort(tallies.items, tallies.count, sizeof *tallies.items, is_column ? by_count : by_text);
    size_t shown = tallies.count < most ? tallies.count : most;
    const struct tallied *first = tallies.items + (is_column ? 0 : tallies.count - shown);
    uint64_t rest = 0;
    assert_int_equal(facet->without, tallies.without);
    assert_int_equal(facet->value_count, shown);
    assert_int_equal(facet->more_values, tallies.count - shown);
    for (size_t i = 0; i < shown; i++) {
        struct slice text = is_column ? written(asked, (int)facet->kind, &first[i]) : first[i].text;
        assert_int_equal(facet->values[i].articles, first[i].articles);
        assert_true(slice_equal(facet->values[i].value, text));
    }
    for (size_t i = 0; i < tallies.count; i++)
        if (&tallies.items[i] < first || &tallies.items[i] >= first + shown)
            rest += tallies.items[i].articles;
    assert_int_equal(facet->more_articles, rest);
}

/* --- Timelines ---------------------------------------------------------------------------------*/

static void check_timeline(const struct asked *asked, const struct timeline *timeline)
{
    static struct tallies tallies;
    static const enum date_precision precisions[] = {
        [TIMELINE_DAY] = DATE_DAY, [TIMELINE_MONTH] = DATE_MONTH, [TIMELINE_YEAR] = DATE_YEAR};
    uint64_t undated = 0, sum = 0;
    size_t held = 0;
    tally_dates(asked, precisions[timeline->unit], &tallies);
    for (size_t i = 0; i < asked->count; i++)
        undated += article_of(asked, i)->date.precision == DATE_NONE;
    assert_int_equal(timeline->undated, undated);
    assert_int_equal(timeline->coarser, tallies.without - undated);
    if (tallies.count)
        qsort(tallies.items, tallies.count, sizeof *tallies.items, by_text);
    for (size_t i = 0; i < timeline->bucket_count; i++) {
        const struct timeline_bucket *bucket = &timeline->buckets[i];
        sum += bucket->articles;
        assert_true(i == 0 || slice_compare(bucket[-1].date, bucket->date) < 0);
        if (bucket->articles == 0)
            continue;
        assert_true(slice_equal(bucket->date, tallies.items[held].text));
        assert_int_equal(bucket->articles, tallies.items[held++].articles);
    }
    assert_int_equal(held, tallies.count);
    assert_int_equal(sum + timeline->coarser + timeline->undated, asked->count);
    if (timeline->bucket_count) {
        assert_true(timeline->buckets[0].articles > 0);
        assert_true(timeline->buckets[timeline->bucket_count - 1].articles > 0);
    }
}

/* Whether so many buckets lie between the first and the last article. */
static bool is_too_long(const struct asked *asked, enum timeline_unit unit)
{
    long first = LONG_MAX, last = LONG_MIN;
    for (size_t i = 0; i < asked->count; i++) {
        const struct date *date = &article_of(asked, i)->date;
        struct tm tm = {
            .tm_year = date->year - 1900, .tm_mon = date->month - 1, .tm_mday = date->day};
        long at =
            unit == TIMELINE_DAY ? (long)(timegm(&tm) / 86400) : date->year * 12L + date->month;
        if (date->precision < (unit == TIMELINE_DAY ? DATE_DAY : DATE_MONTH))
            continue;
        first = at < first ? at : first;
        last = at > last ? at : last;
    }
    return first <= last && last - first + 1 > TIMELINE_BUCKETS_MOST;
}

static void check_counts(struct asked *asked, uint64_t *state)
{
    struct answer answer;
    asked->question.limit = (uint32_t)random_below(state, 3);
    asked->question.facets = (uint32_t)random_below(state, 1 << FACETS);
    asked->question.timeline = (enum timeline_unit)random_below(state, TIMELINE_YEAR + 1);
    enum timeline_unit unit = asked->question.timeline;
    bool named = unit == TIMELINE_DAY || unit == TIMELINE_MONTH;
    bool too_long = named && is_too_long(asked, unit);
    assert_int_equal(ask(asked, &answer), too_long ? STATUS_LIMIT : STATUS_OK);
    if (too_long) {
        answer_release(&answer);
        asked->question.timeline = TIMELINE_NONE;
        ask(asked, &answer);
    }
    assert_int_equal(answer.total, asked->count);
    assert_int_equal(answer.facet_count, __builtin_popcount(asked->question.facets));
    for (size_t i = 0; i < answer.facet_count; i++) {
        assert_true(asked->question.facets >> answer.facets[i].kind & 1);
        check_facet(asked, &answer.facets[i]);
    }
    if (asked->question.timeline == TIMELINE_NONE)
        assert_int_equal(answer.timeline.unit, TIMELINE_NONE);
    else
        check_timeline(asked, &answer.timeline);
    answer_release(&answer);
    asked->question.facets = 0;
    asked->question.timeline = TIMELINE_NONE;
}

/* --- Concordances ------------------------------------------------------------------------------*/

enum { HITS_MOST = QUESTION_LIMIT_MOST, LINES_MOST = 300 };

/* White space runs are one space. */
static void flatten(struct slice text, struct bytes *out)
{
    struct bytes whole = {0};
    bytes_clear(out);
    utf8_append_valid(&whole, text);
    bool space = false;
    for (size_t at = 0; at < whole.size;) {
        uint32_t c;
        size_t size = utf8_decode((const char *)whole.data + at, whole.size - at, &c);
        bool blank = c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
                     (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
                     c == 0x205F || c == 0x3000;
        if (!blank)
            bytes_append(out, whole.data + at, size);
        else if (!space)
            bytes_put_u8(out, ' ');
        space = blank;
        at += size;
    }
    bytes_release(&whole);
}

static struct {
    const char *data; /* what was flattened last */
    struct bytes text;
} flattened;

static const struct bytes *flat_text(const struct model_article *article, bool title)
{
    struct slice text = title ? article->source->article.title : article->source->article.body;
    if (text.data != flattened.data)
        flatten(text, &flattened.text);
    flattened.data = text.data;
    return &flattened.text;
}

static void check_line(const struct asked *asked, size_t i, const struct kwic_line *line)
{
    struct model *model = &asked->fixture->model;
    const struct model_article *article = &model_articles(model)[asked->hits[i].at];
    const struct bytes *flat = flat_text(article, line->in_title);
    struct bytes joined = {0};
    bytes_append_slice(&joined, line->left);
    bytes_append_slice(&joined, line->match);
    bytes_append_slice(&joined, line->right);
    assert_non_null(memmem(flat->data, flat->size, joined.data, joined.size));
    assert_true(utf8_length(line->left) <= LINE_CONTEXT_CHARS + 42);
    assert_true(utf8_length(line->right) <= LINE_CONTEXT_CHARS + 42);
    size_t count, at = line->at + (line->in_title ? 0 : article->title_count);
    uint32_t *words = model_words(model, line->match, &count);
    assert_true(count > 0);
    if (article->source->plain) /* elsewhere what stands beside it may make other words */
        assert_true(at + count <= (line->in_title ? article->title_count : article->count));
    for (size_t j = 0; article->source->plain && j < count; j++)
        assert_int_equal(words[j], article->words[at + j]);
    bytes_release(&joined);
}

/* The hits in the answer's order: asked->hits are in the collection's. */
static void order_hits(struct asked *asked)
{
    struct answer answer;
    struct model_hit *ordered = calloc(asked->count + 1, sizeof *ordered);
    asked->question.limit = HITS_MOST;
    asked->question.offset = asked->question.snippets = 0;
    ask(asked, &answer);
    assert_int_equal(answer.hit_count, asked->count);
    for (size_t i = 0; i < answer.hit_count; i++) {
        size_t j = 0;
        while (j < asked->count && !(slice_equal(article_of(asked, j)->id, answer.hits[i].id)))
            j++;
        assert_true(j < asked->count);
        ordered[i] = asked->hits[j];
        assert_int_equal(answer.hits[i].phrase_count, asked->hits[j].occurrences);
    }
    answer_release(&answer);
    free(asked->hits);
    asked->hits = ordered;
}

static void check_page(const struct asked *asked, const struct answer *page, size_t first,
                       const uint32_t *hit_of_line)
{
    for (size_t i = 0; i < page->line_count; i++) {
        const struct kwic_line *line = &page->lines[i], *before = line - (i > 0);
        size_t hit = hit_of_line[first + i];
        assert_true(slice_equal(line->id, article_of(asked, hit)->id));
        check_line(asked, hit, line);
        if (i && hit_of_line[first + i - 1] == hit)
            assert_true(before->in_title > line->in_title ||
                        (before->in_title == line->in_title && before->at <= line->at));
    }
}

static void check_lines(struct asked *asked, uint64_t *state)
{
    uint32_t hit_of_line[LINES_MOST];
    struct answer page;
    uint64_t total = 0;
    for (size_t i = 0; i < asked->count; i++)
        total += asked->hits[i].occurrences;
    if (asked->count > HITS_MOST || total > LINES_MOST)
        return;
    asked->question.sort = (enum question_sort)random_below(state, 3);
    order_hits(asked);
    for (size_t i = 0, at = 0; i < asked->count; i++)
        for (uint64_t j = 0; j < asked->hits[i].occurrences; j++)
            hit_of_line[at++] = (uint32_t)i;
    asked->question.kwic = true;
    for (size_t at = 0; at <= total; at += page.line_count ? page.line_count : 1) {
        asked->question.offset = (uint32_t)at;
        asked->question.limit = 1 + (uint32_t)random_below(state, 400);
        ask(asked, &page);
        assert_int_equal(page.occurrences, total);
        assert_int_equal(page.total, asked->count);
        assert_int_equal(page.hit_count, 0);
        size_t left = total - at;
        assert_int_equal(page.line_count,
                         left < asked->question.limit ? left : asked->question.limit);
        check_page(asked, &page, at, hit_of_line);
        answer_release(&page);
    }
    asked->question.kwic = false;
}

/* --- Questions ---------------------------------------------------------------------------------*/

static void ask_trees(struct fixture *fixture, uint64_t seed, size_t queries)
{
    struct asker asker = {seed, &fixture->model};
    const struct values *folded = fold_all(fixture);
    size_t found = 0;
    for (size_t made = 0; made < queries;) {
        struct bytes text = {0};
        struct model_node *root = asker_tree(&asker, random_below(&asker.state, 4), &text);
        if (root && text.size < 20000) {
            struct asked asked = {.fixture = fixture, .folded = folded};
            fixture_question(&asked.question, &text);
            asked.question.ranking = RANKING_BM25;
            asked.hits = model_answer(&fixture->model, root, &asked.count);
            check_counts(&asked, &asker.state);
            if (made % 2)
                check_lines(&asked, &asker.state);
            found += asked.count;
            free(asked.hits);
            made++;
        }
        bytes_release(&text);
    }
    assert_true(found > 0);
    bytes_release(&flattened.text);
    flattened.data = NULL;
}

static size_t longer(size_t queries)
{
    return getenv("VERBATIM_LONG") ? queries * 20 : queries;
}

static void test_one_file(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open(&fixture, 11, 1500);
    ask_trees(&fixture, 12, longer(150));
    fixture_close(&fixture);
}

static void test_files(void **state)
{
    (void)state;
    for (size_t files = 2; files <= FIXTURE_FILES_MOST; files++) {
        struct fixture fixture;
        fixture_open_files(&fixture, 20 + files, 600, files);
        ask_trees(&fixture, 30 + files, longer(40));
        fixture_close(&fixture);
    }
}

static void test_reordered(void **state)
{
    (void)state;
    for (size_t files = 1; files <= 2; files++) {
        struct fixture fixture;
        fixture_open_reordered(&fixture, 40 + files, 800, files);
        ask_trees(&fixture, 50 + files, longer(40));
        fixture_close(&fixture);
    }
}

static void test_few_articles(void **state)
{
    (void)state;
    for (size_t count = 1; count < 40; count = 3 * count + 1) {
        struct fixture fixture;
        fixture_open(&fixture, 60 + count, count);
        ask_trees(&fixture, 70 + count, longer(40));
        fixture_close(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_articles),
        cmocka_unit_test(test_one_file),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_reordered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
