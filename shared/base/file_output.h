/* An output that replaces its target in one step, or not at all.
 *
 * Written to an unnamed file (O_TMPFILE) in the target's folder, else to ".NAME.PID.tmp", and made
 * the target by fsync, rename and fsync of the folder. While it is open the target is locked by
 * ".NAME.lock", gone again at the end: a second writer gets STATUS_BUSY. What killed writers of the
 * same target left behind is removed at open. Where the path is a symbolic link, what it points to
 * is replaced and the link stays. A new file has the mode 0666 & ~umask, one that replaces another
 * keeps that one's. One thread at a time, but file_output_write_at may run beside others of its
 * kind. */
#ifndef VERBATIM_BASE_FILE_OUTPUT_H
#define VERBATIM_BASE_FILE_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct file_output; /* owned */

/* NULL with the cause in the error. A program that limits its files' size ignores SIGXFSZ. */
struct file_output *file_output_open(const char *path, struct error *error);
/* Appends. A failed write is sticky: later calls return the same status, and the commit tells the
 * cause. */
enum status file_output_write(struct file_output *out, const void *data, size_t size);
/* Writes over what was appended before: offset + size is at most file_output_size. Sticky as
 * above. */
enum status file_output_write_at(struct file_output *out, uint64_t offset, const void *data,
                                 size_t size);
uint64_t file_output_size(const struct file_output *out); /* bytes appended so far */

/* Flushes, and gives a path by which this process can open what was written before it has a name.
 */
enum { FILE_OUTPUT_READ_PATH = 64 };
enum status file_output_read_path(struct file_output *out, char path[FILE_OUTPUT_READ_PATH],
                                  struct error *error);
/* To nothing, to be filled anew. Sticky as above. */
enum status file_output_truncate(struct file_output *out);

/* Begins to bring what was appended so far to the disk, and does not wait for it: a hint. */
void file_output_begin_sync(struct file_output *out);

/* Publishes and closes; out is gone whatever it returns. If only the folder's fsync fails, the
 * rename has happened, and the error's text says "durability unknown". After any other failure, a
 * sticky one among them, the target is as it was. */
enum status file_output_commit(struct file_output *out, struct error *error);
void file_output_abandon(struct file_output *out); /* the target stays as it was; NULL is allowed */

#endif
