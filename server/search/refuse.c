#include "search/refuse.h"

#include "search/collection.h"

static bool lacks_text(const struct collection *collection)
{
    for (size_t i = 0; i < collection->file_count; i++)
        if (!collection->files[i].settings->has_text)
            return true;
    return false;
}

static bool ends_with_any(const struct query_node *node)
{
    return node->kind == QUERY_PHRASE && node->word_count > 1 &&
           node->words[node->word_count - 1].kind == WORD_ANY;
}

enum status refuse(const struct query_node *node, const struct collection *collection,
                   struct error *error)
{
    bool exact = node->kind == QUERY_CHARACTERS;
    if (exact && (node->child_count == 0 || node->children[0]->word_count == 0))
        return error_set(error, STATUS_INVALID, "exact: there is no word in it");
    if ((exact || ends_with_any(node)) && lacks_text(collection))
        return error_set(error, STATUS_INVALID, "%s the index stores no text",
                         exact ? "exact:" : "a phrase that ends with '*' needs the text:");
    for (size_t i = 0; i < node->child_count; i++) {
        enum status status = refuse(node->children[i], collection, error);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}
