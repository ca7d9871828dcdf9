/* The allocator that every room uses, so that a test can make any one allocation fail.
 *
 * Any thread. What comes from here goes back to memory_free. */
#ifndef VERBATIM_BASE_MEMORY_H
#define VERBATIM_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Not zeroed; NULL where there is none. A size of 0 gives a pointer that can be freed. */
void *memory_allocate(size_t size);
/* The same on large pages where the system has them: for arrays of megabytes with random access. */
void *memory_allocate_large(size_t size);
/* Zeroed; NULL also where count × size overflows. */
void *memory_allocate_zeroed(size_t count, size_t size);
/* As realloc: on failure NULL, and the old block stays. */
void *memory_resize(void *block, size_t size);
void memory_free(void *block); /* NULL is allowed */

/* Address space that takes memory only where it is touched, zeroed then; size is not 0. NULL where
 * there is none. Goes back to memory_unreserve, whole, with the same size. */
void *memory_reserve(size_t size);
/* The same on large pages, where the system has them. What is walked at random is found faster on
 * these; what is gone through once is not, and large pages that nobody had before are dear. */
void *memory_reserve_large(size_t size);
void memory_unreserve(void *block, size_t size);

/* For tests. Allocation number n from now on (1 is the next) fails, and where persistent all behind
 * it too; 0 turns it off. Returns how many allocations were made since the last call. */
size_t memory_fail_at(size_t n, bool persistent);

#endif
