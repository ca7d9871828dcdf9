#include "store/container_read.h"

#include <stdbool.h>
#include <string.h>

#include "base/endian.h"
#include "base/hash.h"

#define KNOWN_FEATURES (CONTAINER_REORDERED | CONTAINER_LEADS)

static enum status damaged(struct error *error, const char *path, const char *what)
{
    return error_set(error, STATUS_CORRUPT, "cannot open '%s': it is damaged: %s", path, what);
}

static enum status check_header(const uint8_t *data, uint64_t size, const char *path,
                                struct error *error)
{
    if (size < 8 || memcmp(data, CONTAINER_MAGIC, 8) != 0)
        return error_set(error, STATUS_INVALID, "cannot open '%s': it is not an index of Verbatim",
                         path);
    if (size < CONTAINER_HEADER_BYTES)
        return damaged(error, path, "it ends within its header");
    if (load_le64(data + HEADER_SUM) != hash_bytes(data, HEADER_SUM))
        return damaged(error, path, "the header fails its checksum");
    uint32_t version = load_le32(data + HEADER_VERSION);
    if (version != CONTAINER_VERSION)
        return error_set(error, STATUS_UNSUPPORTED,
                         "cannot open '%s': its format version %u is not known", path,
                         (unsigned)version);
    uint64_t unknown = load_le64(data + HEADER_REQUIRED) & ~KNOWN_FEATURES;
    if (unknown)
        return error_set(error, STATUS_UNSUPPORTED,
                         "cannot open '%s': it needs the unknown feature %d", path,
                         __builtin_ctzll(unknown));
    uint64_t told = load_le64(data + HEADER_FILE_BYTES);
    if (told != size)
        return error_set(error, STATUS_CORRUPT,
                         "cannot open '%s': it is damaged: it has %llu bytes and not %llu", path,
                         (unsigned long long)size, (unsigned long long)told);
    return STATUS_OK;
}

static bool zeros(const uint8_t *from, const uint8_t *to)
{
    for (; from < to; from++)
        if (*from)
            return false;
    return true;
}

/* Body, sums and table fill the file exactly. */
static bool parts_fit(const uint8_t *data, uint64_t size)
{
    uint64_t sums = load_le64(data + HEADER_SUMS), pages = load_le64(data + HEADER_PAGE_COUNT);
    uint64_t table = load_le64(data + HEADER_TABLE), chunks = load_le32(data + HEADER_CHUNK_COUNT);
    if (load_le32(data + HEADER_PAGE_LOG2) != CONTAINER_PAGE_LOG2 ||
        load_le32(data + HEADER_CHUNK_COUNT + 4) != 0 ||
        !zeros(data + HEADER_ZEROS, data + HEADER_SUM))
        return false;
    if (sums < CONTAINER_HEADER_BYTES || sums > size || sums % CONTAINER_ALIGNMENT ||
        chunks > CHUNK_COUNT)
        return false;
    if (pages != (sums + CONTAINER_PAGE_BYTES - 1) / CONTAINER_PAGE_BYTES)
        return false;
    if (pages * CONTAINER_SUM_BYTES > size - sums)
        return false;
    return table == sums + pages * CONTAINER_SUM_BYTES &&
           size - table == chunks * CONTAINER_ENTRY_BYTES;
}

static int chunk_of_name(const uint8_t name[CONTAINER_NAME_BYTES])
{
    for (int id = 0; id < CHUNK_COUNT; id++) {
        char padded[CONTAINER_NAME_BYTES] = {0};
        memcpy(padded, chunk_names[id], strlen(chunk_names[id]));
        if (memcmp(padded, name, sizeof padded) == 0)
            return id;
    }
    return -1;
}

static enum status unknown_chunk(const uint8_t *entry, const char *path, struct error *error)
{
    char name[CONTAINER_NAME_BYTES + 1] = {0};
    for (int i = 0; i < CONTAINER_NAME_BYTES && entry[i]; i++)
        name[i] = entry[i] > 0x20 && entry[i] < 0x7F ? (char)entry[i] : '?';
    return error_set(error, STATUS_UNSUPPORTED, "cannot open '%s': chunk '%s' is not known", path,
                     name);
}

/* Chunks lie in the order of their numbers, each at the first place that is aligned, with no hole.
 */
static enum status read_table(struct container *container, const uint8_t *data, const char *path,
                              struct error *error)
{
    const uint8_t *entry = data + load_le64(data + HEADER_TABLE);
    uint32_t count = load_le32(data + HEADER_CHUNK_COUNT);
    uint64_t end = CONTAINER_HEADER_BYTES;
    int previous = -1;
    for (uint32_t i = 0; i < count; i++, entry += CONTAINER_ENTRY_BYTES) {
        int id = chunk_of_name(entry);
        uint64_t offset = load_le64(entry + CONTAINER_NAME_BYTES);
        uint64_t bytes = load_le64(entry + CONTAINER_NAME_BYTES + 8);
        if (id < 0)
            return unknown_chunk(entry, path, error);
        if (id <= previous || offset != container_align(end) || offset > container->sums_offset ||
            bytes > container->sums_offset - offset)
            return damaged(error, path, "the chunk table contradicts itself");
        container->chunks[id] = (struct chunk_place){offset, bytes};
        end = offset + bytes;
        previous = id;
    }
    bool reordered = container->features & CONTAINER_REORDERED;
    bool leads = container->features & CONTAINER_LEADS;
    if (container_align(end) != container->sums_offset ||
        reordered != (container->chunks[CHUNK_ORDER].offset != 0) ||
        (leads && container->chunks[CHUNK_TEXT].offset == 0))
        return damaged(error, path, "the chunk table contradicts the header");
    return STATUS_OK;
}

enum status container_read(struct container *container, const uint8_t *data, uint64_t size,
                           const char *path, struct error *error)
{
    memset(container, 0, sizeof *container);
    enum status status = check_header(data, size, path, error);
    if (status != STATUS_OK)
        return status;
    if (!parts_fit(data, size))
        return damaged(error, path, "the header contradicts itself");
    container->features = load_le64(data + HEADER_REQUIRED);
    container->sums_offset = load_le64(data + HEADER_SUMS);
    container->page_count = load_le64(data + HEADER_PAGE_COUNT);
    container->sums = data + container->sums_offset;
    container->checksum = hash_bytes(container->sums, (size_t)(size - container->sums_offset));
    if (container->checksum != load_le64(data + HEADER_TABLE_SUM))
        return damaged(error, path, "the page sums and the chunk table fail their checksum");
    return read_table(container, data, path, error);
}
