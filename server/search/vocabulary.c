#include "search/vocabulary.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/hash.h"
#include "search/collection.h"
#include "store/lexicon_read.h"

static size_t count_words(const struct query_node *node)
{
    size_t count = node->kind == QUERY_PHRASE ? node->word_count : 0;
    for (size_t i = 0; i < node->child_count; i++)
        count += count_words(node->children[i]);
    return count;
}

/* The place of the text in the table: its word's, or the empty one where it would stand. */
static struct vocabulary_word **place(const struct vocabulary *vocabulary, struct slice text)
{
    size_t mask = vocabulary->table_size - 1;
    size_t at = hash_keyed(text.data, text.size, hash_process_key()) & mask;
    while (vocabulary->table[at] && !slice_equal(vocabulary->table[at]->text, text))
        at = (at + 1) & mask;
    return &vocabulary->table[at];
}

static void add_words(struct vocabulary *vocabulary, const struct query_node *node)
{
    for (size_t i = 0; node->kind == QUERY_PHRASE && i < node->word_count; i++) {
        struct vocabulary_word **found = place(vocabulary, node->words[i].text);
        if (!*found) {
            *found = &vocabulary->words[vocabulary->count++];
            **found = (struct vocabulary_word){.text = node->words[i].text,
                                               .start = node->words[i].start};
        } else if (node->words[i].start < (*found)->start) {
            (*found)->start = node->words[i].start;
        }
    }
    for (size_t i = 0; i < node->child_count; i++)
        add_words(vocabulary, node->children[i]);
}

enum status vocabulary_look_up(const struct collection_file *file, struct slice key,
                               struct match_budget *budget, struct arena *arena,
                               const struct term **term)
{
    struct term found;
    *term = NULL;
    if (!match_budget_spend(budget, 1))
        return budget->status;
    enum status status = lexicon_find(&file->lexicon, key, &found);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (!match_budget_check(budget, status, CHUNK_LEXICON))
        return status;
    struct term *copy = arena_allocate(arena, 1, sizeof *copy);
    if (!copy)
        return STATUS_NO_MEMORY;
    *copy = found;
    *term = copy;
    return STATUS_OK;
}

static enum status look_up_word(struct vocabulary_word *word, const struct collection *collection,
                                struct match_budget *budget, struct arena *arena)
{
    word->terms = arena_allocate(arena, collection->file_count, sizeof *word->terms);
    if (!word->terms)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < collection->file_count; i++) {
        match_budget_enter(budget, i);
        enum status status =
            vocabulary_look_up(&collection->files[i], word->text, budget, arena, &word->terms[i]);
        if (status != STATUS_OK)
            return status;
        word->df += word->terms[i] ? word->terms[i]->all.df : 0;
    }
    return STATUS_OK;
}

static int by_start(const void *a, const void *b)
{
    const struct vocabulary_word *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return slice_compare(left->text, right->text);
}

/* Sorting moves the words, so the table is filled anew. */
static void sort_words(struct vocabulary *vocabulary)
{
    qsort(vocabulary->words, vocabulary->count, sizeof *vocabulary->words, by_start);
    memset(vocabulary->table, 0, vocabulary->table_size * sizeof *vocabulary->table);
    for (size_t i = 0; i < vocabulary->count; i++)
        *place(vocabulary, vocabulary->words[i].text) = &vocabulary->words[i];
}

enum status vocabulary_init(struct vocabulary *vocabulary, const struct collection *collection,
                            const struct query_node *root, struct match_budget *budget,
                            struct arena *arena)
{
    size_t most = count_words(root);
    *vocabulary = (struct vocabulary){.table_size = 4};
    while (vocabulary->table_size < 2 * most)
        vocabulary->table_size *= 2;
    vocabulary->words = arena_allocate(arena, most + 1, sizeof *vocabulary->words);
    vocabulary->table = arena_allocate(arena, vocabulary->table_size, sizeof *vocabulary->table);
    if (!vocabulary->words || !vocabulary->table)
        return STATUS_NO_MEMORY;
    add_words(vocabulary, root);
    sort_words(vocabulary);
    for (size_t i = 0; i < vocabulary->count; i++) {
        enum status status = look_up_word(&vocabulary->words[i], collection, budget, arena);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

struct vocabulary_word *vocabulary_find(const struct vocabulary *vocabulary, struct slice text)
{
    return *place(vocabulary, text);
}
