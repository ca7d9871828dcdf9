/* The tree of an HTML page, as HTML5 builds it. The one place that knows gumbo. */
#ifndef VERBATIM_INPUT_HTML_TREE_H
#define VERBATIM_INPUT_HTML_TREE_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/status.h"

struct html_tree; /* owned; one thread at a time */
struct html_node; /* borrowed from its tree */

/* Pages as they are take well under a second. This ends what gets past html_guard.h. */
enum { HTML_TREE_SECONDS = 60 };

/* The text, valid UTF-8, must outlast the tree. STATUS_LIMIT where the tree needs more than
 * `memory` bytes, STATUS_DEADLINE where it takes too long, STATUS_NO_MEMORY where there is none. */
enum status html_tree_open(struct html_tree **tree, struct slice text, size_t memory);
void html_tree_close(struct html_tree *tree); /* NULL is allowed */

const struct html_node *html_tree_root(const struct html_tree *tree); /* the html element */

/* The node after this one in the order of the page, below root; NULL at the end. Leaves out what is
 * inside the node where inside is false. Nothing here recurses, however deep the tree. */
const struct html_node *html_after(const struct html_node *node, const struct html_node *root,
                                   bool inside);
const struct html_node *html_parent(const struct html_node *node); /* NULL above the root */
/* The first; NULL where there is none. */
const struct html_node *html_child(const struct html_node *node);

/* Lower case; as written for elements that HTML does not know; empty for what is no element. */
struct slice html_name(const struct html_node *node);
/* What a text node says, character references resolved; empty for all others. */
struct slice html_text(const struct html_node *node);
/* NULL where the element has no such attribute. */
const char *html_attribute(const struct html_node *node, const char *name);

#endif
