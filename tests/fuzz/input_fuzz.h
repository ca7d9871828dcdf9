/* For the targets that read articles: bytes as a file of a kind, and what must be true of all that
 * comes of it. */
#ifndef VERBATIM_TESTS_INPUT_FUZZ_H
#define VERBATIM_TESTS_INPUT_FUZZ_H

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "fuzz/fuzz.h"
#include "input/input.h"
#include "text/utf8.h"

enum { INPUT_FUZZ_MOST = 1 << 16 };

struct input_fuzz {
    struct hash_stream *hash; /* of all that was handed on */
    uint64_t line;            /* of the last place; in one file they never go back */
    size_t size;              /* of the titles and bodies */
};

static inline void input_fuzz_text(struct input_fuzz *fuzz, struct slice text)
{
    fuzz_demand(utf8_valid(text));
    fuzz_demand(text.size == 0 || !memchr(text.data, '\0', text.size));
    hash_stream_add(fuzz->hash, text.data, text.size);
    hash_stream_add(fuzz->hash, "", 1);
}

static inline enum status input_fuzz_article(void *context, const struct article *article,
                                             const struct input_place *place)
{
    struct input_fuzz *fuzz = context;
    fuzz_demand(article->id.size > 0 && article->id.size <= ARTICLE_ID_BYTES);
    fuzz_demand(article->title.size + article->body.size > 0);
    input_fuzz_text(fuzz, article->id);
    input_fuzz_text(fuzz, article->title);
    input_fuzz_text(fuzz, article->body);
    input_fuzz_text(fuzz, article->url);
    for (int list = 0; list < ARTICLE_LISTS; list++)
        for (size_t i = 0; i < article->lists[list].count; i++)
            input_fuzz_text(fuzz, article->lists[list].values[i]);
    for (size_t i = 0; i < article->extra_count; i++) {
        struct error error = {0};
        struct json_document *doc = json_parse(article->extra[i].json, &error);
        fuzz_demand(doc != NULL);
        json_document_close(doc);
        input_fuzz_text(fuzz, article->extra[i].name);
    }
    fuzz->size += article->title.size + article->body.size;
    (void)place;
    return STATUS_OK;
}

static inline void input_fuzz_skipped(void *context, const struct input_place *place,
                                      const char *reason)
{
    struct input_fuzz *fuzz = context;
    fuzz_demand(place->name[0] && reason[0]);
    hash_stream_add(fuzz->hash, reason, strlen(reason));
}

/* Reads the bytes as a file; kind NULL to find it out. Returns a hash of all that came of it, and
 * how many bytes of titles and bodies. */
static inline uint64_t input_fuzz_read(const uint8_t *data, size_t size, const char *kind,
                                       bool whole, size_t *text_size)
{
    char path[64];
    const char *source = path;
    struct input_fuzz fuzz = {.hash = hash_stream_open()};
    struct input_options options = {
        .kind = kind, .html_whole = whole, .max_article_bytes = INPUT_FUZZ_MOST};
    struct input_sink sink = {&fuzz, input_fuzz_article, input_fuzz_skipped, NULL};
    struct input_totals totals;
    struct error error = {0};
    int fd = memfd_create("fuzz", 0);
    fuzz_demand(fd >= 0 && fuzz.hash && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    fuzz_demand(input_read(&source, 1, &options, &sink, &totals, &error) == STATUS_OK);
    fuzz_demand(totals.articles + totals.skipped > 0 || size > 0);
    uint64_t hash = hash_stream_value(fuzz.hash);
    hash_stream_close(fuzz.hash);
    close(fd);
    *text_size = fuzz.size;
    return hash;
}

#endif
