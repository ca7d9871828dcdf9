/* Whole reads and writes at a place in a file, whatever the system hands over at a time. Any
 * thread. */
#ifndef VERBATIM_BASE_TRANSFER_H
#define VERBATIM_BASE_TRANSFER_H

#include <stddef.h>
#include <stdint.h>

/* 0, or the errno that ended it; a call that moves nothing, as at the end of a file, is EIO. */
int transfer_write(int fd, const void *data, size_t size, uint64_t offset);
int transfer_read(int fd, void *data, size_t size, uint64_t offset);

/* What ended the last transfer of this process that failed; 0: none did. A STATUS_IO from deep
 * below tells only that one did; whoever tells a person asks here why. */
int transfer_failure(void);

#endif
