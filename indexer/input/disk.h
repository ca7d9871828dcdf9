/* A file on the disk, or a pipe, as a source. */
#ifndef VERBATIM_INPUT_DISK_H
#define VERBATIM_INPUT_DISK_H

#include "input/intake.h"
#include "input/source.h"

/* Takes fd, whatever happens; false where memory ends. What is read is counted in intake. A regular
 * file at its beginning can seek. */
bool disk_open(struct intake *intake, int fd, struct source *source);

#endif
