#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>

#include "base/memory.h"

struct task {
    void (*run)(void *context, size_t worker);
    void *context;
};

struct worker {
    struct pool *pool;
    size_t number;
    pthread_t thread;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a task came, left the queue, or ended; or closing was set */
    struct worker *workers;
    size_t threads;
    struct task *queue; /* a ring */
    size_t capacity, first, waiting, running;
    bool closing;
};

static bool next_task(struct pool *pool, struct task *task)
{
    while (pool->waiting == 0 && !pool->closing)
        pthread_cond_wait(&pool->changed, &pool->lock);
    if (pool->waiting == 0)
        return false;
    *task = pool->queue[pool->first];
    pool->first = (pool->first + 1) % pool->capacity;
    pool->waiting--;
    pool->running++;
    pthread_cond_broadcast(&pool->changed);
    return true;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct pool *pool = worker->pool;
    struct task task;
    pthread_mutex_lock(&pool->lock);
    while (next_task(pool, &task)) {
        pthread_mutex_unlock(&pool->lock);
        task.run(task.context, worker->number);
        pthread_mutex_lock(&pool->lock);
        pool->running--;
        pthread_cond_broadcast(&pool->changed);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Signals are the main thread's business: workers start with all of them blocked. */
static size_t start_workers(struct pool *pool, size_t threads)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    size_t started = 0;
    for (; started < threads; started++) {
        struct worker *worker = &pool->workers[started];
        *worker = (struct worker){.pool = pool, .number = started};
        if (pthread_create(&worker->thread, NULL, work, worker) != 0)
            break;
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return started;
}

struct pool *pool_open(size_t threads)
{
    struct pool *pool = memory_allocate_zeroed(1, sizeof *pool);
    if (!pool)
        return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->changed, NULL);
    pool->capacity = 2 * threads;
    pool->workers = memory_allocate_zeroed(threads, sizeof *pool->workers);
    pool->queue = memory_allocate_zeroed(pool->capacity, sizeof *pool->queue);
    if (pool->workers && pool->queue)
        pool->threads = start_workers(pool, threads);
    if (pool->threads == threads)
        return pool;
    pool_close(pool);
    return NULL;
}

void pool_submit(struct pool *pool, void (*run)(void *context, size_t worker), void *context)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->waiting == pool->capacity)
        pthread_cond_wait(&pool->changed, &pool->lock);
    pool->queue[(pool->first + pool->waiting) % pool->capacity] = (struct task){run, context};
    pool->waiting++;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}

void pool_wait(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->waiting || pool->running)
        pthread_cond_wait(&pool->changed, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

void pool_close(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->threads; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->lock);
    memory_free(pool->workers);
    memory_free(pool->queue);
    memory_free(pool);
}

size_t pool_threads(const struct pool *pool)
{
    return pool->threads;
}

size_t pool_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? (size_t)n : 1;
}
