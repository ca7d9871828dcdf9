#include "corrupt/victim.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/endian.h"
#include "base/hash.h"
#include "scratch.h"
#include "store/container.h"

void victim_open(struct victim *victim, const char *path)
{
    struct stat file;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    scratch_demand(fd >= 0 && fstat(fd, &file) == 0, path);
    snprintf(victim->path, sizeof victim->path, "%s", path);
    victim->size = (size_t)file.st_size;
    victim->data = mmap(NULL, victim->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    scratch_demand(victim->data != MAP_FAILED, path);
    close(fd);
    victim->body_end = load_le64(victim->data + HEADER_SUMS);
}

void victim_close(struct victim *victim)
{
    munmap(victim->data, victim->size);
}

static void mend_page(struct victim *victim, size_t page)
{
    size_t from = page * CONTAINER_PAGE_BYTES, to = from + CONTAINER_PAGE_BYTES;
    if (page == 0)
        from = CONTAINER_HEADER_BYTES;
    if (to > victim->body_end)
        to = victim->body_end;
    store_le64(victim->data + victim->body_end + page * CONTAINER_SUM_BYTES,
               hash_bytes(victim->data + from, to - from));
}

void victim_mend(struct victim *victim, size_t at, size_t size)
{
    for (size_t page = at / CONTAINER_PAGE_BYTES; page <= (at + size - 1) / CONTAINER_PAGE_BYTES;
         page++)
        if (page * CONTAINER_PAGE_BYTES < victim->body_end)
            mend_page(victim, page);
    store_le64(victim->data + HEADER_TABLE_SUM,
               hash_bytes(victim->data + victim->body_end, victim->size - victim->body_end));
    store_le64(victim->data + HEADER_SUM, hash_bytes(victim->data, HEADER_SUM));
}
