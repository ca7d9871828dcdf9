#include "build/index_file.h"

#include <string.h>

#include "base/pool.h"
#include "build/builder.h"
#include "build/class_chunk.h"
#include "build/completion_chunk.h"
#include "build/compound_chunk.h"
#include "build/gram_chunk.h"
#include "build/group_chunk.h"
#include "build/ids.h"
#include "build/relay.h"
#include "build/stage.h"
#include "build/title_chunk.h"
#include "store/columns_write.h"
#include "store/documents_read.h"
#include "store/documents_write.h"
#include "store/norm.h"
#include "store/snapshot.h"
#include "store/term_write.h"

/* The share of the memory budget for merging and for sorting ids; the inverters are gone by then.
 */
enum { MERGE_SHARE = 4, FRONT_SHARE = 4, GRAM_THREAD_BYTES = 16 << 20 };

static size_t merge_memory(const struct builder_options *options)
{
    return builder_memory(options) / MERGE_SHARE;
}

static uint32_t thousandths(double value)
{
    return (uint32_t)(value * 1000 + 0.5);
}

static void make_settings(struct stage *stage, const struct builder_options *options,
                          struct settings *settings)
{
    const uint8_t *norms = column_writer_norms(stage_columns(stage));
    *settings = (struct settings){
        .article_count = stage_articles(stage),
        .word_count = stage_words(stage),
        .title_word_count = stage_title_words(stage),
        .k1_thousandths = thousandths(options->k1),
        .b_thousandths = thousandths(options->b),
        .title_weight_thousandths = thousandths(options->title_weight),
        .has_text = !options->no_text,
    };
    for (uint32_t i = 0; i < settings->article_count; i++)
        settings->length_sum += norm_length(norms[i]);
    memcpy(settings->lang, options->lang, strlen(options->lang));
}

static enum status write_settings(struct stage *stage, const struct settings *settings,
                                  struct error *error)
{
    struct chunk_writer *chunk = container_chunk(stage_container(stage), CHUNK_SETTINGS, error);
    struct bytes out = {0};
    settings_write(settings, &out);
    if (chunk && out.status == STATUS_OK)
        chunk_append(chunk, out.data, out.size);
    if (out.status != STATUS_OK)
        error_set(error, out.status, "out of memory for settings");
    bytes_release(&out);
    return error->status;
}

/* --- Terms -------------------------------------------------------------------------------------*/

static void tell_merge(void *context, uint64_t done, uint64_t all)
{
    const struct index_progress *progress = context;
    if (progress->tell)
        progress->tell(progress->context, all ? (double)done / (double)all : 1);
}

/* How words are merged; NULL to write none. */
struct term_plan {
    const char *beside;
    size_t threads;
    const struct index_progress *progress;
};

enum { ENCODER_BYTES = 4 << 20 }; /* of memory, that one more thread is worth */

static size_t encoder_count(size_t threads, size_t memory)
{
    size_t most = memory / ENCODER_BYTES;
    threads = threads ? threads : pool_processors();
    threads = threads < most ? threads : most;
    return threads < BUILDER_THREADS_MOST ? threads : BUILDER_THREADS_MOST;
}

static enum status merge_terms(struct stage *stage, struct term_writer *writer,
                               const struct relay_options *options, const struct term_plan *plan,
                               struct error *error)
{
    struct bytes runs = {0};
    struct merge_progress tell = {tell_merge, (void *)(uintptr_t)plan->progress};
    struct relay *relay = relay_open(writer, options, error);
    stage_runs(stage, &runs);
    enum status status = runs.status ? runs.status : error->status;
    if (status == STATUS_OK) {
        struct merge_sink sink = relay_sink(relay);
        status = merge_runs(&runs, options->memory, plan->beside, &sink, &tell, error);
    }
    if (status == STATUS_OK)
        status = relay_finish(relay);
    relay_close(relay);
    bytes_release(&runs);
    stage_drop_runs(stage);
    return status;
}

static enum status write_terms(struct stage *stage, const struct settings *settings, size_t memory,
                               const struct term_plan *plan, struct error *error)
{
    struct impact_model model;
    struct impact_table table;
    impact_model_init(&model, settings);
    model.places = stage_places(stage);
    impact_table_init(&table, &model);
    struct relay_options options = {
        .container = stage_container(stage),
        .model = &model,
        .norms = column_writer_norms(stage_columns(stage)),
        .article_count = settings->article_count,
        .threads = encoder_count(plan->threads, memory),
        .memory = memory,
    };
    stage_lend(stage, 2 * memory);
    struct term_writer *writer =
        term_writer_open(options.container, &model, options.norms, options.article_count, error);
    if (!writer)
        return error->status;
    enum status status = merge_terms(stage, writer, &options, plan, error);
    if (status == STATUS_OK)
        status = term_writer_finish(writer);
    if (status != STATUS_OK)
        error_set(error, status, "cannot write words: %s", status_name(status));
    term_writer_close(writer);
    return status;
}

static enum status write_ids(struct stage *stage, size_t memory, struct error *error)
{
    struct id_writer *writer = id_writer_open(stage_container(stage), stage_articles(stage), error);
    if (!writer)
        return error->status;
    enum status status = id_collector_write(stage_ids(stage), memory, writer, error);
    if (status == STATUS_OK)
        status = id_writer_finish(writer);
    if (status != STATUS_OK)
        error_set(error, status, "cannot write ids: %s", status_name(status));
    id_writer_close(writer);
    return status;
}

static enum status finish_documents(struct stage *stage, struct error *error)
{
    enum status status = document_writer_finish(stage_documents(stage));
    if (status != STATUS_OK)
        error_set(error, status, "cannot write articles: %s", status_name(status));
    return status;
}

/* --- Runs of words -----------------------------------------------------------------------------*/

static struct gram_rule rule_of(const struct builder_options *options)
{
    struct gram_rule rule = gram_rule_default();
    if (options->gram_bound)
        rule.bound = options->gram_bound;
    if (options->gram_least_df)
        rule.least_df = options->gram_least_df;
    return rule;
}

static struct gram_articles articles_of(struct stage *stage)
{
    return (struct gram_articles){stage_articles(stage), column_writer_norms(stage_columns(stage)),
                                  column_writer_title_words(stage_columns(stage)),
                                  stage_places(stage)};
}

static enum status write_grams(struct stage *stage, const struct settings *settings,
                               const struct builder_options *options, struct error *error)
{
    size_t memory = builder_memory(options);
    size_t threads = options->threads ? options->threads : pool_processors();
    size_t most = memory / GRAM_THREAD_BYTES;
    struct gram_task task = {
        .container = stage_container(stage),
        .settings = settings,
        .articles = articles_of(stage),
        .rule = rule_of(options),
        .memory = memory,
        .threads = threads < most ? threads : most,
        .text_bytes = options->gram_text_bytes,
    };
    stage_lend(stage, gram_chunk_memory(&task));
    return gram_chunk_write(&task, error);
}

/* --- Words of one stem, and compounds ----------------------------------------------------------*/

static enum status write_variants(struct stage *stage, const struct settings *settings,
                                  const struct builder_options *options, const char *beside,
                                  struct error *error)
{
    struct bytes spellings = {0};
    stage_spellings(stage, &spellings);
    struct class_task task = {
        .container = stage_container(stage),
        .settings = settings,
        .articles = articles_of(stage),
        .rule = class_rule_default(),
        .spellings = &spellings,
        .beside = beside,
        .memory = builder_memory(options),
    };
    if (options->class_bound)
        task.rule.bound = options->class_bound;
    stage_lend(stage, task.memory / 2);
    enum status status = spellings.status;
    if (status == STATUS_OK && !options->no_classes)
        status = class_chunk_write(&task, error);
    if (status == STATUS_OK && !options->no_compounds)
        status = compound_chunk_write(&task, error);
    bytes_release(&spellings);
    return status;
}

/* --- The whole file ----------------------------------------------------------------------------*/

/* What stands in the file in front of the runs of words, titles and groups: needs none of them. */
struct front {
    struct stage *stage;
    struct file_output *out;
    size_t memory;
    bool no_text, no_titles;
    const struct settings *settings;
    const char *beside; /* NULL: words are not written, so nothing of both */
    struct error error;
};

static enum status write_titles(struct front *front)
{
    struct title_task task = {
        .container = stage_container(front->stage),
        .settings = front->settings,
        .log = stage_titles(front->stage),
        .beside = front->beside,
        .memory = front->memory,
    };
    return task.beside && !front->no_titles ? title_chunk_write(&task, &front->error) : STATUS_OK;
}

/* While the text is there to be compared. */
static enum status write_groups(struct front *front)
{
    struct group_task task = {
        .container = stage_container(front->stage),
        .settings = front->settings,
        .sketches = stage_sketches(front->stage),
        .samples = stage_samples(front->stage),
        .places = stage_places(front->stage),
    };
    return task.sketches && front->beside ? group_chunk_write(&task, &front->error) : STATUS_OK;
}

static void write_front(void *context, size_t worker)
{
    (void)worker;
    struct front *front = context;
    enum status status = finish_documents(front->stage, &front->error);
    if (status == STATUS_OK)
        status = write_groups(front);
    if (front->no_text)
        container_drop(stage_container(front->stage), CHUNK_TEXT);
    if (status == STATUS_OK)
        status = column_writer_finish(stage_columns(front->stage));
    if (status == STATUS_OK)
        status = write_ids(front->stage, front->memory, &front->error);
    if (status == STATUS_OK)
        status =
            container_begin(stage_container(front->stage), CHUNK_GRAMS, front->out, &front->error);
    if (status == STATUS_OK)
        status = write_titles(front);
    if (status != STATUS_OK)
        error_set(&front->error, status, "cannot write the index: %s", status_name(status));
}

/* Words do not move in memory once they are mapped: so they can be laid while they are read. */
static enum status hold_words_still(struct stage *stage, struct error *error)
{
    struct slice data;
    enum status status = STATUS_OK;
    for (int id = CHUNK_LEXICON; id <= CHUNK_POSITIONS && status == STATUS_OK; id++)
        status = container_map(stage_container(stage), (enum chunk_id)id, &data, error);
    return status;
}

/* Both at once where there is a thread for each. */
static enum status write_front_and_grams(struct front *front, const struct settings *settings,
                                         const struct builder_options *options, struct error *error)
{
    enum status status = hold_words_still(front->stage, error);
    struct pool *pool = status == STATUS_OK && options->threads != 1 ? pool_open(1) : NULL;
    if (pool)
        pool_submit(pool, write_front, front);
    if (status == STATUS_OK)
        status = write_grams(front->stage, settings, options, error);
    if (!pool && status == STATUS_OK)
        write_front(front, 0);
    pool_close(pool);
    return status;
}

/* Of all that is written so far. */
static enum status write_completions(struct stage *stage, const struct settings *settings,
                                     const struct builder_options *options, const char *beside,
                                     struct error *error)
{
    struct completion_task task = {
        .container = stage_container(stage),
        .settings = settings,
        .log = stage_titles(stage),
        .beside = beside,
        .has_text = !options->no_text,
        .memory = merge_memory(options),
    };
    stage_lend(stage, builder_memory(options) / 2);
    return completion_chunk_write(&task, error);
}

static enum status write_parts(struct stage *stage, const struct builder_options *options,
                               const struct term_plan *terms, struct file_output *out,
                               struct error *error)
{
    struct settings settings;
    size_t memory = merge_memory(options);
    struct front front = {
        .stage = stage,
        .out = out,
        .memory = memory / FRONT_SHARE,
        .no_text = options->no_text,
        .no_titles = options->no_titles,
        .settings = &settings,
        .beside = terms ? terms->beside : NULL,
    };
    make_settings(stage, options, &settings);
    enum status status = write_settings(stage, &settings, error);
    if (status == STATUS_OK && terms)
        status = write_terms(stage, &settings, memory, terms, error);
    if (status == STATUS_OK && terms && (!options->no_classes || !options->no_compounds))
        status = write_variants(stage, &settings, options, terms->beside, error);
    if (status == STATUS_OK && terms && !options->no_grams)
        status = write_front_and_grams(&front, &settings, options, error);
    else if (status == STATUS_OK)
        write_front(&front, 0);
    if (status == STATUS_OK && front.error.status != STATUS_OK)
        status = error_set(error, front.error.status, "%s", front.error.text);
    if (status == STATUS_OK && terms && !options->no_completions)
        status = write_completions(stage, &settings, options, terms->beside, error);
    if (status == STATUS_OK)
        status = container_finish(stage_container(stage), out, error);
    if (status != STATUS_OK)
        error_set(error, status, "cannot write the index: %s", status_name(status));
    return status;
}

/* --- Ids that met twice ------------------------------------------------------------------------*/

/* Articles in a new order, taken from a file that holds no more than they. */
static enum status add_in_order(struct stage *stage, const struct snapshot *snapshot,
                                const struct bytes *order, struct error *error)
{
    struct documents documents;
    struct arena arena = {0};
    struct bytes body = {0};
    enum status status = documents_open(&documents, snapshot);
    const uint32_t *docs = (const uint32_t *)(const void *)order->data;
    for (size_t i = 0; i < order->size / sizeof *docs && status == STATUS_OK; i++) {
        struct fields fields;
        arena_release(&arena);
        bytes_clear(&body);
        status = documents_fields(&documents, docs[i], &arena, &fields);
        if (status == STATUS_OK)
            status = documents_body(&documents, docs[i], &body);
        if (status == STATUS_OK)
            status = stage_add(stage, &fields, bytes_slice(&body), error);
        if (i % 1024 == 0)
            snapshot_forget(snapshot);
    }
    if (status != STATUS_OK)
        error_set(error, status, "cannot read articles again: %s", status_name(status));
    documents_release(&documents);
    arena_release(&arena);
    bytes_release(&body);
    return status;
}

/* The first's documents alone, for reading them again: without any terms, but with the text. */
static enum status write_documents_alone(struct stage *stage, const struct builder_options *options,
                                         struct file_output *out, struct error *error)
{
    struct builder_options with_text = *options;
    with_text.no_text = false;
    for (int id = CHUNK_LEXICON; id <= CHUNK_POSITIONS; id++)
        if (!container_chunk(stage_container(stage), (enum chunk_id)id, error))
            return error->status;
    return write_parts(stage, &with_text, NULL, out, error);
}

/* A second stage with the articles in their order. The output itself lends its place to the first's
 * documents and is emptied afterwards. */
static enum status restage(struct stage **stage, const struct bytes *order,
                           const struct builder_options *options, const char *beside,
                           struct file_output *out, struct error *error)
{
    char path[FILE_OUTPUT_READ_PATH];
    enum status status = write_documents_alone(*stage, options, out, error);
    stage_close(*stage);
    *stage = NULL;
    if (status == STATUS_OK)
        status = file_output_read_path(out, path, error);
    struct snapshot *snapshot = status == STATUS_OK ? snapshot_open(path, error) : NULL;
    if (snapshot)
        *stage = stage_open(options, beside, error);
    if (*stage && add_in_order(*stage, snapshot, order, error) == STATUS_OK)
        stage_finish(*stage, error);
    snapshot_unref(snapshot);
    if (error->status == STATUS_OK)
        file_output_truncate(out);
    return error->status;
}

enum status index_file_write(struct stage **stage, const struct builder_options *options,
                             const char *beside, struct file_output *out,
                             const struct index_progress *progress, struct error *error)
{
    struct bytes order = {0};
    struct term_plan terms = {beside, options->threads, progress};
    enum status status = stage_finish(*stage, error);
    if (status == STATUS_OK)
        status = id_collector_order(stage_ids(*stage), merge_memory(options), &order, error);
    if (status == STATUS_OK && order.size && options->forget_bodies)
        status = error_set(error, STATUS_NOT_FOUND, "ids meet twice, and bodies are forgotten");
    else if (status == STATUS_OK && order.size)
        status = restage(stage, &order, options, beside, out, error);
    bytes_release(&order);
    if (status == STATUS_OK)
        status = write_parts(*stage, options, &terms, out, error);
    return status;
}
