/* Where a file is to stand, its folder held open, and the names that lie beside it:
 *
 *     .NAME.lock       held by flock while somebody writes the target
 *     .NAME.PID.tmp    the new file, between link and rename
 *     .NAME.PID.N.tmp  a spool, unlinked as soon as it is made
 *
 * The last is made only where the system knows no unnamed files; there the second has its name from
 * the start.
 * A NAME too long to be lengthened is its beginning and a hash. */
#ifndef VERBATIM_BASE_PLACE_H
#define VERBATIM_BASE_PLACE_H

#include <limits.h>
#include <stdbool.h>

#include "base/error.h"

struct place {
    int folder;              /* -1 where closed */
    char name[NAME_MAX + 1]; /* in the folder; symbolic links of the path are followed */
    char stem[NAME_MAX + 1]; /* ".NAME", for the names beside it */
};

/* The path need not exist, but its folder must. On failure the target is closed. */
enum status place_open(struct place *place, const char *path, struct error *error);
void place_close(struct place *place); /* twice is fine */

/* A new file for reading and writing, mode 0666 & ~umask. Unnamed, name[0] being 0, where the
 * system can give an unnamed file a name later; else name says how it is called. number tells apart
 * several of one process; 0 is the output. Returns the descriptor, or -1 with errno. */
int place_create(const struct place *place, unsigned number, char name[NAME_MAX + 1]);
/* The name that the output gets between link and rename. */
void place_output_name(const struct place *place, char name[NAME_MAX + 1]);

/* Takes the lock, or fails with EWOULDBLOCK where somebody else has it. Returns its descriptor, or
 * -1 with errno. */
int place_lock(const struct place *place);
void place_unlock(const struct place *place, int lock);
/* Removes what writers that died left beside the place. Only under the lock: then nobody alive has
 * any. */
void place_clear_leftovers(const struct place *place);

#endif
