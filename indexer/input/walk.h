/* The files of a folder, in bytewise order of their paths.
 *
 * Symbolic links are never followed, so that nothing outside the folder is read. Names that begin
 * with a dot are left alone and named once a folder; so is whatever is neither a file nor a folder.
 */
#ifndef VERBATIM_INPUT_WALK_H
#define VERBATIM_INPUT_WALK_H

#include <stdbool.h>

#include "base/error.h"

struct walk {
    void *context;
    /* A regular file, opened for reading, which the callee closes. relative is its path below the
     * folder. Not STATUS_OK ends the walk. */
    enum status (*file)(void *context, const char *path, const char *relative, int fd);
    /* What was left alone or cannot be opened. May be NULL. */
    enum status (*left)(void *context, const char *path, const char *reason, bool unreadable);
};

/* fd is the folder's, taken; path is how it was named. */
enum status walk_folder(const struct walk *walk, const char *path, int fd);

#endif
