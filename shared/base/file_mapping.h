/* A whole file mapped for reading. Any thread may read; one opens and closes. */
#ifndef VERBATIM_BASE_FILE_MAPPING_H
#define VERBATIM_BASE_FILE_MAPPING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct file_mapping {
    const uint8_t *data; /* NULL where the file is empty */
    uint64_t size;
    dev_t device; /* which file it is, to see that a path now names another one */
    ino_t inode;
};

/* STATUS_INVALID for what is no regular file, STATUS_IO for what the system refuses; on failure map
 * is zeroed. A file that is made shorter while it is mapped kills who reads past its end (SIGBUS).
 */
enum status file_mapping_open(struct file_mapping *map, const char *path, struct error *error);
/* Starts reading bytes from the disk that will be needed soon; from is a multiple of a page. By
 * itself the system reads nothing ahead: one random access would wait for megabytes. */
void file_mapping_fetch(const struct file_mapping *map, uint64_t from, uint64_t bytes);
void file_mapping_close(struct file_mapping *map); /* twice is fine */
/* Whether the path now names another file than the one mapped. False where it names none. */
bool file_mapping_replaced(const struct file_mapping *map, const char *path);

#endif
