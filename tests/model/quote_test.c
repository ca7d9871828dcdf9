/* The quotation checker on generated articles against the slow model: totals, runs, articles, their
 * order, what is covered, where everything stands, and differences. */
#include "model/fixture.h"
#include "model/quote_slow.h"
#include "random.h"
#include "search/quote.h"
#include "store/settings.h"
#include "text/utf8.h"
#include "unit/unit.h"

enum { ARTICLES = 150, PASTED_MOST = 400, LIMIT = 30 };

struct pasted { /* a text and what its words are to be */
    struct bytes text;
    uint32_t words[PASTED_MOST];
    struct range ranges[PASTED_MOST];
    size_t count, joined;
};

struct trial {
    struct fixture *fixture;
    uint64_t seed;
    struct pasted pasted;
    struct slow_found *slow;
    size_t slow_count;
    struct quote_answer answer;
    uint64_t articles, runs, differences, joined; /* seen so far */
};

/* --- A text to paste ---------------------------------------------------------------------------*/

static uint32_t places(const struct bytes *text)
{
    return (uint32_t)utf8_length(bytes_slice(text));
}

static uint64_t articles_with(const struct model *model, const uint32_t *words, size_t count)
{
    uint64_t articles = 0;
    for (size_t i = 0; i < model_article_count(model); i++) {
        const struct model_article *article = &model_articles(model)[i];
        uint32_t title = article->title_count;
        articles += model_count(article->words, title, words, count) ||
                    model_count(article->words + title, article->count - title, words, count);
    }
    return articles;
}

static void put_word(struct pasted *pasted, uint32_t word, uint32_t start, uint32_t end)
{
    pasted->words[pasted->count] = word;
    pasted->ranges[pasted->count++] = (struct range){start, end};
}

/* A word as it is, in capitals, or cut by a line's end. What the parts mean is decided by counts.
 */
static void put_plain(struct trial *trial, struct slice word)
{
    struct pasted *pasted = &trial->pasted;
    struct model *model = &trial->fixture->model;
    uint32_t start = places(&pasted->text);
    uint64_t way = random_below(&trial->seed, 12);
    size_t cut = word.size < 3 || way ? word.size : 1 + random_below(&trial->seed, word.size - 1);
    for (size_t i = 0; i < word.size; i++) {
        if (i == cut)
            bytes_append_string(&pasted->text,
                                random_below(&trial->seed, 2) ? "-\n" : "\xC2\xAD\n");
        bytes_put_u8(&pasted->text, (uint8_t)(way == 1 ? word.data[i] - 'a' + 'A' : word.data[i]));
    }
    uint32_t end = places(&pasted->text), one = model_word(model, word);
    if (cut == word.size) {
        put_word(pasted, one, start, end);
        return;
    }
    uint32_t two[] = {model_word(model, slice_of(word.data, cut)),
                      model_word(model, slice_from(word, cut))};
    if (articles_with(model, &one, 1) > articles_with(model, two, 2)) {
        put_word(pasted, one, start, end);
        pasted->joined++;
        return;
    }
    put_word(pasted, two[0], start, start + (uint32_t)cut);
    put_word(pasted, two[1], end - (uint32_t)(word.size - cut), end);
}

static bool is_plain(struct slice word)
{
    bool plain = true;
    for (size_t i = 0; i < word.size; i++)
        plain = plain && word.data[i] >= 'a' && word.data[i] <= 'z';
    return plain;
}

/* Other words as they are folded: one each, or they are left out. */
static void put_token(struct trial *trial, uint32_t number)
{
    static const char *const spaces[] = {" ",  " ",   " ",   "\n",    "\r\n",
                                         " “", "”, ", " — ", ".\n\n", "\t"};
    struct pasted *pasted = &trial->pasted;
    struct slice word = trial->fixture->model.words[number];
    size_t count;
    if (pasted->count + 2 > PASTED_MOST)
        return;
    bytes_append_string(&pasted->text, spaces[random_below(&trial->seed, 10)]);
    if (is_plain(word)) {
        put_plain(trial, word);
        return;
    }
    const uint32_t *read = model_words(&trial->fixture->model, word, &count);
    if (count != 1 || read[0] != number)
        return;
    uint32_t start = places(&pasted->text);
    bytes_append_slice(&pasted->text, word);
    put_word(pasted, number, start, places(&pasted->text));
}

static void paste_from(struct trial *trial, size_t words)
{
    const struct model *model = &trial->fixture->model;
    const struct model_article *article =
        &model_articles(model)[random_below(&trial->seed, model_article_count(model))];
    if (article->count == 0)
        return;
    size_t from = random_below(&trial->seed, article->count);
    for (size_t i = from; i < article->count && i < from + words; i++) {
        uint32_t other = (uint32_t)random_below(&trial->seed, model->word_count);
        switch (random_below(&trial->seed, 20)) {
        case 0: /* dropped */
            break;
        case 1: /* changed */
            put_token(trial, other);
            break;
        case 2: /* inserted */
            put_token(trial, other);
            put_token(trial, article->words[i]);
            break;
        case 3: /* twice */
            put_token(trial, article->words[i]);
            put_token(trial, article->words[i]);
            break;
        default:
            put_token(trial, article->words[i]);
        }
    }
}

static void paste(struct trial *trial)
{
    bytes_clear(&trial->pasted.text);
    trial->pasted.count = trial->pasted.joined = 0;
    for (size_t parts = 1 + random_below(&trial->seed, 3); parts-- > 0;)
        paste_from(trial, 8 + random_below(&trial->seed, 60));
    bytes_append_string(&trial->pasted.text, " .");
}

/* --- The articles' own words -------------------------------------------------------------------*/

/* The code points of each word of a text, by one pass over all of it. */
static struct range *word_ranges(struct model *model, struct slice text, size_t *count)
{
    struct bytes ranges = {0};
    struct word words[64];
    size_t read;
    analyzer_begin(model->analyzer, text);
    while ((read = analyzer_read(model->analyzer, words, 64)) > 0)
        for (size_t i = 0; i < read; i++) {
            struct range range = {(uint32_t)utf8_length(slice_of(text.data, words[i].start)),
                                  (uint32_t)utf8_length(slice_of(text.data, words[i].end))};
            bytes_append(&ranges, &range, sizeof range);
        }
    *count = ranges.size / sizeof(struct range);
    struct range *copy = arena_regrow(&model->arena, ranges.data, *count, *count + 1, sizeof *copy);
    bytes_release(&ranges);
    return copy;
}

static const struct model_article *article_of(const struct trial *trial, size_t rank)
{
    return &model_articles(&trial->fixture->model)[trial->slow[rank].at];
}

static uint32_t model_place(const struct model_article *article, const struct quote_place *place)
{
    return place->in_title ? place->word : article->title_count + place->word;
}

/* --- Checks ------------------------------------------------------------------------------------*/

static void check_range(const struct range *range, const struct range *ranges, size_t from,
                        size_t end)
{
    assert_int_equal(range->start, from < end ? ranges[from].start
                                   : from     ? ranges[from - 1].end
                                              : 0);
    assert_int_equal(range->end, end > from ? ranges[end - 1].end : range->start);
}

static uint32_t pasted_word_at(const struct pasted *pasted, uint32_t start)
{
    uint32_t i = 0;
    while (i < pasted->count && pasted->ranges[i].start != start)
        i++;
    assert_true(i < pasted->count);
    return i;
}

static void check_piece(struct trial *trial, const struct model_article *article,
                        const struct quote_piece *piece, uint32_t start)
{
    uint32_t at = model_place(article, &piece->at);
    size_t count;
    assert_int_equal(piece->pasted.end, trial->pasted.ranges[start + piece->words - 1].end);
    assert_true(at + piece->words <= article->count);
    assert_memory_equal(&trial->pasted.words[start], &article->words[at],
                        piece->words * sizeof(uint32_t));
    assert_true(piece->has_written);
    const struct article *source = &article->source->article;
    const struct range *ranges = word_ranges(
        &trial->fixture->model, piece->at.in_title ? source->title : source->body, &count);
    check_range(&piece->written, ranges, piece->at.word, piece->at.word + piece->words);
}

/* What the pieces in order cover, each cut where the one before has been already. */
static uint32_t passage(const struct trial *trial, const struct model_article *article,
                        const struct quote_article *shown)
{
    uint32_t covered = 0;
    int64_t end = 0, written_end = 0;
    for (size_t i = 0; i < shown->run_count; i++) {
        const struct quote_piece *piece = &shown->runs[i];
        if (!piece->in_order)
            continue;
        int64_t start = pasted_word_at(&trial->pasted, piece->pasted.start);
        int64_t at = model_place(article, &piece->at), cut = 0;
        while (start + cut < end || at + cut < written_end)
            cut++;
        assert_true(cut < piece->words);
        covered += piece->words - (uint32_t)cut;
        end = start + piece->words;
        written_end = at + piece->words;
    }
    return covered;
}

static void check_runs_of(struct trial *trial, size_t rank)
{
    const struct slow_found *slow = &trial->slow[rank];
    const struct quote_article *shown = &trial->answer.articles[rank];
    const struct model_article *article = article_of(trial, rank);
    size_t run = 0, before = SIZE_MAX;
    for (size_t i = 0; i < shown->run_count; i++) {
        const struct quote_piece *piece = &shown->runs[i];
        uint32_t start = pasted_word_at(&trial->pasted, piece->pasted.start);
        check_piece(trial, article, piece, start);
        run += before != SIZE_MAX && start != before;
        before = start;
        assert_true(run < slow->run_count);
        assert_int_equal(slow->runs[run].start, start);
        assert_int_equal(slow->runs[run].words, piece->words);
    }
    assert_int_equal(run + 1, slow->run_count);
    assert_int_equal(passage(trial, article, shown), shown->covered);
}

/* With each pasted side replaced by the written one, pasted words between two pieces become the
 * written ones; and no fewer words could do it. */
static void check_gap(struct trial *trial, const struct model_article *article,
                      const struct quote_article *shown, size_t *next, const uint32_t gap[4])
{
    const struct pasted *pasted = &trial->pasted;
    uint32_t i = gap[0], j = gap[2], changed = 0;
    size_t count, title = article->title_count;
    bool in_title = gap[2] < title;
    const struct article *source = &article->source->article;
    const struct range *ranges =
        word_ranges(&trial->fixture->model, in_title ? source->title : source->body, &count);
    size_t base = in_title ? 0 : title;
    while (i < gap[1] || j < gap[3]) {
        const struct quote_difference *d =
            *next < shown->difference_count ? &shown->differences[*next] : NULL;
        uint32_t place = i ? pasted->ranges[i - 1].end : 0;
        bool here = d && d->in_title == in_title &&
                    (d->pasted_words ? i < gap[1] && d->pasted.start == pasted->ranges[i].start
                                     : d->pasted.start == place) &&
                    (d->written_words ? d->written.start == ranges[j - base].start
                                      : d->written.start == ranges[j - base - 1].end);
        if (!here) {
            assert_true(i < gap[1] && j < gap[3]);
            assert_int_equal(pasted->words[i++], article->words[j++]);
            continue;
        }
        check_range(&d->pasted, pasted->ranges, i, i + d->pasted_words);
        check_range(&d->written, ranges, j - base, j - base + d->written_words);
        i += d->pasted_words;
        j += d->written_words;
        changed += d->pasted_words + d->written_words;
        ++*next;
    }
    assert_int_equal(i, gap[1]);
    assert_int_equal(j, gap[3]);
    size_t pasted_words = gap[1] - gap[0], written_words = gap[3] - gap[2];
    if (pasted_words * written_words <= 40000)
        assert_int_equal(changed, pasted_words + written_words -
                                      2 * slow_common(&pasted->words[gap[0]], pasted_words,
                                                      &article->words[gap[2]], written_words));
}

static void check_differences(struct trial *trial, size_t rank)
{
    const struct quote_article *shown = &trial->answer.articles[rank];
    const struct model_article *article = article_of(trial, rank);
    uint32_t gap[4] = {0};
    bool first = true;
    size_t next = 0;
    for (size_t i = 0; i < shown->run_count; i++) {
        const struct quote_piece *piece = &shown->runs[i];
        if (!piece->in_order)
            continue;
        uint32_t start = pasted_word_at(&trial->pasted, piece->pasted.start);
        uint32_t at = model_place(article, &piece->at), cut = 0;
        while (!first && (start + cut < gap[0] || at + cut < gap[2]))
            cut++;
        gap[1] = start + cut;
        gap[3] = at + cut;
        bool same_text = !first && (gap[2] - 1 < article->title_count) == piece->at.in_title;
        if (same_text)
            check_gap(trial, article, shown, &next, gap);
        gap[0] = start + piece->words;
        gap[2] = at + piece->words;
        first = false;
    }
    assert_int_equal(next, shown->difference_count);
}

static void check_articles(struct trial *trial)
{
    const struct quote_answer *answer = &trial->answer;
    assert_int_equal(answer->article_total, trial->slow_count);
    assert_int_equal(answer->article_count, trial->slow_count < LIMIT ? trial->slow_count : LIMIT);
    for (size_t i = 0; i < answer->article_count; i++) {
        const struct quote_article *shown = &answer->articles[i];
        assert_true(slice_equal(shown->fields.id, article_of(trial, i)->source->article.id));
        assert_int_equal(shown->fields.rank, i + 1);
        assert_int_equal(shown->covered, trial->slow[i].covered);
        check_runs_of(trial, i);
        check_differences(trial, i);
    }
}

struct slow_total { /* of a run, over all articles */
    uint32_t start, words;
    uint64_t total;
};

static int by_length(const void *a, const void *b)
{
    const struct slow_total *left = a, *right = b;
    if (left->words != right->words)
        return left->words > right->words ? -1 : 1;
    return left->start < right->start ? -1 : left->start > right->start;
}

static struct slow_total *add_runs_up(const struct trial *trial, size_t *count)
{
    struct bytes totals = {0};
    for (size_t i = 0; i < trial->slow_count; i++)
        for (size_t r = 0; r < trial->slow[i].run_count; r++) {
            const struct slow_run *run = &trial->slow[i].runs[r];
            struct slow_total *items = (struct slow_total *)(void *)totals.data;
            size_t n = totals.size / sizeof *items, at = 0;
            while (at < n && (items[at].start != run->start || items[at].words != run->words))
                at++;
            if (at < n)
                items[at].total++;
            else
                bytes_append(&totals, &(struct slow_total){run->start, run->words, 1},
                             sizeof *items);
        }
    *count = totals.size / sizeof(struct slow_total);
    struct slow_total *copy =
        arena_regrow(&trial->fixture->model.arena, totals.data, *count, *count + 1, sizeof *copy);
    bytes_release(&totals);
    qsort(copy, *count, sizeof *copy, by_length);
    return copy;
}

/* The holders are the best ranked articles with this run, each at its first place. */
static void check_holders(const struct trial *trial, const struct quote_run *run, uint32_t start)
{
    size_t held = 0;
    for (size_t i = 0; i < trial->slow_count && held < run->article_count; i++)
        for (size_t r = 0; r < trial->slow[i].run_count; r++) {
            const struct slow_run *own = &trial->slow[i].runs[r];
            if (own->start != start || own->words != run->words)
                continue;
            const struct model_article *article = article_of(trial, i);
            const struct quote_holder *holder = &run->articles[held++];
            assert_true(slice_equal(holder->fields->id, article->source->article.id));
            assert_int_equal(model_place(article, &holder->at), own->at);
            break;
        }
    assert_int_equal(held, run->article_count);
    assert_int_equal(held, run->total < QUOTE_HOLDERS_MOST ? run->total : QUOTE_HOLDERS_MOST);
}

static void check_runs(struct trial *trial)
{
    const struct quote_answer *answer = &trial->answer;
    size_t count;
    const struct slow_total *totals = add_runs_up(trial, &count);
    assert_int_equal(answer->run_total, count);
    assert_int_equal(answer->run_count, count < QUOTE_RUNS_MOST ? count : QUOTE_RUNS_MOST);
    for (size_t i = 0; i < answer->run_count; i++) {
        const struct quote_run *run = &answer->runs[i];
        assert_int_equal(run->words, totals[i].words);
        assert_int_equal(run->total, totals[i].total);
        assert_int_equal(run->pasted.start, trial->pasted.ranges[totals[i].start].start);
        assert_int_equal(run->pasted.end,
                         trial->pasted.ranges[totals[i].start + totals[i].words - 1].end);
        check_holders(trial, run, totals[i].start);
    }
}

static void try_one(struct trial *trial)
{
    struct quotation quotation;
    struct error error = {0};
    quotation_init(&quotation);
    paste(trial);
    quotation.min = 3 + (uint32_t)random_below(&trial->seed, 4);
    if (trial->pasted.count < quotation.min + 1)
        return;
    quotation.text = bytes_slice(&trial->pasted.text);
    quotation.articles = LIMIT;
    quotation.runs = QUOTE_RUNS_MOST;
    quotation.budget_us = 0;
    trial->slow = slow_quote(&trial->fixture->model, trial->pasted.words, trial->pasted.count,
                             quotation.min, &trial->slow_count);
    if (searcher_quote(trial->fixture->searcher, &quotation, &trial->answer, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    assert_int_equal(trial->answer.partial.size, 0);
    assert_int_equal(trial->answer.words, trial->pasted.count);
    assert_int_equal(trial->answer.joined, trial->pasted.joined);
    check_articles(trial);
    check_runs(trial);
    trial->articles += trial->answer.article_count;
    trial->runs += trial->answer.run_count;
    trial->joined += trial->answer.joined;
    for (size_t i = 0; i < trial->answer.article_count; i++)
        trial->differences += trial->answer.articles[i].difference_count;
    quote_answer_release(&trial->answer);
    slow_quote_free(trial->slow, trial->slow_count);
}

static void try_all(struct fixture *fixture, uint64_t seed)
{
    struct trial trial = {.fixture = fixture, .seed = seed};
    size_t times = getenv("VERBATIM_LONG") ? 2000 : 30;
    for (size_t i = 0; i < times; i++)
        try_one(&trial);
    printf("%zu texts: %llu articles, %llu runs, %llu differences, %llu words joined\n", times,
           (unsigned long long)trial.articles, (unsigned long long)trial.runs,
           (unsigned long long)trial.differences, (unsigned long long)trial.joined);
    assert_true(trial.articles > times && trial.runs > times && trial.differences > times &&
                trial.joined > 5);
    bytes_release(&trial.pasted.text);
    fixture_close(fixture);
}

/* --- Tests -------------------------------------------------------------------------------------*/

static void test_one_file(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open(&fixture, 41, ARTICLES);
    try_all(&fixture, 1);
}

static void test_several_files(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open_files(&fixture, 42, ARTICLES, 3);
    try_all(&fixture, 2);
}

static void test_every_run_listed(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open_by_rule(&fixture, 43, ARTICLES, 2, (struct fixture_rule){1, 1});
    try_all(&fixture, 3);
}

static void test_some_runs_listed(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open_by_rule(&fixture, 44, ARTICLES, 1, (struct fixture_rule){4000, 4});
    try_all(&fixture, 4);
}

static void test_renumbered(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open_reordered(&fixture, 45, ARTICLES, 2);
    try_all(&fixture, 5);
}

/* Wherever the budget ends: an answer that says so, and holds no more than the whole one. */
static void test_any_budget(void **state)
{
    struct fixture fixture;
    struct trial trial = {.fixture = &fixture, .seed = 6};
    struct quotation quotation;
    struct error error = {0};
    size_t partial = 0;
    (void)state;
    fixture_open_files(&fixture, 46, ARTICLES, 2);
    quotation_init(&quotation);
    quotation.budget_us = 0;
    for (paste(&trial); trial.pasted.count < 40;)
        paste(&trial);
    quotation.text = bytes_slice(&trial.pasted.text);
    assert_int_equal(searcher_quote(fixture.searcher, &quotation, &trial.answer, &error), 0);
    uint64_t articles = trial.answer.article_total;
    for (uint64_t blocks = 1; blocks < 400; blocks++) {
        quote_answer_release(&trial.answer);
        quotation.budget_blocks = blocks;
        assert_int_equal(searcher_quote(fixture.searcher, &quotation, &trial.answer, &error), 0);
        assert_true(trial.answer.article_total <= articles);
        assert_true(trial.answer.partial.size || trial.answer.article_total == articles);
        partial += trial.answer.partial.size > 0;
    }
    assert_in_range(partial, 50, 399);
    quote_answer_release(&trial.answer);
    bytes_release(&trial.pasted.text);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_file),         cmocka_unit_test(test_several_files),
        cmocka_unit_test(test_every_run_listed), cmocka_unit_test(test_some_runs_listed),
        cmocka_unit_test(test_renumbered),       cmocka_unit_test(test_any_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
