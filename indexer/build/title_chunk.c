#include "build/title_chunk.h"

#include <string.h>

#include "base/memory.h"
#include "build/inverter.h"
#include "build/merge.h"
#include "store/classes_read.h"
#include "store/lexicon_read.h"
#include "store/snapshot.h"
#include "store/titles_read.h"
#include "store/titles_write.h"
#include "text/analyzer.h"
#include "text/stem.h"

enum {
    WORDS_AT_ONCE = 64,
    HASH_BYTES = 8,
    SORT_SHARE = 2,      /* of the memory, for sorting hashes; likewise for merging them */
    SORT_MOST = 8 << 20, /* more would be more to clear than to fill */
    FORGET_TITLES = 1 << 14,
};

struct making {
    const struct title_task *task;
    struct titles_writer writer;
    struct snapshot *snapshot;
    struct lexicon lexicon;
    struct classes classes;
    struct class_language language;
    bool has_language;
    struct analyzer *analyzer;
    struct inverter *inverter;
    struct bytes words; /* of the title at hand, as they are hashed */
};

/* --- One title ---------------------------------------------------------------------------------*/

static enum status add_word(struct making *making, struct slice text)
{
    struct term term;
    uint32_t word = 0;
    enum status status = lexicon_find(&making->lexicon, text, &term);
    if (status == STATUS_OK)
        status = title_word_in(making->has_language ? &making->language : NULL, term.number, &word);
    bytes_put_le32(&making->words, word);
    return status == STATUS_OK ? making->words.status : status;
}

/* *before: how many of the words begin before that place in the title. */
static enum status read_words(struct making *making, struct slice title, size_t place,
                              size_t *before)
{
    struct word words[WORDS_AT_ONCE];
    enum status status = STATUS_OK;
    bytes_clear(&making->words);
    *before = 0;
    analyzer_begin(making->analyzer, title);
    for (size_t n; (n = analyzer_read(making->analyzer, words, WORDS_AT_ONCE)) > 0;)
        for (size_t i = 0; i < n && status == STATUS_OK; i++) {
            *before += words[i].start < place;
            status = add_word(making, words[i].text);
        }
    return status == STATUS_OK ? analyzer_status(making->analyzer) : status;
}

/* As a key, which is ordered by its first byte first. */
static void add_hash(struct making *making, size_t words)
{
    uint64_t hash = title_hash(slice_of(making->words.data, words * TITLE_WORD_BYTES));
    uint8_t key[HASH_BYTES];
    for (int i = 0; i < HASH_BYTES; i++)
        key[i] = (uint8_t)(hash >> (56 - 8 * i));
    inverter_add(making->inverter, slice_of(key, sizeof key));
}

static enum status add_title(struct making *making, uint32_t doc, struct slice title)
{
    size_t before;
    enum status status = read_words(making, title, title_bracket(title), &before);
    size_t count = making->words.size / TITLE_WORD_BYTES;
    if (status != STATUS_OK || count == 0)
        return status;
    inverter_article(making->inverter, doc);
    inverter_text(making->inverter, 0, false);
    add_hash(making, count);
    if (before && before < count)
        add_hash(making, before);
    return STATUS_OK;
}

static enum status read_titles(struct making *making)
{
    struct title_reader reader = {.log = making->task->log};
    enum status status = STATUS_OK;
    inverter_begin(making->inverter, 0);
    for (uint32_t i = 1; status == STATUS_OK && title_reader_next(&reader); i++) {
        status = add_title(making, reader.doc, reader.title);
        if (i % FORGET_TITLES == 0)
            snapshot_forget(making->snapshot);
    }
    if (status == STATUS_OK)
        status = reader.status;
    title_reader_release(&reader);
    return status == STATUS_OK ? inverter_end(making->inverter) : status;
}

/* --- Their order -------------------------------------------------------------------------------*/

static enum status take_docs(struct making *making, struct run_reader *reader, uint64_t hash)
{
    struct run_frame frame;
    uint32_t positions[RUN_FRAME];
    while (run_reader_part(reader))
        while (run_reader_frame(reader, &frame)) {
            for (uint32_t i = 0; i < frame.count; i++)
                titles_writer_add(&making->writer, hash, frame.docs[i]);
            while (run_reader_values(reader, positions))
                ;
        }
    return reader->status;
}

static enum status take_hash(void *context, struct run_reader *const *readers, size_t count)
{
    enum status status = STATUS_OK;
    struct slice key = run_reader_key(readers[0]);
    uint64_t hash = 0;
    for (size_t i = 0; i < key.size; i++)
        hash = hash << 8 | (uint8_t)key.data[i];
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = take_docs(context, readers[i], hash);
    return status;
}

static enum status write_entries(struct making *making, struct error *error)
{
    struct merge_sink sink = {making, take_hash};
    struct bytes runs = {0};
    bytes_append_slice(&runs, bytes_slice(inverter_runs(making->inverter)));
    enum status status = runs.status;
    if (status == STATUS_OK)
        status = merge_runs(&runs, making->task->memory / SORT_SHARE, making->task->beside, &sink,
                            NULL, error);
    bytes_release(&runs);
    return status;
}

/* --- All ---------------------------------------------------------------------------------------*/

/* The classes of the file's default language, where it has any. */
static enum status open_language(struct making *making)
{
    char code[STEM_CODE_BYTES];
    const struct settings *settings = making->task->settings;
    enum status status = classes_open(&making->classes, making->snapshot);
    if (status != STATUS_OK ||
        !stem_language(slice_of(settings->lang, strnlen(settings->lang, STORE_LANG_BYTES)), code))
        return status;
    status = classes_language(&making->classes, code, &making->language);
    making->has_language = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status open_making(struct making *making, struct error *error)
{
    const struct title_task *task = making->task;
    size_t share = task->memory / SORT_SHARE, memory = share < SORT_MOST ? share : SORT_MOST;
    enum status status = titles_writer_open(&making->writer, task->container, error);
    if (status == STATUS_OK)
        making->snapshot = snapshot_of_words(task->container, task->settings, error);
    if (!making->snapshot)
        return error->status;
    status = snapshot_add_chunk(making->snapshot, CHUNK_CLASSES, error);
    if (status == STATUS_OK)
        status = lexicon_open(&making->lexicon, making->snapshot);
    if (status == STATUS_OK)
        status = open_language(making);
    if (status != STATUS_OK)
        return status;
    making->analyzer = analyzer_open();
    if (making->analyzer)
        making->inverter =
            inverter_open(memory > INVERTER_LEAST_BYTES ? memory : INVERTER_LEAST_BYTES,
                          container_spool(task->container, error), error);
    return making->inverter ? STATUS_OK : error->status ? error->status : STATUS_NO_MEMORY;
}

static enum status make(struct making *making, struct error *error)
{
    enum status status = open_making(making, error);
    if (status == STATUS_OK)
        status = read_titles(making);
    if (status == STATUS_OK)
        status = inverter_finish(making->inverter, error);
    if (status == STATUS_OK)
        status = write_entries(making, error);
    return status == STATUS_OK
               ? titles_writer_finish(&making->writer,
                                      making->has_language ? making->language.code : "")
               : status;
}

enum status title_chunk_write(const struct title_task *task, struct error *error)
{
    struct making *making = memory_allocate_zeroed(1, sizeof *making);
    if (!making)
        return error_set(error, STATUS_NO_MEMORY, "out of memory for titles");
    making->task = task;
    enum status status = make(making, error);
    inverter_close(making->inverter);
    analyzer_close(making->analyzer);
    snapshot_unref(making->snapshot);
    bytes_release(&making->words);
    memory_free(making);
    if (status != STATUS_OK && error->status == STATUS_OK)
        error_set(error, status, "cannot write titles: %s", status_name(status));
    return status;
}
