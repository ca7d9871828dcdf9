#include "build/builder.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file_output.h"
#include "base/json_write.h"
#include "base/memory.h"
#include "base/transfer.h"
#include "build/builder_add.h"
#include "build/index_file.h"
#include "build/reorder.h"
#include "build/stage.h"
#include "store/container.h"
#include "store/settings.h"

struct builder {
    struct builder_options options;
    char lang[STORE_LANG_BYTES];
    struct file_output *out;
    struct stage *stage;     /* or, until all articles are there, … */
    struct reorder *reorder; /* where they are to be numbered anew */
    char *path;
    struct bytes extra, shown_title; /* of the article being taken */
    uint64_t text_bytes;
    enum status status;
};

_Static_assert((int)ARTICLE_LISTS == (int)FIELDS_LISTS, "columns are the lists of an article");

void builder_options_init(struct builder_options *options)
{
    *options = (struct builder_options){
        .memory_bytes = BUILDER_MEMORY_DEFAULT,
        .k1 = 1.2,
        .b = 0.6,
        .title_weight = 3,
        .lang = "en",
    };
}

size_t builder_max_article_bytes(const struct builder_options *options)
{
    return builder_memory(options) / 8;
}

/* Written as a range to be inside, so that a number that is none is outside. */
static bool within(double value, double least, double most)
{
    return value >= least && value <= most;
}

enum status builder_options_check(const struct builder_options *o, struct error *error)
{
    if (o->memory_bytes && o->memory_bytes < BUILDER_MEMORY_LEAST)
        return error_set(error, STATUS_INVALID,
                         "a memory budget of %zu bytes is too small: the least is %d MiB",
                         o->memory_bytes, BUILDER_MEMORY_LEAST >> 20);
    if (o->memory_bytes > BUILDER_MEMORY_MOST)
        return error_set(error, STATUS_INVALID,
                         "a memory budget of %zu bytes is too large: the most is 1 TiB",
                         o->memory_bytes);
    if (!within(o->k1, 0, 100) || !within(o->b, 0, 1) || !within(o->title_weight, 1, 64))
        return error_set(error, STATUS_INVALID,
                         "a ranking setting is out of range: k1 is 0 to 100, b 0 to 1, the title's "
                         "weight 1 to 64");
    if (o->gram_bound > BUILDER_GRAM_BOUND_MOST || o->class_bound > BUILDER_GRAM_BOUND_MOST)
        return error_set(error, STATUS_INVALID,
                         "the cost that gives words a list is out of range: it is at most 2^31");
    if (!o->lang || !*o->lang || strlen(o->lang) >= STORE_LANG_BYTES)
        return error_set(error, STATUS_INVALID, "the language is no code such as 'en'");
    return STATUS_OK;
}

static struct builder *builder_allocate(const char *path, const struct builder_options *options)
{
    struct builder *builder = memory_allocate_zeroed(1, sizeof *builder);
    char *copy = memory_allocate(strlen(path) + 1);
    if (!builder || !copy) {
        memory_free(builder);
        memory_free(copy);
        return NULL;
    }
    builder->path = strcpy(copy, path);
    builder->options = *options;
    builder->options.forget_bodies = options->forget_bodies && options->no_groups;
    strcpy(builder->lang, options->lang);
    builder->options.lang = builder->lang;
    return builder;
}

/* An -o before the articles with the index forgotten is not to cost the first of them. */
static enum status check_target(const char *path, struct error *error)
{
    char start[sizeof CONTAINER_MAGIC - 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t size = fd < 0 ? 0 : pread(fd, start, sizeof start, 0);
    if (fd >= 0)
        close(fd);
    if (size <= 0 || (size == sizeof start && memcmp(start, CONTAINER_MAGIC, sizeof start) == 0))
        return STATUS_OK;
    return error_set(error, STATUS_INVALID,
                     "cannot write '%s': a file that is no index is there, and is not replaced",
                     path);
}

static void open_taker(struct builder *builder, struct error *error)
{
    if (builder->options.reorder)
        builder->reorder = reorder_open(&builder->options, builder->path, error);
    else
        builder->stage = stage_open(&builder->options, builder->path, error);
}

struct builder *builder_open(const char *path, const struct builder_options *options,
                             struct error *error)
{
    if (builder_options_check(options, error) != STATUS_OK)
        return NULL;
    struct builder *builder = builder_allocate(path, options);
    if (!builder) {
        error_set(error, STATUS_NO_MEMORY, "cannot build '%s': out of memory", path);
        return NULL;
    }
    builder->out = file_output_open(path, error);
    if (builder->out && check_target(path, error) == STATUS_OK)
        open_taker(builder, error);
    if (!builder->stage && !builder->reorder) {
        builder_abandon(builder);
        return NULL;
    }
    return builder;
}

void builder_abandon(struct builder *builder)
{
    if (!builder)
        return;
    stage_close(builder->stage);
    reorder_close(builder->reorder);
    file_output_abandon(builder->out);
    bytes_release(&builder->extra);
    bytes_release(&builder->shown_title);
    memory_free(builder->path);
    memory_free(builder);
}

/* --- Taking an article -------------------------------------------------------------------------*/

static enum status check_article(const struct fields *fields, struct slice body,
                                 struct error *error)
{
    if (fields->id.size == 0)
        return error_set(error, STATUS_INVALID, "the article has no id");
    if (fields->id.size > ARTICLE_ID_BYTES)
        return error_set(error, STATUS_INVALID, "the article's id has %zu bytes: the most is %d",
                         fields->id.size, ARTICLE_ID_BYTES);
    if (body.size + fields->title.size > STORE_MAX_POSITION / 2)
        return error_set(error, STATUS_INVALID, "the article has %zu bytes of text: the most is %d",
                         body.size, STORE_MAX_POSITION / 2);
    return STATUS_OK;
}

/* From below comes that the system refused a temporary file's bytes; a person wants to know why. */
static enum status tell(const struct builder *builder, const struct error *cause,
                        struct error *error)
{
    int refusal = cause->status == STATUS_IO ? transfer_failure() : 0;
    if (refusal)
        return error_set_errno(error, refusal, "cannot write '%s'", builder->path);
    return error_set(error, cause->status, "%s", cause->text);
}

static uint32_t article_count(const struct builder *builder)
{
    return builder->reorder ? reorder_articles(builder->reorder) : stage_articles(builder->stage);
}

enum status builder_add_fields(struct builder *builder, const struct fields *fields,
                               struct slice body, struct error *error)
{
    if (builder->status != STATUS_OK)
        return error_set(error, builder->status, "the build has failed: %s",
                         status_name(builder->status));
    if (check_article(fields, body, error) != STATUS_OK)
        return error->status;
    if (article_count(builder) >= STORE_MAX_ARTICLES)
        return builder->status =
                   error_set(error, STATUS_LIMIT, "more than %d articles", STORE_MAX_ARTICLES);
    builder->text_bytes += body.size + fields->title.size;
    struct error cause = {0};
    builder->status = builder->reorder ? reorder_add(builder->reorder, fields, body, &cause)
                                       : stage_add(builder->stage, fields, body, &cause);
    return builder->status == STATUS_OK ? STATUS_OK : tell(builder, &cause, error);
}

/* The unknown fields as one JSON object; nothing where there are none. */
static void write_extra(const struct article *article, struct bytes *out)
{
    bytes_clear(out);
    struct json_writer w = {.out = out};
    if (article->extra_count == 0)
        return;
    json_begin_object(&w);
    for (size_t i = 0; i < article->extra_count; i++) {
        json_key_slice(&w, article->extra[i].name);
        bytes_append_slice(out, article->extra[i].json);
        w.comma = true;
    }
    json_end_object(&w);
}

static void write_shown_title(const struct article *article, struct bytes *out)
{
    bytes_clear(out);
    if (article->title.size)
        return;
    bool cut = false;
    bytes_append_slice(out, article_shown_title(article->title, article->body, &cut));
    if (cut)
        bytes_append_string(out, "…");
}

enum status builder_add(struct builder *builder, const struct article *article, struct error *error)
{
    write_extra(article, &builder->extra);
    write_shown_title(article, &builder->shown_title);
    struct fields fields = {
        .id = article->id,
        .title = article->title,
        .url = article->url,
        .shown_title = bytes_slice(&builder->shown_title),
        .date = date_pack(&article->date),
        .extra = bytes_slice(&builder->extra),
    };
    for (int i = 0; i < FIELDS_LISTS; i++)
        fields.lists[i] = (struct fields_list){article->lists[i].values, article->lists[i].count};
    if (builder->extra.status != STATUS_OK || builder->shown_title.status != STATUS_OK)
        return builder->status = error_set(error, STATUS_NO_MEMORY, "out of memory for an article");
    return builder_add_fields(builder, &fields, article->body, error);
}

void builder_totals(const struct builder *builder, struct builder_totals *totals)
{
    *totals = (struct builder_totals){
        .articles = article_count(builder),
        .text_bytes = builder->text_bytes,
    };
}

/* --- Building ----------------------------------------------------------------------------------*/

/* What was taken becomes a stage, where it is none. */
static enum status number_articles(struct builder *builder, struct error *error)
{
    if (!builder->reorder)
        return STATUS_OK;
    builder->stage = reorder_stage(builder->reorder, error);
    reorder_close(builder->reorder);
    builder->reorder = NULL;
    return error->status;
}

enum status builder_commit(struct builder *builder, struct builder_totals *totals,
                           void (*progress)(void *context, double done), void *context,
                           struct error *error)
{
    struct index_progress told = {progress, context};
    struct error cause = {0};
    enum status status = builder->status;
    builder_totals(builder, totals);
    if (status != STATUS_OK)
        error_set(&cause, status, "the build has failed: %s", status_name(status));
    else if ((status = number_articles(builder, &cause)) == STATUS_OK)
        status = index_file_write(&builder->stage, &builder->options, builder->path, builder->out,
                                  &told, &cause);
    totals->bodies_missed = status == STATUS_NOT_FOUND;
    if (status != STATUS_OK) {
        tell(builder, &cause, error);
    } else {
        totals->replaced = totals->articles - stage_articles(builder->stage);
        totals->articles = stage_articles(builder->stage);
        totals->words = stage_words(builder->stage);
        totals->file_bytes = file_output_size(builder->out);
        stage_close(builder->stage); /* while the disk writes */
        builder->stage = NULL;
        status = file_output_commit(builder->out, error);
        builder->out = NULL;
    }
    builder_abandon(builder);
    return status;
}
