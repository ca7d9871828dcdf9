#include "store/snapshot.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "base/bytes.h"
#include "base/endian.h"
#include "base/file_mapping.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "store/container_read.h"
#include "store/container_write.h"
#include "store/hash_entry.h"
#include "store/settings.h"

#define NO_PAGE UINT64_MAX

enum { FETCHED_PAGES = 16 }; /* 1 MiB: of a long view, and of a whole file that is verified */

struct snapshot {
    atomic_uint references;
    char *path;
    struct file_mapping map;
    struct container container;
    const uint8_t *starts[CHUNK_COUNT]; /* of the chunks; NULL where absent or empty */
    struct container_writer *writer;    /* borrowed; whose words these are; NULL: of a file */
    struct settings settings;
    _Atomic uint64_t *seen; /* a bit a page: compared with its sum and equal */
    atomic_bool all_seen;
    _Atomic uint64_t failed_page; /* the last one that failed; NO_PAGE for none */
    _Atomic int failed_chunk;
};

static uint64_t page_sum(const struct snapshot *snapshot, uint64_t page)
{
    uint64_t from = page * CONTAINER_PAGE_BYTES, to = from + CONTAINER_PAGE_BYTES;
    if (page == 0)
        from = CONTAINER_HEADER_BYTES;
    if (to > snapshot->container.sums_offset)
        to = snapshot->container.sums_offset;
    return hash_bytes(snapshot->map.data + from, (size_t)(to - from));
}

static bool page_seen(const struct snapshot *snapshot, uint64_t page)
{
    return atomic_load_explicit(&snapshot->seen[page / 64], memory_order_relaxed) >> page % 64 & 1;
}

/* The file never changes, so threads may compare a page twice, and the order of their stores is
 * nothing. */
static bool compare_page(const struct snapshot *snapshot, uint64_t page)
{
    if (page_sum(snapshot, page) !=
        load_le64(snapshot->container.sums + page * CONTAINER_SUM_BYTES))
        return false;
    atomic_fetch_or_explicit(&snapshot->seen[page / 64], (uint64_t)1 << page % 64,
                             memory_order_relaxed);
    return true;
}

/* The first page of [page, end) that fails its sum, or end. What is not yet in memory is asked for
 * at once, a few pages ahead. */
static uint64_t first_bad(const struct snapshot *snapshot, uint64_t page, uint64_t end)
{
    for (uint64_t fetched = page; page < end; page++) {
        if (page_seen(snapshot, page))
            continue;
        if (page >= fetched) {
            fetched = end - page < FETCHED_PAGES ? end : page + FETCHED_PAGES;
            file_mapping_fetch(&snapshot->map, page * CONTAINER_PAGE_BYTES,
                               (fetched - page) * CONTAINER_PAGE_BYTES);
        }
        if (!compare_page(snapshot, page))
            break;
    }
    return page;
}

static void note_failure(const struct snapshot *snapshot, uint64_t page, enum chunk_id id)
{
    struct snapshot *noted = (struct snapshot *)(uintptr_t)snapshot;
    atomic_store(&noted->failed_chunk, (int)id);
    atomic_store(&noted->failed_page, page);
}

/* Apart, so that what nearly every view comes to is short. */
__attribute__((noinline)) static enum status
check_pages(const struct snapshot *snapshot, enum chunk_id id, uint64_t from, uint64_t end)
{
    uint64_t page = first_bad(snapshot, from, end);
    if (page == end)
        return STATUS_OK;
    note_failure(snapshot, page, id);
    return STATUS_CORRUPT;
}

enum status snapshot_view(const struct snapshot *snapshot, enum chunk_id id, uint64_t offset,
                          uint64_t bytes, const uint8_t **data)
{
    const struct chunk_place *chunk = &snapshot->container.chunks[id];
    if (!snapshot->starts[id] || offset > chunk->bytes || bytes > chunk->bytes - offset)
        return STATUS_CORRUPT;
    uint64_t from = chunk->offset + offset;
    *data = snapshot->starts[id] + offset;
    if (bytes == 0 || atomic_load_explicit(&snapshot->all_seen, memory_order_relaxed))
        return STATUS_OK;
    uint64_t first = from >> CONTAINER_PAGE_LOG2;
    uint64_t last = (from + bytes - 1) >> CONTAINER_PAGE_LOG2;
    if (first == last && page_seen(snapshot, first))
        return STATUS_OK;
    return check_pages(snapshot, id, first, last + 1);
}

enum status snapshot_footer(const struct snapshot *snapshot, enum chunk_id id, uint64_t bytes,
                            const uint8_t **footer, uint64_t *left)
{
    uint64_t all = snapshot_chunk_bytes(snapshot, id);
    if (all < bytes)
        return STATUS_CORRUPT;
    *left = all - bytes;
    return snapshot_view(snapshot, id, *left, bytes, footer);
}

static enum status explain_page(const struct snapshot *snapshot, uint64_t page, int id,
                                struct error *error)
{
    return error_set(error, STATUS_CORRUPT,
                     "'%s' is damaged: chunk '%s', page %llu at byte %llu fails its checksum",
                     snapshot->path, chunk_names[id], (unsigned long long)page,
                     (unsigned long long)(page * CONTAINER_PAGE_BYTES));
}

enum status snapshot_explain(const struct snapshot *snapshot, enum status status, enum chunk_id id,
                             struct error *error)
{
    if (status != STATUS_CORRUPT)
        return error_set(error, status, "cannot read '%s': %s", snapshot->path,
                         status_name(status));
    uint64_t page = atomic_load(&snapshot->failed_page);
    if (page != NO_PAGE)
        return explain_page(snapshot, page, atomic_load(&snapshot->failed_chunk), error);
    return error_set(error, status, "'%s' is damaged: chunk '%s' contradicts itself",
                     snapshot->path, chunk_names[id]);
}

/* The chunk that most of a page belongs to. */
static enum chunk_id chunk_of_page(const struct snapshot *snapshot, uint64_t page)
{
    uint64_t from = page * CONTAINER_PAGE_BYTES, to = from + CONTAINER_PAGE_BYTES, most = 0;
    enum chunk_id found = CHUNK_SETTINGS;
    for (int id = 0; id < CHUNK_COUNT; id++) {
        const struct chunk_place *chunk = &snapshot->container.chunks[id];
        uint64_t start = chunk->offset > from ? chunk->offset : from;
        uint64_t end = chunk->offset + chunk->bytes < to ? chunk->offset + chunk->bytes : to;
        if (start < end && end - start > most) {
            most = end - start;
            found = (enum chunk_id)id;
        }
    }
    return found;
}

enum status snapshot_verify(const struct snapshot *snapshot, struct error *error)
{
    uint64_t page = first_bad(snapshot, 0, snapshot->container.page_count);
    if (page < snapshot->container.page_count) {
        enum chunk_id id = chunk_of_page(snapshot, page);
        note_failure(snapshot, page, id);
        return explain_page(snapshot, page, (int)id, error);
    }
    atomic_store(&((struct snapshot *)(uintptr_t)snapshot)->all_seen, true);
    return STATUS_OK;
}

enum chunk_id snapshot_failed_chunk(const struct snapshot *snapshot)
{
    return (enum chunk_id)atomic_load(&snapshot->failed_chunk);
}

bool snapshot_is_padded(const struct snapshot *snapshot)
{
    const struct container *container = &snapshot->container;
    for (int id = 0; id < CHUNK_COUNT; id++) {
        uint64_t at = container->chunks[id].offset + container->chunks[id].bytes;
        for (; at && at < container_align(at); at++)
            if (snapshot->map.data[at])
                return false;
    }
    return true;
}

/* --- Open and close ----------------------------------------------------------------------------*/

/* What an index cannot be without. The text may be absent. */
static enum status check_chunks(const struct snapshot *snapshot, struct error *error)
{
    for (int id = CHUNK_SETTINGS; id <= CHUNK_FIELDS; id++)
        if (!snapshot_has(snapshot, (enum chunk_id)id))
            return error_set(error, STATUS_CORRUPT,
                             "cannot open '%s': it is damaged: chunk '%s' is missing",
                             snapshot->path, chunk_names[id]);
    return STATUS_OK;
}

static enum status read_settings(struct snapshot *snapshot, struct error *error)
{
    const uint8_t *data;
    uint64_t bytes = snapshot_chunk_bytes(snapshot, CHUNK_SETTINGS);
    enum status status = snapshot_view(snapshot, CHUNK_SETTINGS, 0, bytes, &data);
    if (status == STATUS_OK)
        status = settings_read(slice_of(data, (size_t)bytes), &snapshot->settings);
    if (status == STATUS_OK && snapshot->settings.has_text != snapshot_has(snapshot, CHUNK_TEXT))
        status = STATUS_CORRUPT;
    return status == STATUS_OK ? status : snapshot_explain(snapshot, status, CHUNK_SETTINGS, error);
}

/* The number of articles is what others allocate by: a file that claims more than it holds is
 * refused here. */
static enum status check_columns_fit(const struct snapshot *snapshot, struct error *error)
{
    static const struct {
        enum chunk_id id;
        uint64_t bytes;
    } columns[] = {{CHUNK_NORMS, 1}, {CHUNK_IDS, HASH_ENTRY_BYTES}};
    uint64_t count = snapshot->settings.article_count;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (snapshot_chunk_bytes(snapshot, columns[i].id) != count * columns[i].bytes)
            return error_set(error, STATUS_CORRUPT,
                             "cannot open '%s': it is damaged: chunk '%s' is not of %llu articles",
                             snapshot->path, chunk_names[columns[i].id], (unsigned long long)count);
    return STATUS_OK;
}

static void set_starts(struct snapshot *snapshot)
{
    for (int id = 0; id < CHUNK_COUNT; id++)
        if (snapshot->container.chunks[id].offset)
            snapshot->starts[id] = snapshot->map.data + snapshot->container.chunks[id].offset;
}

static enum status open_parts(struct snapshot *snapshot, struct error *error)
{
    enum status status = file_mapping_open(&snapshot->map, snapshot->path, error);
    if (status == STATUS_OK)
        status = container_read(&snapshot->container, snapshot->map.data, snapshot->map.size,
                                snapshot->path, error);
    if (status != STATUS_OK)
        return status;
    set_starts(snapshot);
    snapshot->seen = memory_allocate_zeroed((size_t)(snapshot->container.page_count + 63) / 64, 8);
    if (!snapshot->seen)
        return error_set(error, STATUS_NO_MEMORY, "cannot open '%s': out of memory",
                         snapshot->path);
    status = check_chunks(snapshot, error);
    if (status == STATUS_OK)
        status = read_settings(snapshot, error);
    return status == STATUS_OK ? check_columns_fit(snapshot, error) : status;
}

struct snapshot *snapshot_open(const char *path, struct error *error)
{
    struct snapshot *snapshot = memory_allocate_zeroed(1, sizeof *snapshot);
    char *copy = memory_allocate(strlen(path) + 1);
    if (!snapshot || !copy) {
        memory_free(snapshot);
        memory_free(copy);
        error_set(error, STATUS_NO_MEMORY, "cannot open '%s': out of memory", path);
        return NULL;
    }
    snapshot->path = strcpy(copy, path);
    atomic_init(&snapshot->references, 1);
    atomic_init(&snapshot->failed_page, NO_PAGE);
    if (open_parts(snapshot, error) == STATUS_OK)
        return snapshot;
    snapshot_unref(snapshot);
    return NULL;
}

static enum status map_chunk(struct snapshot *snapshot, enum chunk_id id, struct error *error)
{
    struct slice data;
    enum status status = container_map(snapshot->writer, id, &data, error);
    snapshot->starts[id] = (const uint8_t *)data.data;
    snapshot->container.chunks[id].bytes = data.size;
    return status;
}

enum status snapshot_add_chunk(struct snapshot *snapshot, enum chunk_id id, struct error *error)
{
    return map_chunk(snapshot, id, error);
}

static struct snapshot *snapshot_of(struct container_writer *container,
                                    const struct settings *settings, enum chunk_id first,
                                    enum chunk_id last, struct error *error)
{
    struct snapshot *snapshot = memory_allocate_zeroed(1, sizeof *snapshot);
    if (!snapshot) {
        error_set(error, STATUS_NO_MEMORY, "cannot read again what was written: out of memory");
        return NULL;
    }
    atomic_init(&snapshot->references, 1);
    atomic_init(&snapshot->failed_page, NO_PAGE);
    atomic_init(&snapshot->all_seen, true);
    snapshot->settings = *settings;
    snapshot->writer = container;
    snapshot->container.features = CONTAINER_LEADS;
    for (int id = (int)first; id <= (int)last; id++)
        if (map_chunk(snapshot, (enum chunk_id)id, error) != STATUS_OK) {
            snapshot_unref(snapshot);
            return NULL;
        }
    return snapshot;
}

struct snapshot *snapshot_of_words(struct container_writer *container,
                                   const struct settings *settings, struct error *error)
{
    return snapshot_of(container, settings, CHUNK_LEXICON, CHUNK_POSITIONS, error);
}

struct snapshot *snapshot_of_documents(struct container_writer *container,
                                       const struct settings *settings, struct error *error)
{
    return snapshot_of(container, settings, CHUNK_FIELDS, CHUNK_TEXT, error);
}

struct snapshot *snapshot_ref(struct snapshot *snapshot)
{
    atomic_fetch_add_explicit(&snapshot->references, 1, memory_order_relaxed);
    return snapshot;
}

void snapshot_unref(struct snapshot *snapshot)
{
    if (!snapshot || atomic_fetch_sub_explicit(&snapshot->references, 1, memory_order_acq_rel) > 1)
        return;
    file_mapping_close(&snapshot->map);
    memory_free(snapshot->seen);
    memory_free(snapshot->path);
    memory_free(snapshot);
}

/* --- What it knows -----------------------------------------------------------------------------*/

const struct settings *snapshot_settings(const struct snapshot *snapshot)
{
    return &snapshot->settings;
}

uint64_t snapshot_checksum(const struct snapshot *snapshot)
{
    return snapshot->container.checksum;
}

uint64_t snapshot_file_bytes(const struct snapshot *snapshot)
{
    return snapshot->map.size;
}

const char *snapshot_path(const struct snapshot *snapshot)
{
    return snapshot->path;
}

bool snapshot_replaced(const struct snapshot *snapshot)
{
    return file_mapping_replaced(&snapshot->map, snapshot->path);
}

bool snapshot_has(const struct snapshot *snapshot, enum chunk_id id)
{
    return snapshot->starts[id] != NULL;
}

bool snapshot_has_leads(const struct snapshot *snapshot)
{
    return snapshot->container.features & CONTAINER_LEADS;
}

uint64_t snapshot_chunk_bytes(const struct snapshot *snapshot, enum chunk_id id)
{
    return snapshot->container.chunks[id].bytes;
}

void snapshot_forget(const struct snapshot *snapshot)
{
    for (int id = 0; snapshot->writer && id < CHUNK_COUNT; id++)
        if (snapshot->starts[id])
            container_forget(snapshot->writer, (enum chunk_id)id);
    if (!snapshot->writer)
        madvise((void *)(uintptr_t)snapshot->map.data, (size_t)snapshot->map.size, MADV_DONTNEED);
}
