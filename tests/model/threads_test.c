/* One searcher, many threads: every answer is the one that a thread alone gets. For the thread
 * sanitizer. */
#include <pthread.h>

#include "model/fixture.h"
#include "unit/unit.h"

enum { THREADS = 4, QUERIES = 60, ROUNDS = 3 };

struct asked {
    struct bytes text;
    uint64_t total;
    double score; /* of the first hit */
    struct bytes snippet;
};

struct shared {
    struct searcher *searcher;
    struct asked asked[QUERIES];
};

static void ask(const struct searcher *searcher, const struct asked *asked, struct answer *answer)
{
    struct question question;
    struct error error = {0};
    fixture_question(&question, &asked->text);
    assert_int_equal(searcher_ask(searcher, &question, answer, &error), STATUS_OK);
}

static void *ask_all(void *context)
{
    struct shared *shared = context;
    struct searcher *searcher = searcher_ref(shared->searcher);
    size_t wrong = 0;
    for (size_t i = 0; i < ROUNDS * QUERIES; i++) {
        const struct asked *asked = &shared->asked[(i * 7) % QUERIES];
        struct answer answer;
        ask(searcher, asked, &answer);
        const struct hit *hit = answer.hit_count ? answer.hits : NULL;
        wrong += answer.total != asked->total || (hit ? hit->score : 0) != asked->score;
        if (hit && hit->snippet_count)
            wrong += !slice_equal(hit->snippets[0].text, bytes_slice(&asked->snippet));
        answer_release(&answer);
    }
    searcher_unref(searcher);
    return (void *)wrong;
}

/* From a searcher of its own, so that the threads meet one on which no page was touched. */
static void find_answers(struct fixture *fixture, struct shared *shared,
                         const struct searcher *searcher)
{
    struct asker asker = {3, &fixture->model};
    for (size_t i = 0; i < QUERIES; i++) {
        struct asked *asked = &shared->asked[i];
        struct answer answer;
        while (!asker_tree(&asker, i % 3, &asked->text))
            bytes_clear(&asked->text);
        ask(searcher, asked, &answer);
        asked->total = answer.total;
        asked->score = answer.hit_count ? answer.hits[0].score : 0;
        if (answer.hit_count && answer.hits[0].snippet_count)
            bytes_append_slice(&asked->snippet, answer.hits[0].snippets[0].text);
        answer_release(&answer);
    }
}

static void test_threads(void **state)
{
    static struct shared shared;
    struct fixture fixture;
    struct error error = {0};
    pthread_t threads[THREADS];
    (void)state;
    fixture_open_files(&fixture, 77, 1200, 2);
    find_answers(&fixture, &shared, fixture.searcher);
    const char *paths[] = {scratch_path(&fixture.scratch, "0.vbt"),
                           scratch_path(&fixture.scratch, "1.vbt")};
    shared.searcher = searcher_open("fresh", paths, 2, &error);
    assert_non_null(shared.searcher);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_all, &shared), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong = NULL;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    searcher_unref(shared.searcher);
    for (size_t i = 0; i < QUERIES; i++) {
        bytes_release(&shared.asked[i].text);
        bytes_release(&shared.asked[i].snippet);
    }
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
