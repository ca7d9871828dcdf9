/* A searcher that needs no index: it stands behind the real server where a test wants what a real
 * one does not give on demand, as questions that take long, answers that are large, files that are
 * damaged.
 *
 * An index file is one line, "fake CHECKSUM ARTICLES". A query tells what to answer:
 *   sleep:MS    takes so long, or until the budget ends, and is then partial
 *   hits:N      N hits                  large:N   one hit with a snippet of N bytes
 *   none        no hits                 corrupt   STATUS_CORRUPT
 *   nomemory    STATUS_NO_MEMORY        anything else   one hit, its title the query
 *   fail:N      one hit, and of the allocations from now on number N fails */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/clock.h"
#include "base/memory.h"
#include "search/kept.h"
#include "search/quote.h"
#include "search/searcher.h"
#include "search/suggest.h"

struct searcher {
    _Atomic size_t references;
    char name[64], path[512], checksum[17];
    uint64_t articles;
    dev_t device;
    ino_t inode;
};

struct searcher *searcher_open(const char *name, const char *const *paths, size_t count,
                               struct error *error)
{
    struct stat st;
    struct searcher *s = memory_allocate_zeroed(1, sizeof *s);
    atomic_init(&s->references, 1);
    snprintf(s->name, sizeof s->name, "%s", name);
    snprintf(s->path, sizeof s->path, "%s", paths[0]);
    FILE *file = fopen(paths[0], "r");
    unsigned long long articles = 0;
    bool good = file && fstat(fileno(file), &st) == 0 &&
                fscanf(file, "fake %16s %llu", s->checksum, &articles) == 2;
    if (file)
        fclose(file);
    if (!good || count == 0) {
        error_set(error, file ? STATUS_CORRUPT : STATUS_IO, "cannot open '%s': %s", paths[0],
                  file ? "it is no index" : "no such file");
        memory_free(s);
        return NULL;
    }
    s->articles = articles;
    s->device = st.st_dev;
    s->inode = st.st_ino;
    return s;
}

struct searcher *searcher_ref(struct searcher *searcher)
{
    atomic_fetch_add(&searcher->references, 1);
    return searcher;
}

void searcher_unref(struct searcher *searcher)
{
    if (searcher && atomic_fetch_sub(&searcher->references, 1) == 1)
        memory_free(searcher);
}

void searcher_info(const struct searcher *searcher, struct searcher_info *info)
{
    *info = (struct searcher_info){.name = searcher->name,
                                   .articles = searcher->articles,
                                   .words = 1,
                                   .file_bytes = 1,
                                   .files = 1,
                                   .has_text = true};
    memcpy(info->checksum, searcher->checksum, sizeof info->checksum);
}

bool searcher_keep(struct searcher *searcher, size_t bytes)
{
    (void)searcher, (void)bytes;
    return true;
}

void searcher_kept(const struct searcher *searcher, struct searcher_kept *kept)
{
    *kept = (struct searcher_kept){.hits = searcher->articles, .misses = 2};
}

bool searcher_replaced(const struct searcher *searcher)
{
    struct stat st;
    return stat(searcher->path, &st) == 0 &&
           (st.st_ino != searcher->inode || st.st_dev != searcher->device);
}

enum status searcher_verify(const struct searcher *searcher, struct error *error)
{
    if (strcmp(searcher->checksum, "damaged") == 0)
        return error_set(error, STATUS_CORRUPT, "'%s': chunk 'postings' fails its checksum",
                         searcher->path);
    return STATUS_OK;
}

static bool asked(const struct question *question, struct slice what, uint64_t *number)
{
    if (!slice_starts_with(question->text, what))
        return false;
    char digits[16] = "";
    struct slice rest = slice_from(question->text, what.size);
    memcpy(digits, rest.data, rest.size < 15 ? rest.size : 15);
    *number = strtoull(digits, NULL, 10);
    return true;
}

static void sleep_for(const struct question *question, uint64_t ms, struct answer *answer)
{
    if (question->budget_us && ms * 1000 > question->budget_us) {
        ms = question->budget_us / 1000;
        answer->partial = SLICE("the time for this question ended");
        answer->relation = TOTAL_GTE;
    }
    nanosleep(&(struct timespec){(time_t)(ms / 1000), (long)(ms % 1000) * 1000000}, NULL);
}

static void add_hits(const struct question *question, uint64_t count, struct answer *answer)
{
    answer->total = count;
    count = count < question->limit ? count : question->limit;
    answer->hits = arena_allocate(&answer->arena, count + 1, sizeof *answer->hits);
    answer->hit_count = answer->hits ? (size_t)count : 0;
    for (size_t i = 0; i < answer->hit_count; i++) {
        struct hit *hit = &answer->hits[i];
        hit->rank = (uint32_t)(question->offset + i + 1);
        hit->score = 1.5;
        hit->id = SLICE("folder/a b.txt");
        hit->title = answer->text;
    }
}

static void add_large(uint64_t size, struct answer *answer)
{
    char *text = arena_allocate(&answer->arena, (size_t)size + 1, 1);
    struct hit *hit = &answer->hits[0];
    hit->snippets = arena_allocate(&answer->arena, 1, sizeof *hit->snippets);
    if (!text || !hit->snippets)
        return;
    memset(text, 'x', (size_t)size);
    hit->snippets[0].text = (struct slice){text, (size_t)size};
    hit->snippet_count = 1;
}

enum status searcher_ask(const struct searcher *searcher, const struct question *question,
                         struct answer *answer, struct error *error)
{
    uint64_t n = 1, start = clock_microseconds();
    *answer = (struct answer){0};
    (void)searcher;
    if (slice_equal(question->text, SLICE("corrupt")))
        return error_set(error, STATUS_CORRUPT, "'news.vbt': chunk 'postings' fails its checksum");
    if (slice_equal(question->text, SLICE("nomemory")))
        return error_set(error, STATUS_NO_MEMORY, "out of memory for this question");
    if (question->strict && memchr(question->text.data, '(', question->text.size)) {
        answer->strict_at = 3;
        return error_set(error, STATUS_INVALID, "a parenthesis is not closed");
    }
    answer->text = answer->parsed = arena_copy(&answer->arena, question->text);
    answer->timeline.unit =
        question->timeline == TIMELINE_AUTO ? TIMELINE_YEAR : question->timeline;
    if (asked(question, SLICE("sleep:"), &n)) {
        sleep_for(question, n, answer);
        n = 1;
    }
    if (slice_equal(question->text, SLICE("none")))
        n = 0;
    else
        asked(question, SLICE("hits:"), &n);
    bool large = asked(question, SLICE("large:"), &n);
    uint64_t failing = 0;
    if (asked(question, SLICE("fail:"), &failing))
        memory_fail_at((size_t)failing, 0);
    add_hits(question, large ? 1 : n, answer);
    if (large && answer->hit_count)
        add_large(n, answer);
    if (answer->arena.status)
        return error_set(error, answer->arena.status, "out of memory for this question");
    answer->took_us = clock_microseconds() - start;
    return STATUS_OK;
}

/* One completion and one correction of whatever is typed. */
enum status searcher_suggest(const struct searcher *searcher, struct slice text, size_t limit,
                             struct suggestions *suggestions, struct error *error)
{
    (void)searcher;
    *suggestions = (struct suggestions){.completion_count = limit > 0, .correction_count = 1};
    suggestions->text = arena_copy(&suggestions->arena, text);
    suggestions->completions = arena_allocate(&suggestions->arena, 1, sizeof(struct suggestion));
    suggestions->corrections = arena_allocate(&suggestions->arena, 1, sizeof(struct correction));
    if (slice_equal(text, SLICE("corrupt")))
        return error_set(error, STATUS_CORRUPT, "a page fails its checksum");
    if (suggestions->arena.status)
        return error_set(error, suggestions->arena.status, "out of memory for suggestions");
    *suggestions->completions = (struct suggestion){SLICE("typed \"more\""), SUGGESTION_PHRASE, 7};
    *suggestions->corrections =
        (struct correction){SLICE("typed"), SLICE("tpyed"), SLICE("typed"), 3};
    return STATUS_OK;
}

void suggestions_release(struct suggestions *suggestions)
{
    arena_release(&suggestions->arena);
}

/* No run stands anywhere. */
enum status searcher_quote(const struct searcher *searcher, const struct quotation *quotation,
                           struct quote_answer *answer, struct error *error)
{
    (void)searcher;
    (void)error;
    *answer = (struct quote_answer){.words = 1, .min = quotation->min};
    return STATUS_OK;
}

enum status searcher_article(const struct searcher *searcher, struct slice id,
                             const struct question *question, struct stored_article *article,
                             struct error *error)
{
    (void)searcher;
    *article = (struct stored_article){.has_text = true};
    article->partial = question && slice_starts_with(question->text, SLICE("sleep:"));
    if (!slice_equal(id, SLICE("folder/a b.txt")))
        return error_set(error, STATUS_NOT_FOUND, "no article has the id '%.*s'", (int)id.size,
                         id.data);
    article->fields.id = arena_copy(&article->arena, id);
    article->fields.title = SLICE("A title");
    article->body = SLICE("The body.");
    return STATUS_OK;
}
