/* A page behind which there is nothing: to read past its end is to end. Vector loads are not all
 * seen by the address sanitizer. */
#ifndef VERBATIM_TESTS_CODEC_GUARDED_H
#define VERBATIM_TESTS_CODEC_GUARDED_H

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

struct guarded {
    uint8_t *data;
    size_t size;
};

static inline struct guarded guarded_page(void)
{
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *data =
        mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(data, MAP_FAILED);
    assert_int_equal(mprotect(data + size, size, PROT_NONE), 0);
    return (struct guarded){data, size};
}

static inline void guarded_release(struct guarded *page)
{
    munmap(page->data, 2 * page->size);
    page->data = NULL;
}

#endif
