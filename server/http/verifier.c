#include "http/verifier.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "base/log.h"
#include "base/memory.h"
#include "search/searcher.h"

enum { NICE = 10 };

struct waiting {
    struct served *served;
    struct waiting *next;
};

struct verifier {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct waiting *first, **last;
    bool started, reading, closing;
    pthread_t thread;
};

struct verifier *verifier_open(void)
{
    struct verifier *verifier = memory_allocate_zeroed(1, sizeof *verifier);
    if (!verifier)
        return NULL;
    pthread_mutex_init(&verifier->lock, NULL);
    pthread_cond_init(&verifier->changed, NULL);
    verifier->last = &verifier->first;
    return verifier;
}

static void read_all(struct served *served)
{
    struct error error = {0};
    enum status status = searcher_verify(served->searcher, &error);
    atomic_store(&served->verified, status == STATUS_OK ? VERIFY_WHOLE : VERIFY_DAMAGED);
    if (status != STATUS_OK)
        log_error("%s; questions that touch this place are refused", error.text);
}

static struct served *next_served(struct verifier *verifier)
{
    while (!verifier->first && !verifier->closing)
        pthread_cond_wait(&verifier->changed, &verifier->lock);
    struct waiting *waiting = verifier->first;
    if (!waiting || verifier->closing)
        return NULL;
    struct served *served = waiting->served;
    verifier->first = waiting->next;
    if (!verifier->first)
        verifier->last = &verifier->first;
    memory_free(waiting);
    return served;
}

static void *work(void *context)
{
    struct verifier *verifier = context;
    setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
    pthread_mutex_lock(&verifier->lock);
    for (struct served *served; (served = next_served(verifier));) {
        verifier->reading = true;
        pthread_mutex_unlock(&verifier->lock);
        read_all(served);
        served_unref(served);
        pthread_mutex_lock(&verifier->lock);
        verifier->reading = false;
    }
    pthread_mutex_unlock(&verifier->lock);
    return NULL;
}

/* Signals are the main thread's. */
static bool start(struct verifier *verifier)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int refused = pthread_create(&verifier->thread, NULL, work, verifier);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return refused == 0;
}

void verifier_add(struct verifier *verifier, struct served *served)
{
    struct waiting *waiting = memory_allocate_zeroed(1, sizeof *waiting);
    pthread_mutex_lock(&verifier->lock);
    if (!verifier->started)
        verifier->started = start(verifier);
    if (waiting && verifier->started) {
        waiting->served = served_ref(served);
        *verifier->last = waiting;
        verifier->last = &waiting->next;
        pthread_cond_signal(&verifier->changed);
    } else {
        memory_free(waiting);
        log_warning("'%s' is not read through in the background: out of memory or threads",
                    served->name);
    }
    pthread_mutex_unlock(&verifier->lock);
}

static void forget(struct verifier *verifier)
{
    while (verifier->first) {
        struct waiting *waiting = verifier->first;
        verifier->first = waiting->next;
        served_unref(waiting->served);
        memory_free(waiting);
    }
}

bool verifier_close(struct verifier *verifier)
{
    if (!verifier)
        return true;
    pthread_mutex_lock(&verifier->lock);
    verifier->closing = true;
    forget(verifier);
    bool reading = verifier->reading;
    pthread_cond_signal(&verifier->changed);
    pthread_mutex_unlock(&verifier->lock);
    if (reading)
        return false;
    if (verifier->started)
        pthread_join(verifier->thread, NULL);
    pthread_cond_destroy(&verifier->changed);
    pthread_mutex_destroy(&verifier->lock);
    memory_free(verifier);
    return true;
}
