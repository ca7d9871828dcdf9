/* Whole reads and writes at a place in a file, whatever the system hands over at a time. Any
 * thread. */
#ifndef VERBATIM_BASE_TRANSFER_H
#define VERBATIM_BASE_TRANSFER_H

#include <stddef.h>
#include <stdint.h>

/* 0, or the errno that ended it; a call that moves nothing, as at the end of a file, is EIO. */
int transfer_write(int fd, const void *data, size_t size, uint64_t offset);
int transfer_read(int fd, void *data, size_t size, uint64_t offset);

#endif
