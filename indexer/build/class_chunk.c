#include "build/class_chunk.h"

#include "base/memory.h"
#include "build/class_forms.h"
#include "build/class_languages.h"
#include "build/class_union.h"
#include "build/inverter.h"
#include "build/merge.h"
#include "store/classes_write.h"
#include "store/key.h"
#include "store/lexicon_read.h"
#include "store/snapshot.h"
#include "text/stem.h"

enum {
    SORT_SHARE = 4,       /* of the memory, for sorting stems; likewise for merging them */
    SORT_MOST = 16 << 20, /* more memory would be more to clear than to fill */
    MAPPED_SHARE = 8,     /* for lists that stay mapped */
    UNION_SHARE = 8,
    ORDER_SHARE = 8,
    FORGET_TERMS = 1 << 17, /* a few megabytes of lexicon */
};

struct making {
    const struct class_task *task;
    struct snapshot *snapshot;
    struct lexicon lexicon;
    struct classes_writer *writer;
    struct impact_model model;
    struct class_union united;
    struct spool *forms;
    struct bytes terms; /* uint32_t, of the class at hand */
    struct bytes words; /* struct term, likewise */
    struct bytes lists;
    uint64_t unforgotten; /* bytes of lists read since the last time */
};

static size_t share_of(const struct making *making, size_t share)
{
    return making->task->memory / share;
}

/* --- One class ---------------------------------------------------------------------------------*/

static enum status read_numbers(struct making *making, struct run_reader *reader)
{
    struct run_frame frame;
    uint32_t positions[RUN_FRAME];
    while (run_reader_part(reader))
        while (run_reader_frame(reader, &frame)) {
            bytes_append(&making->terms, frame.docs, frame.count * sizeof *frame.docs);
            while (run_reader_values(reader, positions))
                ;
        }
    return reader->status ? reader->status : making->terms.status;
}

static enum status read_words(struct making *making, uint32_t count)
{
    const uint32_t *terms = (const uint32_t *)(const void *)making->terms.data;
    enum status status = STATUS_OK;
    bytes_clear(&making->words);
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        struct term *term = (struct term *)(void *)bytes_extend(&making->words, sizeof *term);
        status = term ? lexicon_read_at(&making->lexicon, terms[i], term) : STATUS_NO_MEMORY;
    }
    return status;
}

static void forget_now_and_then(struct making *making, uint64_t read)
{
    making->unforgotten += read;
    if (making->unforgotten < share_of(making, MAPPED_SHARE))
        return;
    making->unforgotten = 0;
    snapshot_forget(making->snapshot);
}

static enum status add_class(struct making *making, uint32_t count)
{
    const struct class_rule *rule = &making->task->rule;
    const struct term *words = (const struct term *)(const void *)making->words.data;
    uint32_t most = 0, df;
    uint64_t sum = 0, read = 0;
    struct gram list;
    for (uint32_t i = 0; i < count; i++) {
        sum += words[i].all.df;
        most = words[i].all.df > most ? words[i].all.df : most;
        read += words[i].all.postings_bytes;
    }
    enum status status = class_union_count(&making->united, words, count, &df);
    bool listed = status == STATUS_OK && class_rule_list(rule, sum, most, df);
    bytes_clear(&making->lists);
    if (listed)
        status = class_union_write(&making->united, words, count, &making->lists, &list);
    forget_now_and_then(making, read);
    if (status != STATUS_OK)
        return status;
    classes_writer_add(making->writer, (const uint32_t *)(const void *)making->terms.data, count,
                       df, listed ? &list : NULL, bytes_slice(&making->lists));
    return classes_writer_status(making->writer);
}

/* The words of one stem. */
static enum status take_stem(void *context, struct run_reader *const *readers, size_t count)
{
    struct making *making = context;
    enum status status = STATUS_OK;
    bytes_clear(&making->terms);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = read_numbers(making, readers[i]);
    uint32_t members = (uint32_t)(making->terms.size / sizeof(uint32_t));
    if (status != STATUS_OK || members < 2)
        return status;
    status = read_words(making, members);
    return status == STATUS_OK ? add_class(making, members) : status;
}

/* --- One language ------------------------------------------------------------------------------*/

struct stemming {
    struct stemmer *stemmer;
    struct class_forms forms;
    struct inverter *inverter;
};

static enum status stem_word(struct stemming *stemming, struct slice word, uint32_t term)
{
    struct slice spelling = class_forms_of(&stemming->forms, word);
    if (word.size > STEM_WORD_BYTES)
        return STATUS_OK;
    struct slice stem = stemmer_stem(stemming->stemmer, spelling);
    if (!stem.data)
        return STATUS_NO_MEMORY;
    if (stem.size == 0 || stem.size > KEY_MAX_BYTES)
        return STATUS_OK;
    inverter_article(stemming->inverter, term);
    inverter_add(stemming->inverter, stem);
    return stemming->forms.status;
}

static enum status stem_words(struct making *making, struct stemming *stemming)
{
    struct lexicon_cursor cursor = {0};
    enum status status = STATUS_OK;
    lexicon_seek(&cursor, &making->lexicon, KEY_FIRST_WORD);
    inverter_begin(stemming->inverter, 0);
    for (uint32_t i = 1; status == STATUS_OK && lexicon_next(&cursor); i++) {
        status = stem_word(stemming, bytes_slice(&cursor.key), cursor.term.number);
        if (i % FORGET_TERMS == 0)
            snapshot_forget(making->snapshot);
    }
    if (status == STATUS_OK)
        status = cursor.status;
    lexicon_cursor_release(&cursor);
    return status == STATUS_OK ? inverter_end(stemming->inverter) : status;
}

static enum status merge_stems(struct making *making, struct inverter *inverter,
                               struct error *error)
{
    struct merge_sink sink = {making, take_stem};
    struct bytes runs = {0};
    bytes_append_slice(&runs, bytes_slice(inverter_runs(inverter)));
    enum status status = runs.status;
    if (status == STATUS_OK)
        status = merge_runs(&runs, share_of(making, SORT_SHARE), making->task->beside, &sink, NULL,
                            error);
    bytes_release(&runs);
    return status;
}

static enum status make_language(struct making *making, const char *code, struct error *error)
{
    size_t share = share_of(making, SORT_SHARE), memory = share < SORT_MOST ? share : SORT_MOST;
    struct stemming stemming = {.stemmer = stemmer_open(code)};
    class_forms_begin(&stemming.forms, making->forms);
    enum status status = stemming.stemmer ? stemming.forms.status : STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        stemming.inverter =
            inverter_open(memory, container_spool(making->task->container, error), error);
    if (status == STATUS_OK)
        status = stemming.inverter ? stem_words(making, &stemming) : error->status;
    if (status == STATUS_OK)
        status = inverter_finish(stemming.inverter, error);
    classes_writer_language(making->writer, code);
    if (status == STATUS_OK)
        status = merge_stems(making, stemming.inverter, error);
    inverter_close(stemming.inverter);
    class_forms_release(&stemming.forms);
    stemmer_close(stemming.stemmer);
    return status;
}

/* --- All ---------------------------------------------------------------------------------------*/

static enum status open_making(struct making *making, struct error *error)
{
    const struct class_task *task = making->task;
    struct merge_options options = {share_of(making, SORT_SHARE), task->beside};
    making->writer = classes_writer_open(task->container, &task->rule, error);
    if (making->writer)
        making->snapshot = snapshot_of_words(task->container, task->settings, error);
    if (making->snapshot)
        making->forms = container_spool(task->container, error);
    if (!making->forms)
        return error->status;
    impact_model_init(&making->model, task->settings);
    making->model.places = task->articles.places;
    making->united.snapshot = making->snapshot;
    making->united.articles = &task->articles;
    making->united.model = &making->model;
    enum status status = lexicon_open(&making->lexicon, making->snapshot);
    if (status == STATUS_OK)
        status = class_union_open(&making->united, share_of(making, UNION_SHARE));
    if (status == STATUS_OK)
        status =
            class_forms_write(task->spellings, &options, making->snapshot, making->forms, error);
    return status;
}

static void close_making(struct making *making)
{
    class_union_release(&making->united);
    spool_close(making->forms);
    snapshot_unref(making->snapshot);
    classes_writer_close(making->writer);
    bytes_release(&making->terms);
    bytes_release(&making->words);
    bytes_release(&making->lists);
}

enum status class_chunk_write(const struct class_task *task, struct error *error)
{
    struct making *making = memory_allocate_zeroed(1, sizeof *making);
    struct class_languages languages;
    if (!making)
        return error_set(error, STATUS_NO_MEMORY, "out of memory for classes of words");
    making->task = task;
    enum status status = open_making(making, error);
    if (status == STATUS_OK)
        status = class_languages_read(&languages, &making->lexicon, task->settings);
    for (size_t i = 0; status == STATUS_OK && i < languages.count; i++)
        status = make_language(making, languages.codes[i], error);
    if (status == STATUS_OK)
        status = classes_writer_finish(making->writer, share_of(making, ORDER_SHARE));
    close_making(making);
    memory_free(making);
    if (status != STATUS_OK && error->status == STATUS_OK)
        error_set(error, status, "cannot write classes of words: %s", status_name(status));
    return status;
}
