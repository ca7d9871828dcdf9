/* What the process may still do once it listens: read the folders of its indexes, and talk to those
 * who connect. No new privileges, no other file, no program, no connection of its own. */
#ifndef VERBATIM_HTTP_SANDBOX_H
#define VERBATIM_HTTP_SANDBOX_H

#include "base/error.h"
#include "http/settings.h"

/* Closes it for this thread and those it starts from now on. Where the kernel has no Landlock or no
 * seccomp a warning says so and the rest stands. Does nothing in a build with sanitizers, which
 * need more. */
void sandbox_close(const struct http_settings *settings);

#endif
