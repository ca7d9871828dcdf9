/* Whether a page can be parsed in time that grows with its size.
 *
 * An HTML5 parser looks through all open elements again and again, and through all attributes of a
 * tag for each new one, so that a page made for it can keep it busy for hours. This pass over the
 * bytes, linear in their number, counts what could stand open and how many attributes a tag has. */
#ifndef VERBATIM_INPUT_HTML_GUARD_H
#define VERBATIM_INPUT_HTML_GUARD_H

#include "base/bytes.h"
#include "base/slice.h"

enum { HTML_MAX_OPEN = 2000, HTML_MAX_ATTRIBUTES = 500 };

/* NULL where it can, else why not. Appends the page to out with an empty comment before every end
 * of a form: gumbo moves the words before it out of the form otherwise, up to the word behind. */
const char *html_guard(struct slice text, struct bytes *out);

#endif
