#include "input/html_tree.h"

#include <gumbo.h>
#include <setjmp.h>
#include <time.h>

#include "base/memory.h"

/* Every allocation of gumbo hangs in a ring, so that a tree of any depth is freed without
 * recursion, and a parse that meets the cap can be left at once. */
enum { ALLOCATOR_BYTES = 16 }; /* what it takes itself for a piece, about */

struct block {
    struct block *before, *after;
    size_t size;
    max_align_t data[];
};

struct html_tree {
    struct block ring;
    size_t used, cap;
    unsigned allocations;
    time_t deadline; /* in seconds of this thread's processor time */
    enum status status;
    jmp_buf leave; /* gumbo takes no NULL from its allocator */
    GumboOutput *output;
};

static time_t processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec;
}

/* Asked now and then: every tag of a page makes some allocation. */
static bool is_late(struct html_tree *tree)
{
    enum { EVERY = 1024 };
    return ++tree->allocations % EVERY == 0 && processor_seconds() >= tree->deadline;
}

static void *ring_allocate(void *context, size_t size)
{
    struct html_tree *tree = context;
    struct block *block = NULL;
    size_t taken = size + sizeof *block + ALLOCATOR_BYTES;
    if (is_late(tree))
        tree->status = STATUS_DEADLINE;
    else if (taken > tree->cap - tree->used)
        tree->status = STATUS_LIMIT;
    else if (!(block = memory_allocate(sizeof *block + size)))
        tree->status = STATUS_NO_MEMORY;
    if (!block)
        longjmp(tree->leave, 1);
    *block = (struct block){.before = &tree->ring, .after = tree->ring.after, .size = taken};
    block->after->before = block;
    tree->ring.after = block;
    tree->used += taken;
    return block->data;
}

static void ring_free(void *context, void *data)
{
    struct html_tree *tree = context;
    if (!data)
        return;
    struct block *block = (struct block *)((char *)data - offsetof(struct block, data));
    block->before->after = block->after;
    block->after->before = block->before;
    tree->used -= block->size;
    memory_free(block);
}

void html_tree_close(struct html_tree *tree)
{
    while (tree && tree->ring.after != &tree->ring)
        ring_free(tree, tree->ring.after->data);
    memory_free(tree);
}

static void parse(struct html_tree *tree, struct slice text)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = ring_allocate;
    options.deallocator = ring_free;
    options.userdata = tree;
    options.max_errors = 0;
    if (setjmp(tree->leave) == 0)
        tree->output = gumbo_parse_with_options(&options, text.data, text.size);
}

enum status html_tree_open(struct html_tree **out, struct slice text, size_t memory)
{
    struct html_tree *tree = memory_allocate_zeroed(1, sizeof *tree);
    *out = NULL;
    if (!tree)
        return STATUS_NO_MEMORY;
    tree->ring = (struct block){.before = &tree->ring, .after = &tree->ring};
    tree->cap = memory;
    tree->deadline = processor_seconds() + HTML_TREE_SECONDS;
    parse(tree, text);
    enum status status = tree->status;
    if (status == STATUS_OK)
        *out = tree;
    else
        html_tree_close(tree);
    return status;
}

static const struct html_node *ours(const GumboNode *node)
{
    return (const struct html_node *)node;
}

static const GumboNode *theirs(const struct html_node *node)
{
    return (const GumboNode *)node;
}

const struct html_node *html_tree_root(const struct html_tree *tree)
{
    return ours(tree->output->root);
}

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

const struct html_node *html_child(const struct html_node *node)
{
    const GumboNode *n = theirs(node);
    if (!is_element(n) || n->v.element.children.length == 0)
        return NULL;
    return ours(n->v.element.children.data[0]);
}

static const struct html_node *next_sibling(const struct html_node *node)
{
    const GumboNode *n = theirs(node), *parent = n->parent;
    if (!parent || !is_element(parent))
        return NULL;
    const GumboVector *children = &parent->v.element.children;
    size_t next = n->index_within_parent + 1;
    return next < children->length ? ours(children->data[next]) : NULL;
}

const struct html_node *html_parent(const struct html_node *node)
{
    const GumboNode *parent = theirs(node)->parent;
    return parent && is_element(parent) ? ours(parent) : NULL;
}

const struct html_node *html_after(const struct html_node *node, const struct html_node *root,
                                   bool inside)
{
    const struct html_node *next = inside ? html_child(node) : NULL;
    while (!next && node && node != root) {
        next = next_sibling(node);
        node = html_parent(node);
    }
    return next;
}

struct slice html_name(const struct html_node *node)
{
    const GumboNode *n = theirs(node);
    if (!is_element(n))
        return slice_of(NULL, 0);
    if (n->v.element.tag != GUMBO_TAG_UNKNOWN)
        return slice_of_string(gumbo_normalized_tagname(n->v.element.tag));
    GumboStringPiece name = n->v.element.original_tag;
    gumbo_tag_from_original_text(&name);
    return slice_of(name.data, name.length);
}

struct slice html_text(const struct html_node *node)
{
    const GumboNode *n = theirs(node);
    if (n->type != GUMBO_NODE_TEXT && n->type != GUMBO_NODE_WHITESPACE &&
        n->type != GUMBO_NODE_CDATA)
        return slice_of(NULL, 0);
    return slice_of_string(n->v.text.text);
}

const char *html_attribute(const struct html_node *node, const char *name)
{
    const GumboNode *n = theirs(node);
    const GumboAttribute *found =
        is_element(n) ? gumbo_get_attribute(&n->v.element.attributes, name) : NULL;
    return found ? found->value : NULL;
}
