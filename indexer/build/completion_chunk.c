#include "build/completion_chunk.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "build/completion_phrases.h"
#include "build/completion_sample.h"
#include "build/completion_titles.h"
#include "store/documents_read.h"

enum {
    SAMPLE_ARTICLES = 1024, /* at most, evenly over all */
    SAMPLE_BYTES = 4096,    /* of each body's beginning */
    FORGET_ARTICLES = 256,
};

struct item { /* a text to suggest, in `texts` */
    uint32_t at, size, articles;
    struct slice shown;
};

struct making {
    const struct completion_task *task;
    struct completions_writer *writer;
    struct snapshot *snapshot;
    struct lexicon lexicon;
    struct grams grams;
    struct completion_words words;
    struct bytes phrases;  /* struct completion_phrase */
    struct bytes terms;    /* uint32_t, ascending: the words of phrases */
    struct bytes key_ends; /* uint32_t, where their keys end in `keys` */
    struct bytes keys;
    struct bytes texts, items; /* struct item */
    struct completion_sample sample;
};

/* --- The words of phrases ----------------------------------------------------------------------*/

static int compare_terms(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static const struct completion_phrase *phrase_at(const struct making *making, size_t i)
{
    return (const struct completion_phrase *)(const void *)making->phrases.data + i;
}

static size_t phrase_count(const struct making *making)
{
    return making->phrases.size / sizeof(struct completion_phrase);
}

static enum status gather_terms(struct making *making)
{
    struct bytes *terms = &making->terms;
    for (size_t i = 0; i < phrase_count(making); i++)
        bytes_append(terms, phrase_at(making, i)->terms,
                     phrase_at(making, i)->count * sizeof(uint32_t));
    uint32_t *all = (uint32_t *)(void *)terms->data;
    size_t count = terms->size / sizeof *all, kept = 0;
    if (count)
        qsort(all, count, sizeof *all, compare_terms);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || all[i] != all[i - 1])
            all[kept++] = all[i];
    terms->size = kept * sizeof *all;
    return terms->status;
}

static enum status read_keys(struct making *making)
{
    struct lexicon_cursor cursor = {0};
    const uint32_t *terms = (const uint32_t *)(const void *)making->terms.data;
    size_t count = making->terms.size / sizeof *terms, at = 0;
    if (count == 0)
        return STATUS_OK;
    lexicon_seek(&cursor, &making->lexicon, (struct slice){0});
    while (at < count && lexicon_next(&cursor)) {
        if (cursor.term.number != terms[at])
            continue;
        bytes_append_slice(&making->keys, bytes_slice(&cursor.key));
        bytes_put_le32(&making->key_ends, (uint32_t)making->keys.size);
        at++;
    }
    enum status status = cursor.status;
    lexicon_cursor_release(&cursor);
    snapshot_forget(making->snapshot);
    if (status == STATUS_OK)
        status = making->keys.status ? making->keys.status : making->key_ends.status;
    return status == STATUS_OK && at < count ? STATUS_CORRUPT : status;
}

static struct slice key_of(const struct making *making, uint32_t term)
{
    const uint32_t *terms = (const uint32_t *)(const void *)making->terms.data;
    const uint32_t *ends = (const uint32_t *)(const void *)making->key_ends.data;
    const uint32_t *found =
        bsearch(&term, terms, making->terms.size / sizeof *terms, sizeof *terms, compare_terms);
    size_t i = (size_t)(found - terms);
    uint32_t start = i ? ends[i - 1] : 0;
    return slice_of(making->keys.data + start, ends[i] - start);
}

/* --- Texts -------------------------------------------------------------------------------------*/

static void add_item(struct making *making, size_t at, uint32_t articles)
{
    struct item item = {(uint32_t)at, (uint32_t)(making->texts.size - at), articles, {0}};
    if (item.size > COMPLETIONS_TEXT_MOST)
        making->texts.size = at;
    else
        bytes_append(&making->items, &item, sizeof item);
}

static enum status write_phrases(struct making *making)
{
    for (size_t i = 0; i < phrase_count(making); i++) {
        const struct completion_phrase *phrase = phrase_at(making, i);
        size_t at = making->texts.size;
        for (uint32_t word = 0; word < phrase->count; word++) {
            if (word)
                bytes_put_u8(&making->texts, ' ');
            bytes_append_slice(&making->texts, key_of(making, phrase->terms[word]));
        }
        add_item(making, at, phrase->df);
    }
    return making->texts.status ? making->texts.status : making->items.status;
}

static struct item *item_at(const struct making *making, size_t i)
{
    return (struct item *)(void *)making->items.data + i;
}

static size_t item_count(const struct making *making)
{
    return making->items.size / sizeof(struct item);
}

static struct slice text_of(const struct making *making, const struct item *item)
{
    return slice_of(making->texts.data + item->at, item->size);
}

/* --- How they are written ----------------------------------------------------------------------*/

/* Up to a white space, where the analyzer's state is empty. */
static struct slice beginning(struct slice text)
{
    size_t size = text.size < SAMPLE_BYTES ? text.size : SAMPLE_BYTES;
    while (size && size < text.size && text.data[size] != ' ')
        size--;
    return slice_of(text.data, size);
}

static enum status read_sample(struct making *making, struct documents *documents,
                               struct analyzer *analyzer)
{
    uint64_t all = making->task->settings->article_count;
    uint64_t count = all < SAMPLE_ARTICLES ? all : SAMPLE_ARTICLES;
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < count && status == STATUS_OK; i++) {
        struct text_piece piece;
        status = documents_first_piece(documents, (uint32_t)(i * all / count), &piece);
        if (status == STATUS_OK)
            completion_sample_text(&making->sample, analyzer, beginning(piece.text));
        else if (status == STATUS_NOT_FOUND)
            status = STATUS_OK;
        if (status == STATUS_OK)
            status = making->sample.status;
        if (i % FORGET_ARTICLES == 0)
            snapshot_forget(making->snapshot);
    }
    return status;
}

static enum status add_words(struct making *making)
{
    const struct completion_sample *sample = &making->sample;
    const struct sampled_word *words =
        (const struct sampled_word *)(const void *)sample->words.data;
    for (size_t i = 0; i < sample->words.size / sizeof *words; i++) {
        struct slice word = slice_of(sample->written.data + words[i].at, words[i].size);
        struct term term;
        if (completion_sample_shown(sample, word).size == 0)
            continue;
        enum status status = lexicon_find(&making->lexicon, word, &term);
        size_t at = making->texts.size;
        if (status != STATUS_OK)
            return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
        bytes_append_slice(&making->texts, word);
        add_item(making, at, term.all.df);
    }
    return making->texts.status ? making->texts.status : making->items.status;
}

/* What articles are read from. */
static enum status open_documents(struct making *making, struct documents *documents,
                                  struct error *error)
{
    static const enum chunk_id ids[] = {CHUNK_NORMS,  CHUNK_TITLE_WORDS, CHUNK_DATES, CHUNK_IDS,
                                        CHUNK_FIELDS, CHUNK_TEXT,        CHUNK_ORDER};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof ids / sizeof *ids && status == STATUS_OK; i++)
        status = snapshot_add_chunk(making->snapshot, ids[i], error);
    return status == STATUS_OK ? documents_open(documents, making->snapshot) : status;
}

static enum status sample_text(struct making *making, struct error *error)
{
    struct documents documents = {0};
    struct analyzer *analyzer = analyzer_open();
    enum status status = analyzer ? STATUS_OK : STATUS_NO_MEMORY;
    for (size_t i = 0; i < item_count(making); i++)
        completion_sample_want(&making->sample, text_of(making, item_at(making, i)));
    if (status == STATUS_OK)
        status = open_documents(making, &documents, error);
    if (status == STATUS_OK)
        status = read_sample(making, &documents, analyzer);
    if (status == STATUS_OK)
        status = add_words(making);
    for (size_t i = 0; i < item_count(making) && status == STATUS_OK; i++)
        item_at(making, i)->shown =
            completion_sample_shown(&making->sample, text_of(making, item_at(making, i)));
    documents_release(&documents);
    analyzer_close(analyzer);
    return status;
}

/* --- All ---------------------------------------------------------------------------------------*/

static int compare_items(const void *a, const void *b, void *context)
{
    return slice_compare(text_of(context, a), text_of(context, b));
}

static void write_items(struct making *making)
{
    if (item_count(making))
        qsort_r(making->items.data, item_count(making), sizeof(struct item), compare_items, making);
    for (size_t i = 0; i < item_count(making); i++) {
        const struct item *item = item_at(making, i);
        completions_writer_phrase(making->writer, text_of(making, item), item->articles,
                                  item->shown);
    }
}

static void write_words(struct making *making)
{
    const uint32_t *best = (const uint32_t *)(const void *)making->words.best.data;
    for (uint32_t i = 0; i < making->words.block_count; i++)
        completions_writer_words(making->writer, best[i]);
}

static enum status open_making(struct making *making, struct error *error)
{
    const struct completion_task *task = making->task;
    making->writer = completions_writer_open(task->container, error);
    if (making->writer)
        making->snapshot = snapshot_of_words(task->container, task->settings, error);
    if (!making->snapshot)
        return error->status;
    enum status status = snapshot_add_chunk(making->snapshot, CHUNK_GRAMS, error);
    if (status == STATUS_OK)
        status = lexicon_open(&making->lexicon, making->snapshot);
    return status == STATUS_OK ? grams_open(&making->grams, making->snapshot) : status;
}

static enum status make(struct making *making, struct error *error)
{
    const struct completion_task *task = making->task;
    struct completion_titles titles = {task->container, task->log, making->writer, task->beside,
                                       task->memory};
    enum status status = open_making(making, error);
    titles.writer = making->writer;
    if (status == STATUS_OK)
        status = completion_words_read(&making->words, making->snapshot, &making->lexicon);
    if (status == STATUS_OK)
        status = completion_phrases_choose(&making->grams, &making->words, &making->phrases);
    if (status == STATUS_OK)
        status = gather_terms(making);
    if (status == STATUS_OK)
        status = read_keys(making);
    if (status == STATUS_OK)
        status = write_phrases(making);
    if (status == STATUS_OK && task->has_text)
        status = sample_text(making, error);
    if (status != STATUS_OK)
        return status;
    write_items(making);
    status = completion_titles_write(&titles, error);
    if (status != STATUS_OK)
        return status;
    write_words(making);
    return completions_writer_finish(making->writer);
}

static void close_making(struct making *making)
{
    completions_writer_close(making->writer);
    completion_words_release(&making->words);
    completion_sample_release(&making->sample);
    snapshot_unref(making->snapshot);
    struct bytes *all[] = {&making->phrases, &making->terms, &making->key_ends,
                           &making->keys,    &making->texts, &making->items};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        bytes_release(all[i]);
}

enum status completion_chunk_write(const struct completion_task *task, struct error *error)
{
    struct making *making = memory_allocate_zeroed(1, sizeof *making);
    if (!making)
        return error_set(error, STATUS_NO_MEMORY, "out of memory for completions");
    making->task = task;
    enum status status = make(making, error);
    close_making(making);
    memory_free(making);
    if (status != STATUS_OK && error->status == STATUS_OK)
        error_set(error, status, "cannot write completions: %s", status_name(status));
    return status;
}
