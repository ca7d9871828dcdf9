#include "search/collection.h"

#include "base/memory.h"
#include "search/hidden.h"

static enum status open_classes(struct collection_file *file)
{
    enum status status = classes_open(&file->classes, file->snapshot);
    if (status != STATUS_OK || !file->classes.present)
        return status;
    status = classes_language(&file->classes, file->settings->lang, &file->language);
    file->has_language = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status open_file(struct collection_file *file, const char *path, struct error *error)
{
    file->snapshot = snapshot_open(path, error);
    if (!file->snapshot)
        return error->status;
    file->settings = snapshot_settings(file->snapshot);
    enum status status = lexicon_open(&file->lexicon, file->snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(file->snapshot, status, CHUNK_LEXICON, error);
    status = columns_open(&file->columns, file->snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(file->snapshot, status, CHUNK_TITLE_WORDS, error);
    status = grams_open(&file->grams, file->snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(file->snapshot, status, CHUNK_GRAMS, error);
    status = titles_open(&file->titles, file->snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(file->snapshot, status, CHUNK_TITLES, error);
    status = groups_open(&file->groups, file->snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(file->snapshot, status, CHUNK_GROUPS, error);
    status = completions_open(&file->completions, file->snapshot, file->lexicon.block_count);
    if (status != STATUS_OK)
        return snapshot_explain(file->snapshot, status, CHUNK_COMPLETIONS, error);
    status = open_classes(file);
    if (status != STATUS_OK)
        return snapshot_explain(file->snapshot, status, CHUNK_CLASSES, error);
    status = compounds_open(&file->compounds, file->snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(file->snapshot, status, CHUNK_COMPOUNDS, error);
    impact_model_init(&file->model, file->settings);
    return STATUS_OK;
}

enum status collection_open(struct collection *collection, const char *const *paths, size_t count,
                            struct error *error)
{
    *collection = (struct collection){0};
    if (count == 0)
        return error_set(error, STATUS_INVALID, "no index file is given");
    collection->files = memory_allocate_zeroed(count, sizeof *collection->files);
    if (!collection->files)
        return error_set(error, STATUS_NO_MEMORY, "cannot open '%s': out of memory", paths[0]);
    collection->file_count = count;
    for (size_t i = 0; i < count; i++) {
        if (open_file(&collection->files[i], paths[i], error) != STATUS_OK)
            return error->status;
        collection->article_count += collection->files[i].settings->article_count;
    }
    return hidden_find(collection, error);
}

void collection_close(struct collection *collection)
{
    for (size_t i = 0; i < collection->file_count; i++) {
        snapshot_unref(collection->files[i].snapshot);
        memory_free(collection->files[i].hidden);
    }
    memory_free(collection->files);
    *collection = (struct collection){0};
}
