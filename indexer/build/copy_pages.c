#include "build/copy_pages.h"

#include <string.h>

#include "base/memory.h"
#include "base/spool.h"

/* A page has one slot it can be in. What is as long as several pages is read past them. */
enum { PAGE_BYTES = 4096, SLOTS = 512, LONG_BYTES = 4 * PAGE_BYTES };

struct copy_pages {
    const struct spool *spool;
    uint64_t held[SLOTS]; /* the page in each slot and one; 0: none */
    uint8_t bytes[SLOTS][PAGE_BYTES];
};

struct copy_pages *copy_pages_open(const struct spool *spool)
{
    struct copy_pages *pages = memory_allocate_zeroed(1, sizeof *pages);
    if (pages)
        pages->spool = spool;
    return pages;
}

void copy_pages_close(struct copy_pages *pages)
{
    memory_free(pages);
}

static enum status load(struct copy_pages *pages, uint64_t page, const uint8_t **bytes)
{
    size_t slot = page % SLOTS;
    *bytes = pages->bytes[slot];
    if (pages->held[slot] == page + 1)
        return STATUS_OK;
    uint64_t offset = page * PAGE_BYTES, left = spool_size(pages->spool) - offset;
    size_t size = left < PAGE_BYTES ? (size_t)left : PAGE_BYTES;
    pages->held[slot] = 0;
    enum status status = spool_read(pages->spool, offset, pages->bytes[slot], size);
    if (status == STATUS_OK)
        pages->held[slot] = page + 1;
    return status;
}

enum status copy_pages_read(struct copy_pages *pages, uint64_t offset, void *data, size_t size)
{
    uint64_t all = spool_size(pages->spool);
    if (size > all || offset > all - size)
        return STATUS_IO;
    if (size >= LONG_BYTES || spool_held(pages->spool, offset, size))
        return spool_read(pages->spool, offset, data, size);
    uint8_t *to = data;
    while (size) {
        const uint8_t *bytes = NULL;
        enum status status = load(pages, offset / PAGE_BYTES, &bytes);
        if (status != STATUS_OK)
            return status;
        size_t from = offset % PAGE_BYTES, rest = PAGE_BYTES - from, n = size < rest ? size : rest;
        memcpy(to, bytes + from, n);
        to += n;
        offset += n;
        size -= n;
    }
    return STATUS_OK;
}
