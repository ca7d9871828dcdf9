/* Any bytes as an index, their sums made right first so that nothing is refused for those alone:
 * everything is read, and what comes back keeps its promises (read_all.c); reading it twice gives
 * the same. */
#include "fuzz/fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/endian.h"
#include "base/error.h"
#include "base/hash.h"
#include "corrupt/read_all.h"
#include "store/check.h"
#include "store/container.h"

enum { CHUNKS = CHUNK_GRAMS + 1, MOST_BYTES = 1 << 17 };

/* The file being laid: chunks, then sums and table, then the header. */
struct laid {
    uint8_t *data;
    size_t size;
    uint8_t table[CHUNKS * CONTAINER_ENTRY_BYTES];
    uint32_t chunk_count;
};

static void lay_chunk(struct laid *laid, int id, const uint8_t *data, size_t size)
{
    uint8_t *entry = laid->table + laid->chunk_count++ * CONTAINER_ENTRY_BYTES;
    memcpy(entry, chunk_names[id], strlen(chunk_names[id]));
    store_le64(entry + CONTAINER_NAME_BYTES, laid->size);
    store_le64(entry + CONTAINER_NAME_BYTES + 8, size);
    memcpy(laid->data + laid->size, data, size);
    laid->size = (size_t)container_align(laid->size + size);
}

static void lay_end(struct laid *laid)
{
    uint8_t *data = laid->data;
    size_t sums = laid->size, pages = (sums + CONTAINER_PAGE_BYTES - 1) / CONTAINER_PAGE_BYTES;
    size_t table = sums + pages * CONTAINER_SUM_BYTES,
           table_bytes = laid->chunk_count * CONTAINER_ENTRY_BYTES;
    for (size_t page = 0; page < pages; page++) {
        size_t from = page ? page * CONTAINER_PAGE_BYTES : CONTAINER_HEADER_BYTES;
        size_t to = page + 1 < pages ? (page + 1) * CONTAINER_PAGE_BYTES : sums;
        store_le64(data + sums + page * CONTAINER_SUM_BYTES, hash_bytes(data + from, to - from));
    }
    memcpy(data + table, laid->table, table_bytes);
    laid->size = table + table_bytes;
    memcpy(data, CONTAINER_MAGIC, 8);
    store_le32(data + HEADER_VERSION, CONTAINER_VERSION);
    store_le32(data + HEADER_PAGE_LOG2, CONTAINER_PAGE_LOG2);
    store_le64(data + HEADER_FILE_BYTES, laid->size);
    store_le64(data + HEADER_SUMS, sums);
    store_le64(data + HEADER_PAGE_COUNT, pages);
    store_le64(data + HEADER_TABLE, table);
    store_le32(data + HEADER_CHUNK_COUNT, laid->chunk_count);
    store_le64(data + HEADER_TABLE_SUM, hash_bytes(data + sums, laid->size - sums));
    store_le64(data + HEADER_SUM, hash_bytes(data, HEADER_SUM));
}

/* The input is eleven 16-bit sizes and the bytes of eleven chunks; a size of 65535 leaves a chunk
 * out. */
static void lay(struct laid *laid, const uint8_t *data, size_t size)
{
    const uint8_t *at = data + 2 * CHUNKS, *end = data + size;
    laid->size = CONTAINER_HEADER_BYTES;
    for (int id = 0; id < CHUNKS; id++) {
        size_t bytes = load_le16(data + 2 * id), left = (size_t)(end - at);
        if (bytes == UINT16_MAX)
            continue;
        bytes = bytes < left ? bytes : left;
        lay_chunk(laid, id, at, bytes);
        at += bytes;
    }
    lay_end(laid);
}

static int memory_file(const uint8_t *data, size_t size)
{
    struct laid laid = {0};
    int fd = memfd_create("index", MFD_CLOEXEC);
    fuzz_demand(fd >= 0 && ftruncate(fd, MOST_BYTES) == 0);
    laid.data = mmap(NULL, MOST_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    fuzz_demand(laid.data != MAP_FAILED);
    lay(&laid, data, size);
    munmap(laid.data, MOST_BYTES);
    fuzz_demand(ftruncate(fd, (off_t)laid.size) == 0);
    return fd;
}

static void count_report(void *context, enum chunk_id chunk, const char *what)
{
    fuzz_demand(chunk < CHUNK_COUNT && what[0]);
    ++*(unsigned *)context;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {0};
    char path[64];
    unsigned reports = 0;
    bool whole, whole_again;
    if (size < 2 * CHUNKS || size > MOST_BYTES / 2)
        return 0;
    int fd = memory_file(data, size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct snapshot *snapshot = snapshot_open(path, &error);
    if (snapshot) {
        uint64_t hash = read_all(snapshot, &whole);
        fuzz_demand(read_all(snapshot, &whole_again) == hash && whole == whole_again);
        enum status status = store_check(snapshot, count_report, &reports);
        fuzz_demand((status == STATUS_OK) == (reports == 0) || status == STATUS_NO_MEMORY);
        fuzz_demand(whole || reports); /* whatever a reader refuses, the check tells */
        snapshot_unref(snapshot);
    } else {
        fuzz_demand(error.status != STATUS_OK && error.text[0]);
    }
    close(fd);
    return 0;
}
