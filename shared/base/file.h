/* Files: a new one that takes its place in one step, a temporary one that nobody else sees, and an old
 * one mapped for reading. */
#ifndef VERBATIM_BASE_FILE_H
#define VERBATIM_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/* --- An output that replaces its target in one step, or not at all -------------------------------
 *
 * Written to an unnamed file (O_TMPFILE) in the target's folder, else to ".NAME.PID.tmp", and made the
 * target by fsync, rename and fsync of the folder. While it is open the target is locked: a second
 * writer gets STATUS_BUSY. What killed writers of the same target left behind is removed at open.
 * One thread at a time, but file_output_write_at may run beside others of its kind. */
struct file_output; /* owned */

struct file_output *file_output_open(const char *path, struct error *error);
/* Appends. A failed write is sticky: later calls return the same status. */
enum status file_output_write(struct file_output *out, const void *data, size_t size);
enum status file_output_write_at(struct file_output *out, uint64_t offset, const void *data, size_t size);
uint64_t file_output_size(const struct file_output *out); /* bytes appended so far */
/* Publishes and closes; out is gone whatever it returns. If only the folder's fsync fails, the rename
 * has happened, and the error's text says "durability unknown". */
enum status file_output_commit(struct file_output *out, struct error *error);
void file_output_abandon(struct file_output *out); /* the target stays as it was; NULL is allowed */

/* --- A spool: bytes appended now and read again later ---------------------------------------------
 *
 * Unnamed, in the folder of the path given, gone when it is closed or the process dies. Appending is
 * buffered and by one thread; reading, by any number of them, starts after spool_flush. */
struct spool; /* owned */

struct spool *spool_open(const char *beside_path, struct error *error);
enum status spool_append(struct spool *spool, const void *data, size_t size); /* sticky, as above */
enum status spool_flush(struct spool *spool, struct error *error);
uint64_t spool_size(const struct spool *spool);
/* Exactly size bytes; fewer are STATUS_IO. */
enum status spool_read(const struct spool *spool, uint64_t offset, void *data, size_t size);
void spool_truncate(struct spool *spool); /* to nothing, to be filled anew */
void spool_close(struct spool *spool);    /* NULL is allowed */

/* --- A whole file mapped for reading --------------------------------------------------------------*/
struct file_mapping {
    const uint8_t *data; /* NULL where the file is empty */
    uint64_t size;
    dev_t device; /* which file it is, to see that a path now names another one */
    ino_t inode;
};

enum status file_mapping_open(struct file_mapping *map, const char *path, struct error *error);
void file_mapping_close(struct file_mapping *map); /* twice is fine */
/* Whether the path now names another file than the one mapped. False where it names none. */
bool file_mapping_replaced(const struct file_mapping *map, const char *path);

#endif
