#include "http/library.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "http/verifier.h"
#include "search/kept.h"
#include "search/searcher.h"

struct library {
    const struct http_settings *settings;
    struct metrics *metrics;
    struct verifier *verifier;
    uint64_t *tried; /* a source: the stamp of its files when they could last not be opened; 0: they
                        could */
    pthread_mutex_t lock; /* over what follows */
    struct generation *current;
    char fault[sizeof((struct error *)0)->text];
};

/* A number that changes when one of the files is replaced, written to or gone; never 0. */
static uint64_t stamp_of(const struct index_source *source)
{
    uint64_t stamp = 1;
    for (size_t i = 0; i < source->count; i++) {
        struct stat st;
        uint64_t parts[6] = {stamp};
        if (stat(source->paths[i], &st) == 0) {
            parts[1] = (uint64_t)st.st_dev;
            parts[2] = (uint64_t)st.st_ino;
            parts[3] = (uint64_t)st.st_size;
            parts[4] = (uint64_t)st.st_mtim.tv_sec;
            parts[5] = (uint64_t)st.st_mtim.tv_nsec;
        }
        stamp = hash_bytes(parts, sizeof parts) | 1;
    }
    return stamp;
}

static bool files_missing(const struct index_source *source)
{
    struct stat st;
    for (size_t i = 0; i < source->count; i++)
        if (stat(source->paths[i], &st) != 0)
            return true;
    return false;
}

static struct served *open_source(const struct http_settings *settings, size_t i,
                                  struct error *error)
{
    const struct index_source *source = &settings->sources[i];
    struct searcher *searcher = searcher_open(source->name, source->paths, source->count, error);
    if (!searcher)
        return NULL;
    if (!searcher_keep(searcher, settings->cache_bytes / settings->source_count))
        log_warning("out of memory for a cache of '%s'", source->name);
    struct served *served = served_new(source->name, searcher);
    if (!served)
        error_set(error, STATUS_NO_MEMORY, "out of memory");
    return served;
}

static struct generation *open_all(const struct http_settings *settings, struct error *error)
{
    struct generation *generation = generation_new(settings->source_count);
    if (!generation) {
        error_set(error, STATUS_NO_MEMORY, "out of memory");
        return NULL;
    }
    generation->number = 1;
    for (size_t i = 0; i < generation->count; i++) {
        generation->indexes[i] = open_source(settings, i, error);
        if (generation->indexes[i])
            continue;
        generation_unref(generation);
        return NULL;
    }
    return generation;
}

static void verify_all(struct library *library, const struct generation *generation)
{
    for (size_t i = 0; i < generation->count; i++)
        if (generation->indexes[i]->verified == VERIFY_RUNNING)
            verifier_add(library->verifier, generation->indexes[i]);
}

struct library *library_open(const struct http_settings *settings, struct metrics *metrics,
                             struct error *error)
{
    struct library *library = memory_allocate_zeroed(1, sizeof *library);
    if (!library) {
        error_set(error, STATUS_NO_MEMORY, "out of memory");
        return NULL;
    }
    pthread_mutex_init(&library->lock, NULL);
    library->settings = settings;
    library->metrics = metrics;
    library->tried = memory_allocate_zeroed(settings->source_count, sizeof *library->tried);
    library->verifier = verifier_open();
    if (!library->tried || !library->verifier)
        error_set(error, STATUS_NO_MEMORY, "out of memory");
    else
        library->current = open_all(settings, error);
    if (library->current)
        return library;
    library_close(library);
    return NULL;
}

void library_verify(struct library *library)
{
    verify_all(library, library->current);
}

void library_close(struct library *library)
{
    if (!library)
        return;
    verifier_close(library->verifier);
    generation_unref(library->current);
    pthread_mutex_destroy(&library->lock);
    memory_free(library->tried);
    memory_free(library);
}

struct generation *library_current(struct library *library)
{
    pthread_mutex_lock(&library->lock);
    struct generation *generation = generation_ref(library->current);
    pthread_mutex_unlock(&library->lock);
    return generation;
}

bool library_fault(struct library *library, char *text, size_t size)
{
    pthread_mutex_lock(&library->lock);
    snprintf(text, size, "%s", library->fault);
    pthread_mutex_unlock(&library->lock);
    return text[0] != '\0';
}

static void set_fault(struct library *library, const char *text)
{
    pthread_mutex_lock(&library->lock);
    snprintf(library->fault, sizeof library->fault, "%s", text);
    pthread_mutex_unlock(&library->lock);
}

/* Whether source i is to be opened again. What failed once waits for its files to change. */
static bool worth_opening(const struct library *library, const struct generation *old, size_t i,
                          uint64_t stamp)
{
    const struct index_source *source = &library->settings->sources[i];
    if (library->tried[i])
        return library->tried[i] != stamp;
    return searcher_replaced(old->indexes[i]->searcher) || files_missing(source);
}

/* The next generation's index i: newly opened, or the old one's where nothing changed or nothing
 * could be opened. Sets *opened where it is new. */
static struct served *renew(struct library *library, const struct generation *old, size_t i,
                            bool all, bool *opened)
{
    uint64_t stamp = stamp_of(&library->settings->sources[i]);
    if (!all && !worth_opening(library, old, i, stamp))
        return served_ref(old->indexes[i]);
    struct error error = {0};
    struct served *served = open_source(library->settings, i, &error);
    library->tried[i] = served ? 0 : stamp;
    if (served) {
        *opened = true;
        return served;
    }
    atomic_fetch_add(&library->metrics->reload_failures, 1);
    set_fault(library, error.text);
    log_error("%s; what was open before keeps answering for '%s'", error.text,
              old->indexes[i]->name);
    return served_ref(old->indexes[i]);
}

static void publish(struct library *library, struct generation *next)
{
    pthread_mutex_lock(&library->lock);
    struct generation *old = library->current;
    next->number = old->number + 1;
    library->current = next;
    pthread_mutex_unlock(&library->lock);
    generation_unref(old);
    atomic_fetch_add(&library->metrics->reloads, 1);
    for (size_t i = 0; i < next->count; i++) {
        const struct searcher_info *info = &next->indexes[i]->info;
        log_info("generation %" PRIu64 ": '%s' holds %" PRIu64 " articles, checksum %s",
                 next->number, next->indexes[i]->name, info->articles, info->checksum);
    }
    verify_all(library, next);
}

static bool any_failed(const struct library *library)
{
    for (size_t i = 0; i < library->settings->source_count; i++)
        if (library->tried[i])
            return true;
    return false;
}

void library_reload(struct library *library, bool all)
{
    struct generation *old = library->current; /* only this thread replaces it */
    struct generation *next = generation_new(old->count);
    if (!next) {
        log_error("cannot reload: out of memory");
        return;
    }
    bool opened = false;
    for (size_t i = 0; i < next->count; i++)
        next->indexes[i] = renew(library, old, i, all, &opened);
    if (!any_failed(library))
        set_fault(library, "");
    if (opened)
        publish(library, next);
    else
        generation_unref(next);
}
