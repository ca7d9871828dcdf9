/* Where a file is to stand, its folder held open, and the names that lie beside it:
 *
 *     .NAME.lock       held by flock while somebody writes the target
 *     .NAME.PID.tmp    the new file, where the system knows no unnamed ones, or between link and
 * rename .NAME.PID.N.tmp  a spool, where the system knows no unnamed ones; unlinked as soon as it
 * is made
 *
 * A NAME too long to be lengthened is its beginning and a hash. */
#ifndef VERBATIM_BASE_TARGET_H
#define VERBATIM_BASE_TARGET_H

#include <limits.h>
#include <stdbool.h>

#include "base/error.h"

struct target {
    int folder;              /* -1 where closed */
    char name[NAME_MAX + 1]; /* in the folder; symbolic links of the path are followed */
    char stem[NAME_MAX + 1]; /* ".NAME", for the names beside it */
};

/* The path need not exist, but its folder must. On failure the target is closed. */
enum status target_open(struct target *target, const char *path, struct error *error);
void target_close(struct target *target); /* twice is fine */

/* A new file for reading and writing, mode 0666 & ~umask. Unnamed, name[0] being 0, where the
 * system can give an unnamed file a name later; else name says how it is called. number tells apart
 * several of one process; 0 is the output. Returns the descriptor, or -1 with errno. */
int target_create(const struct target *target, unsigned number, char name[NAME_MAX + 1]);
/* The name that the output gets between link and rename. */
void target_output_name(const struct target *target, char name[NAME_MAX + 1]);

/* Takes the lock, or fails with EWOULDBLOCK where somebody else has it. Returns its descriptor, or
 * -1 with errno. */
int target_lock(const struct target *target);
void target_unlock(const struct target *target, int lock);
/* Removes what writers that died left beside the target. Only under the lock: then nobody alive has
 * any. */
void target_clear_leftovers(const struct target *target);

#endif
