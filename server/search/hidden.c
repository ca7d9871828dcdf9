#include "search/hidden.h"

#include "base/memory.h"
#include "store/documents_read.h"

struct pair { /* of files: the ids of `few` are looked up in `many` */
    struct collection_file *few, *many, *earlier;
    struct documents few_documents, many_documents;
    uint64_t hash;       /* the last one of `few` */
    uint32_t many_at;    /* of the ids of `many`: all before it have a lesser hash */
    enum chunk_id chunk; /* that is being read */
};

static enum status hide(struct collection_file *file, uint32_t doc)
{
    if (!file->hidden)
        file->hidden = memory_allocate_zeroed(file->settings->article_count / 8 + 1, 1);
    if (!file->hidden)
        return STATUS_NO_MEMORY;
    if (!collection_hides(file, doc))
        file->hidden_count++;
    file->hidden[doc / 8] = (uint8_t)(file->hidden[doc / 8] | 1 << doc % 8);
    return STATUS_OK;
}

/* Whether an id of this hash is in `many`. */
static enum status meets(struct pair *pair, uint64_t hash, bool *met)
{
    const struct columns *columns = &pair->many->columns;
    uint64_t there = ~hash;
    uint32_t doc;
    enum status status = columns_seek_id(columns, hash, pair->many_at, &pair->many_at);
    if (status == STATUS_OK && pair->many_at < columns->article_count)
        status = columns_id_entry(columns, pair->many_at, &there, &doc);
    *met = there == hash;
    return status;
}

/* The ids themselves, of an article whose hash met another. */
static enum status look_up(struct pair *pair, uint32_t doc, struct arena *arena)
{
    struct fields fields;
    uint32_t other;
    enum status status = documents_fields(&pair->few_documents, doc, arena, &fields);
    if (status == STATUS_OK)
        status = columns_find_id(&pair->many->columns, &pair->many_documents, fields.id, &other);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    return status == STATUS_OK ? hide(pair->earlier, pair->earlier == pair->few ? doc : other)
                               : status;
}

static enum status look_up_entry(struct pair *pair, uint32_t at, struct arena *arena)
{
    uint64_t hash = 0;
    uint32_t doc;
    bool met = false;
    pair->chunk = CHUNK_IDS;
    enum status status = columns_id_entry(&pair->few->columns, at, &hash, &doc);
    if (status == STATUS_OK && hash < pair->hash)
        status = STATUS_CORRUPT;
    pair->hash = hash;
    if (status == STATUS_OK)
        status = meets(pair, hash, &met);
    if (status != STATUS_OK || !met)
        return status;
    pair->chunk = CHUNK_FIELDS;
    status = look_up(pair, doc, arena);
    arena_clear(arena);
    return status;
}

/* Both files have their ids by hash; stored fields are read only where two hashes meet. */
static enum status look_up_all(struct pair *pair)
{
    struct arena arena;
    arena_init(&arena, 0);
    enum status status = documents_open(&pair->few_documents, pair->few->snapshot);
    if (status == STATUS_OK)
        status = documents_open(&pair->many_documents, pair->many->snapshot);
    for (uint32_t at = 0; at < pair->few->settings->article_count && status == STATUS_OK; at++)
        status = look_up_entry(pair, at, &arena);
    arena_release(&arena);
    documents_release(&pair->few_documents);
    documents_release(&pair->many_documents);
    return status;
}

/* Of the two files the one of which a page failed. */
static enum status explain(const struct pair *pair, struct error *error)
{
    bool many = snapshot_failed_chunk(pair->many->snapshot) != CHUNK_SETTINGS;
    return snapshot_explain(many ? pair->many->snapshot : pair->few->snapshot, STATUS_CORRUPT,
                            pair->chunk, error);
}

static enum status find_in_pair(struct collection_file *earlier, struct collection_file *later,
                                struct error *error)
{
    bool earlier_is_less = earlier->settings->article_count < later->settings->article_count;
    struct pair pair = {.few = earlier_is_less ? earlier : later,
                        .many = earlier_is_less ? later : earlier,
                        .earlier = earlier};
    enum status status = look_up_all(&pair);
    if (status == STATUS_CORRUPT)
        return explain(&pair, error);
    if (status != STATUS_OK)
        return error_set(error, status, "cannot compare '%s' with '%s': out of memory",
                         snapshot_path(earlier->snapshot), snapshot_path(later->snapshot));
    return STATUS_OK;
}

enum status hidden_find(struct collection *collection, struct error *error)
{
    for (size_t later = 1; later < collection->file_count; later++)
        for (size_t earlier = 0; earlier < later; earlier++)
            if (find_in_pair(&collection->files[earlier], &collection->files[later], error) !=
                STATUS_OK)
                return error->status;
    for (size_t i = 0; i < collection->file_count; i++)
        collection->hidden_count += collection->files[i].hidden_count;
    return STATUS_OK;
}
