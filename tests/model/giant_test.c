/* One article of very many words, or of one that is very long, and no question about it outlives
 * its deadline by more than twice its time: the time is looked at inside the article, too. Of a few
 * tries the best counts, for one may have to read pages in first. */
#include "base/bytes.h"
#include "base/clock.h"
#include "model/deadline.h"
#include "random.h"
#include "scratch.h"
#include "search/quote.h"
#include "search/searcher.h"
#include "test_build.h"

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ || !defined __OPTIMIZE__
enum { BUDGET_US = 40000 };
#else
enum { BUDGET_US = 8000 };
#endif
enum { TRIES = 3, WORDS = 1500000, WAYS = 3 };

/* Further ways: what stands over and over, without white space, between a few words. Of so many
 * bytes that they are read but not gone through in the time, or not even read. */
static const struct long_run {
    const char *of;
    size_t bytes;
} long_runs[] = {
    {"x", 3 << 20}, {".", 3 << 20}, {"\xcc\x81", 3 << 20}, {"\xc2\xad", 3 << 20}, {"x", 16 << 20},
};
enum { LONG_RUNS = sizeof long_runs / sizeof *long_runs };

static const struct dear {
    const char *text;
    bool kwic, counts;
} dearest[] = {
    {.text = "homs"},
    {.text = "homs OR hama OR idlib", .kwic = true},
    {.text = "homs hama idlib"},
    {.text = "\"homs homs\"", .kwic = true},
    {.text = "\"homs homs homs homs homs homs homs homs\""},
    {.text = "\"homs hama\" OR \"homs homs\" OR \"idlib homs\""},
    {.text = "\"homs homs homs\"~3"},
    {.text = "\"homs hama\"~1000", .kwic = true},
    {.text = "\"homs * * *\""},
    {.text = "\"* h* *\"~5", .counts = true},
    {.text = "h*", .kwic = true},
    {.text = "*m* OR *a* OR *l*", .kwic = true},
    {.text = "homs NEAR/1000 homs"},
    {.text = "homs NEAR/5 hama"},
    {.text = "homs ADJ/5 hama", .kwic = true},
    {.text = "h* NEAR/5 *m*"},
    {.text = "*m* NEAR/1000 *m*", .kwic = true},
    {.text = "h* ADJ/1000 *a*"},
    {.text = "h* NEAR/5 *m* NEAR/5 h*"},
    {.text = "(h* OR *a* OR homs) NEAR/9 (homs OR hama OR idlib)", .counts = true},
    {.text = "homs~2 NEAR/100 hama~2"},
    {.text = "(h* OR \"homs homs\") ADJ/5 hama~1"},
    {.text = "exact:homs", .kwic = true},
    {.text = "exact:\"homs homs\" OR exact:hama OR exact:\"hama idlib\""},
    {.text = "-(h* NEAR/5 *a*)", .counts = true},
    {.text = "-exact:\"homs hama idlib idlib homs\""},
};
enum { DEAREST = sizeof dearest / sizeof *dearest };

/* --- The article -------------------------------------------------------------------------------*/

/* The same word all over; any of three; as many different ones as there are. */
static void write_body(uint64_t *seed, int way, struct bytes *body)
{
    static const char *const words[] = {"homs", "hama", "idlib"};
    bytes_clear(body);
    if (way >= WAYS) {
        const struct long_run *run = &long_runs[way - WAYS];
        bytes_append_string(body, "homs hama idlib homs ");
        while (body->size < run->bytes)
            bytes_append_string(body, run->of);
        bytes_append_string(body, " homs hama idlib idlib homs");
        return;
    }
    for (size_t i = 0; i < WORDS; i++) {
        if (way < 2)
            bytes_append_string(body, words[(size_t)way * random_below(seed, 3)]);
        else if (i % 3 == 0)
            bytes_append_string(body, words[random_below(seed, 3)]);
        else
            bytes_format(body, "%c%zum%zu", 'h' + (int)(i % 2), i % 701, i % 809);
        bytes_append_string(body, i % 12 ? " " : ". ");
    }
}

static struct searcher *open_giant(struct scratch *scratch, int way)
{
    struct builder_options options = test_build_options();
    const char *path = scratch_path(scratch, "giant.vbt");
    struct builder *builder = test_build_open(path, &options);
    struct bytes body = {0};
    uint64_t seed = 5;
    struct error error = {0};
    write_body(&seed, way, &body);
    test_build_add(builder, &(struct article){.id = SLICE("giant"), .body = bytes_slice(&body)});
    test_build_add(builder, &(struct article){.id = SLICE("small"), .body = SLICE("homs hama")});
    test_build_commit(builder);
    bytes_release(&body);
    struct searcher *searcher = searcher_open("giant", &path, 1, &error);
    if (!searcher)
        fail_msg("%s", error.text);
    return searcher;
}

/* --- Time --------------------------------------------------------------------------------------*/

static uint64_t ask(const struct searcher *searcher, const struct dear *dear, bool *ended)
{
    struct question question;
    question_init(&question);
    question.text = slice_of_string(dear->text);
    question.snippets = 3;
    question.kwic = dear->kwic;
    question.explain = !dear->kwic;
    question.facets = dear->counts ? (1 << FACETS) - 1 : 0;
    question.also_written = question.why = true;
    question.budget_us = BUDGET_US;
    return deadline_ask(searcher, &question, ended);
}

static uint64_t quote(const struct searcher *searcher, struct slice text, bool *ended)
{
    struct quotation quotation;
    struct quote_answer answer;
    struct error error = {0};
    quotation_init(&quotation);
    quotation.text = text;
    quotation.budget_us = BUDGET_US;
    uint64_t begun = clock_microseconds();
    assert_int_equal(searcher_quote(searcher, &quotation, &answer, &error), STATUS_OK);
    uint64_t took = clock_microseconds() - begun;
    *ended = answer.partial.size > 0;
    quote_answer_release(&answer);
    return took;
}

/* Which is asked last of all: what is pasted. */
static uint64_t ask_any(const struct searcher *searcher, size_t which, bool *ended)
{
    static const struct slice pasted = SLICE("homs homs homs homs homs homs hama hama idlib homs");
    return which < DEAREST ? ask(searcher, &dearest[which], ended) : quote(searcher, pasted, ended);
}

static void test_none_outlives_its_deadline(void **state)
{
    size_t late = 0, ends = 0;
    (void)state;
    for (int way = 0; way < WAYS + LONG_RUNS; way++) {
        struct scratch scratch;
        scratch_open(&scratch);
        struct searcher *searcher = open_giant(&scratch, way);
        for (size_t i = 0; i <= DEAREST; i++) {
            bool ended = false;
            uint64_t took = UINT64_MAX;
            for (int try = 0; try < TRIES && took > 2 * BUDGET_US; try++)
                took = ask_any(searcher, i, &ended);
            ends += ended && way < WAYS;
            late += took > 2 * BUDGET_US;
            if (took > 2 * BUDGET_US)
                print_message("%llu us: way %d, %s\n", (unsigned long long)took, way,
                              i < DEAREST ? dearest[i].text : "a quotation");
        }
        searcher_unref(searcher);
        scratch_close(&scratch);
    }
    assert_int_equal(late, 0);
    assert_true(ends > WAYS * DEAREST / 3); /* else they are not dear */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_none_outlives_its_deadline)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
