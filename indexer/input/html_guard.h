/* Whether a page can be parsed in time that grows with its size.
 *
 * An HTML5 parser looks through all open elements again and again, and through all attributes of a tag for
 * each new one, so that a page made for it can keep it busy for hours. This pass over the bytes, linear in
 * their number, counts what could stand open and how many attributes a tag has. */
#ifndef VERBATIM_INPUT_HTML_GUARD_H
#define VERBATIM_INPUT_HTML_GUARD_H

#include "base/slice.h"

enum { HTML_MAX_OPEN = 2000, HTML_MAX_ATTRIBUTES = 2000 };

/* NULL where it can, else why not. */
const char *html_guard(struct slice text);

#endif
