/* Many analyzers at once, from the first character on that the process sees: the traits of
 * characters are worked out by whoever comes first. */
#include "unit/unit.h"

#include <pthread.h>

#include "unit/text/reading.h"

enum { THREADS = 8, PAGES = 0x250 };

struct task {
    size_t number, bytes[PAGES]; /* of the words of a character of each page */
};

/* A character of every page, in an order of the thread's own. */
static void *read_pages(void *context)
{
    struct task *task = context;
    struct analyzer *a = analyzer_open();
    struct reading r = {0};
    for (size_t i = 0; a && i < PAGES; i++) {
        char text[8] = "a";
        size_t page = (i * 7 + task->number * 31) % PAGES;
        size_t n = utf8_encode((uint32_t)page * 256 + 0x41, text + 1);
        reading_take(&r, a, slice_of(text, n + 1), 4);
        task->bytes[page] = r.bytes.size;
    }
    reading_release(&r);
    analyzer_close(a);
    return NULL;
}

static void analyzers_do_not_meet(void **state)
{
    static struct task tasks[THREADS];
    pthread_t threads[THREADS];
    (void)state;
    for (size_t i = 0; i < THREADS; i++) {
        tasks[i].number = i;
        assert_int_equal(pthread_create(&threads[i], NULL, read_pages, &tasks[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_memory_equal(tasks[i].bytes, tasks[0].bytes, sizeof tasks[0].bytes);
    }
    assert_int_equal(tasks[0].bytes[0], 2); /* "aa" */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(analyzers_do_not_meet)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
