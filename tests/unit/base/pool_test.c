#include "base/pool.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/memory.h"
#include "unit/unit.h"

enum { TASKS = 5000, THREADS = 4 };

static atomic_int runs[TASKS];
static atomic_int busy[THREADS];
static atomic_int collisions;

static void count_run(void *context, size_t worker)
{
    if (worker >= THREADS || atomic_fetch_add(&busy[worker], 1) != 0)
        atomic_fetch_add(&collisions, 1);
    atomic_fetch_add((atomic_int *)context, 1);
    if (worker < THREADS)
        atomic_fetch_sub(&busy[worker], 1);
}

static void every_task_runs_once(void **state)
{
    struct pool *pool = pool_open(THREADS);
    (void)state;
    assert_non_null(pool);
    assert_int_equal(pool_threads(pool), THREADS);
    for (int round = 1; round <= 3; round++) {
        for (size_t i = 0; i < TASKS; i++)
            pool_submit(pool, count_run, &runs[i]);
        pool_wait(pool);
        for (size_t i = 0; i < TASKS; i++)
            assert_int_equal(atomic_load(&runs[i]), round);
    }
    assert_int_equal(atomic_load(&collisions), 0);
    pool_wait(pool);
    pool_close(pool);
}

static void take_time(void *context, size_t worker)
{
    (void)worker;
    usleep(20000);
    atomic_fetch_add((atomic_int *)context, 1);
}

static void waiting_is_for_running_tasks_too(void **state)
{
    atomic_int done = 0;
    struct pool *pool = pool_open(2);
    (void)state;
    for (int round = 1; round <= 3; round++) {
        pool_submit(pool, take_time, &done);
        usleep(5000);
        pool_wait(pool);
        assert_int_equal(atomic_load(&done), round);
    }
    pool_close(pool);
}

static void closing_waits_for_the_tasks(void **state)
{
    atomic_int done = 0;
    struct pool *pool = pool_open(2);
    (void)state;
    for (size_t i = 0; i < 100; i++)
        pool_submit(pool, count_run, &done);
    pool_close(pool);
    assert_int_equal(atomic_load(&done), 100);
    pool_close(NULL);
}

static sem_t gate;
static atomic_int submitted;

static void wait_at_gate(void *context, size_t worker)
{
    (void)context, (void)worker;
    sem_wait(&gate);
}

static void *submit_many(void *pool)
{
    for (int i = 0; i < 100; i++) {
        pool_submit(pool, wait_at_gate, NULL);
        atomic_fetch_add(&submitted, 1);
    }
    return NULL;
}

/* Three run, six wait, and the one who submits the tenth is held. */
static void submitting_waits_for_room(void **state)
{
    pthread_t submitter;
    struct pool *pool = pool_open(3);
    (void)state;
    sem_init(&gate, 0, 0);
    pthread_create(&submitter, NULL, submit_many, pool);
    for (int i = 0; i < 2000 && atomic_load(&submitted) < 9; i++)
        usleep(1000);
    usleep(30000);
    assert_int_equal(atomic_load(&submitted), 9);
    sem_post(&gate);
    for (int i = 0; i < 2000 && atomic_load(&submitted) < 10; i++)
        usleep(1000);
    usleep(30000);
    assert_int_equal(atomic_load(&submitted), 10);
    for (int i = 1; i < 100; i++)
        sem_post(&gate);
    pthread_join(submitter, NULL);
    pool_close(pool);
    sem_destroy(&gate);
}

static size_t order[TASKS], ordered;

static void note_order(void *context, size_t worker)
{
    (void)worker;
    order[ordered++] = (size_t)context;
}

static void one_thread_keeps_the_order(void **state)
{
    struct pool *pool = pool_open(1);
    (void)state;
    for (size_t i = 0; i < TASKS; i++)
        pool_submit(pool, note_order, (void *)i);
    pool_wait(pool);
    assert_int_equal(ordered, TASKS);
    for (size_t i = 0; i < TASKS; i++)
        assert_int_equal(order[i], i);
    pool_close(pool);
}

static void no_memory_is_no_pool(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 3; n++) {
        memory_fail_at(n, 0);
        assert_null(pool_open(2));
    }
    memory_fail_at(0, 0);
    assert_true(pool_processors() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waiting_is_for_running_tasks_too),
        cmocka_unit_test(every_task_runs_once),
        cmocka_unit_test(closing_waits_for_the_tasks),
        cmocka_unit_test(submitting_waits_for_room),
        cmocka_unit_test(one_thread_keeps_the_order),
        cmocka_unit_test(no_memory_is_no_pool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
