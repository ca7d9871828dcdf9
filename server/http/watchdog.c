#include "http/watchdog.h"

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"
#include "base/memory.h"

enum { WAKE_MILLISECONDS = 100, LEAVE_STEP_NS = 2000000 };

struct watchdog {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* it is to close, or has its first client */
    struct client *clients;
    size_t count, limit;
    struct metrics *metrics;
    bool closing;
    pthread_t thread;
};

static void cut_late(struct watchdog *watchdog)
{
    uint64_t now = clock_microseconds();
    for (struct client *client = watchdog->clients; client; client = client->after) {
        uint64_t deadline = atomic_load_explicit(&client->deadline_us, memory_order_relaxed);
        if (client->cut || deadline == 0 || now < deadline)
            continue;
        client->cut = true;
        atomic_fetch_add(&watchdog->metrics->connections_cut, 1);
        shutdown(client->fd, SHUT_RDWR);
    }
}

/* Without a client nothing can be late: a machine with nothing to do is not woken. */
static void sleep_a_while(struct watchdog *watchdog)
{
    struct timespec until;
    if (!watchdog->clients) {
        pthread_cond_wait(&watchdog->changed, &watchdog->lock);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += WAKE_MILLISECONDS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&watchdog->changed, &watchdog->lock, &until);
}

static void *watch(void *context)
{
    struct watchdog *watchdog = context;
    pthread_mutex_lock(&watchdog->lock);
    while (!watchdog->closing) {
        cut_late(watchdog);
        sleep_a_while(watchdog);
    }
    pthread_mutex_unlock(&watchdog->lock);
    return NULL;
}

static bool start(struct watchdog *watchdog)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int refused = pthread_create(&watchdog->thread, NULL, watch, watchdog);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return refused == 0;
}

struct watchdog *watchdog_open(size_t limit, struct metrics *metrics)
{
    struct watchdog *watchdog = memory_allocate_zeroed(1, sizeof *watchdog);
    if (!watchdog)
        return NULL;
    watchdog->limit = limit;
    watchdog->metrics = metrics;
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&watchdog->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&watchdog->lock, NULL);
    if (start(watchdog))
        return watchdog;
    memory_free(watchdog);
    return NULL;
}

void watchdog_close(struct watchdog *watchdog)
{
    if (!watchdog)
        return;
    pthread_mutex_lock(&watchdog->lock);
    watchdog->closing = true;
    pthread_cond_signal(&watchdog->changed);
    pthread_mutex_unlock(&watchdog->lock);
    pthread_join(watchdog->thread, NULL);
    pthread_cond_destroy(&watchdog->changed);
    pthread_mutex_destroy(&watchdog->lock);
    memory_free(watchdog);
}

struct client *watchdog_enter(struct watchdog *watchdog, int fd, uint64_t microseconds)
{
    struct client *client = memory_allocate_zeroed(1, sizeof *client);
    if (!client)
        return NULL;
    client->fd = fd;
    client_expect(client, microseconds);
    pthread_mutex_lock(&watchdog->lock);
    client->over_limit = ++watchdog->count > watchdog->limit;
    client->after = watchdog->clients;
    if (client->after)
        client->after->before = client;
    else
        pthread_cond_signal(&watchdog->changed);
    watchdog->clients = client;
    pthread_mutex_unlock(&watchdog->lock);
    atomic_fetch_add(&watchdog->metrics->connections, 1);
    atomic_fetch_add(&watchdog->metrics->connections_total, 1);
    if (client->over_limit)
        atomic_fetch_add(&watchdog->metrics->connections_refused, 1);
    return client;
}

void watchdog_leave(struct watchdog *watchdog, struct client *client)
{
    if (!client)
        return;
    pthread_mutex_lock(&watchdog->lock);
    watchdog->count--;
    if (client->before)
        client->before->after = client->after;
    else
        watchdog->clients = client->after;
    if (client->after)
        client->after->before = client->before;
    pthread_mutex_unlock(&watchdog->lock);
    atomic_fetch_sub(&watchdog->metrics->connections, 1);
    memory_free(client);
}

static size_t cut_everyone(struct watchdog *watchdog)
{
    pthread_mutex_lock(&watchdog->lock);
    for (struct client *client = watchdog->clients; client; client = client->after)
        shutdown(client->fd, SHUT_RDWR);
    size_t left = watchdog->count;
    pthread_mutex_unlock(&watchdog->lock);
    return left;
}

void watchdog_cut_all(struct watchdog *watchdog, uint64_t microseconds)
{
    uint64_t end = clock_microseconds() + microseconds;
    while (cut_everyone(watchdog) > 0 && clock_microseconds() < end)
        nanosleep(&(struct timespec){.tv_nsec = LEAVE_STEP_NS}, NULL);
}

void client_expect(struct client *client, uint64_t microseconds)
{
    uint64_t deadline = microseconds ? clock_microseconds() + microseconds : 0;
    atomic_store_explicit(&client->deadline_us, deadline, memory_order_relaxed);
}
