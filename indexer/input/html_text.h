/* The text of a page, as one who reads it sees it: blocks in lines of their own, white space made
 * one. */
#ifndef VERBATIM_INPUT_HTML_TEXT_H
#define VERBATIM_INPUT_HTML_TEXT_H

#include <stdint.h>

#include "base/bytes.h"
#include "input/html_tree.h"

struct html_wish {
    bool whole;         /* leave out nothing but script, style and raw markup */
    struct slice title; /* the first h1 is left out where it says this; empty for never */
};

/* Appends the text of the page below root. Adds to *dropped the elements left out. */
void html_text_append(struct bytes *out, const struct html_node *root, const struct html_wish *wish,
                      uint64_t *dropped);

/* All text below a node, with white space made one and none at the ends. */
void html_text_inline(struct bytes *out, const struct html_node *node);

#endif
