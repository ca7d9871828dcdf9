#include "build/stored.h"

#include <string.h>

#include "base/memory.h"
#include "build/builder_add.h"
#include "store/classes_read.h"
#include "store/columns_read.h"
#include "store/documents_read.h"
#include "store/grams_read.h"
#include "store/settings.h"

/* Read before their pages are let go of: fewer where each may lie anywhere in the file. */
enum { ARTICLES_AT_ONCE = 1024, SCATTERED_AT_ONCE = 64, NO_ARTICLE = 0xFF };

enum status stored_options(const struct snapshot *snapshot, struct builder_options *options,
                           struct error *error)
{
    const struct settings *settings = snapshot_settings(snapshot);
    struct grams grams;
    struct classes classes;
    enum status status = grams_open(&grams, snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(snapshot, status, CHUNK_GRAMS, error);
    status = classes_open(&classes, snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(snapshot, status, CHUNK_CLASSES, error);
    options->k1 = settings->k1_thousandths / 1000.0;
    options->b = settings->b_thousandths / 1000.0;
    options->title_weight = settings->title_weight_thousandths / 1000.0;
    options->lang = settings->lang;
    options->no_text = !settings->has_text;
    options->no_grams = !grams.present;
    options->reorder = snapshot_has(snapshot, CHUNK_ORDER);
    options->no_classes = !classes.present;
    options->no_compounds = !snapshot_has(snapshot, CHUNK_COMPOUNDS);
    options->no_completions = !snapshot_has(snapshot, CHUNK_COMPLETIONS);
    options->no_titles = !snapshot_has(snapshot, CHUNK_TITLES);
    options->no_groups = !snapshot_has(snapshot, CHUNK_GROUPS);
    options->gram_bound = grams.rule.bound;
    options->class_bound = classes.rule.bound;
    options->gram_least_df = grams.rule.least_df;
    return STATUS_OK;
}

struct feeding {
    struct documents documents;
    struct arena arena;
    struct bytes body;
};

static enum status feed_article(struct feeding *feeding, struct builder *builder, uint32_t doc,
                                const struct stored_filter *filter, struct error *error)
{
    struct fields fields;
    arena_release(&feeding->arena);
    bytes_clear(&feeding->body);
    enum status status = documents_fields(&feeding->documents, doc, &feeding->arena, &fields);
    if (status == STATUS_OK && filter && filter->leave_out &&
        filter->leave_out(filter->context, fields.id))
        return STATUS_OK;
    if (status == STATUS_OK)
        status = documents_body(&feeding->documents, doc, &feeding->body);
    if (status == STATUS_OK)
        status = builder_add_fields(builder, &fields, bytes_slice(&feeding->body), error);
    return status;
}

/* By place in the input, the article that stands there; *docs stays NULL where that is the article
 * of the same number. */
static enum status find_docs(const struct snapshot *snapshot, uint32_t **docs)
{
    struct columns columns;
    enum status status = columns_open(&columns, snapshot);
    *docs = NULL;
    if (status != STATUS_OK || !columns.has_order)
        return status;
    size_t size = ((size_t)columns.article_count + 1) * sizeof **docs;
    *docs = memory_allocate(size);
    if (!*docs)
        return STATUS_NO_MEMORY;
    memset(*docs, NO_ARTICLE, size);
    for (uint32_t doc = 0, place; doc < columns.article_count && status == STATUS_OK; doc++) {
        status = columns_place(&columns, doc, &place);
        if (status == STATUS_OK && (*docs)[place] != UINT32_MAX)
            status = STATUS_CORRUPT;
        else if (status == STATUS_OK)
            (*docs)[place] = doc;
    }
    return status;
}

enum status stored_feed(struct builder *builder, const struct snapshot *snapshot,
                        const struct stored_filter *filter,
                        void (*progress)(void *context, uint32_t done, uint32_t all), void *context,
                        struct error *error)
{
    const struct settings *settings = snapshot_settings(snapshot);
    if (!settings->has_text)
        return error_set(error, STATUS_UNSUPPORTED,
                         "'%s' was built with --no-text: its articles cannot be read again",
                         snapshot_path(snapshot));
    struct feeding feeding = {0};
    uint32_t *docs = NULL;
    enum status status = documents_open(&feeding.documents, snapshot);
    if (status == STATUS_OK)
        status = find_docs(snapshot, &docs);
    for (uint32_t at = 0; at < settings->article_count && status == STATUS_OK; at++) {
        status = feed_article(&feeding, builder, docs ? docs[at] : at, filter, error);
        if (at % (docs ? SCATTERED_AT_ONCE : ARTICLES_AT_ONCE) == 0) {
            snapshot_forget(snapshot);
            if (progress)
                progress(context, at, settings->article_count);
        }
    }
    memory_free(docs);
    if (status != STATUS_OK && error->status == STATUS_OK)
        snapshot_explain(snapshot, status, CHUNK_TEXT, error);
    documents_release(&feeding.documents);
    arena_release(&feeding.arena);
    bytes_release(&feeding.body);
    return status;
}
