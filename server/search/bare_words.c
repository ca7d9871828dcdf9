#include "search/bare_words.h"

#include <stdlib.h>

#include "search/collection.h"
#include "search/plan_build.h"
#include "search/question.h"
#include "search/stop_words.h"

/* --- Language ----------------------------------------------------------------------------------*/

static bool find_language(const struct query_node *node, char language[STEM_CODE_BYTES])
{
    if (node->kind == QUERY_FIELD_VALUE && node->field == FIELD_LANG)
        return stem_language(node->value, language);
    size_t most = node->kind == QUERY_AND                        ? node->child_count
                  : node->kind == QUERY_NOT && node->child_count ? 1
                                                                 : 0;
    for (size_t i = 0; i < most; i++)
        if (find_language(node->children[i], language))
            return true;
    return false;
}

/* --- Inflections -------------------------------------------------------------------------------*/

static bool is_bare(const struct query_node *node)
{
    return node->kind == QUERY_PHRASE && node->word_count == 1 && !node->quoted && !node->exact &&
           node->words[0].kind == WORD_ITSELF;
}

/* A stop word's stem is shared by chance: "or" and Orly, "to" and "toed". */
static void inflect(struct query_node *node, const char *language, const char *of_stop_words)
{
    if (is_bare(node) && !stop_words_hold(of_stop_words, node->words[0].text)) {
        node->words[0].inflected = true;
        node->words[0].language = language;
    }
    for (size_t i = 0; i < node->child_count; i++)
        inflect(node->children[i], language, of_stop_words);
}

/* --- Stop words --------------------------------------------------------------------------------*/

struct leaving { /* out of a tree */
    const char *language;
    struct bare_words *bare;
    struct arena *arena;
    size_t room; /* for ignored words */
};

static bool is_ignored(const struct leaving *leaving, const struct query_node *node)
{
    return is_bare(node) && node->field == FIELD_ANY && !node->required && node->boost == 0 &&
           stop_words_hold(leaving->language, node->words[0].text);
}

static void ignore(struct leaving *leaving, const struct query_word *word)
{
    struct bare_words *bare = leaving->bare;
    if (bare->ignored_count == leaving->room) {
        size_t room = 2 * leaving->room + 8;
        const struct query_word **grown = arena_regrow(
            leaving->arena, bare->ignored, bare->ignored_count, room, sizeof *bare->ignored);
        if (!grown)
            return;
        bare->ignored = grown;
        leaving->room = room;
    }
    bare->ignored[bare->ignored_count++] = word;
}

static struct query_node *without(struct leaving *leaving, struct query_node *node);

/* NULL where none of them is left but every article. */
static struct query_node *without_parts(struct leaving *leaving, struct query_node *node)
{
    struct query_node *copy = arena_allocate(leaving->arena, 1, sizeof *copy);
    struct query_node **children =
        arena_allocate(leaving->arena, node->child_count, sizeof(struct query_node *));
    size_t count = 0, all = 0;
    bool same = true;
    if (!copy || !children)
        return node;
    for (size_t i = 0; i < node->child_count; i++) {
        struct query_node *child = without(leaving, node->children[i]);
        same = same && child == node->children[i];
        if (!child)
            continue;
        children[count++] = child;
        all += child->kind == QUERY_ALL;
    }
    if (same)
        return node;
    if (count == all)
        return NULL;
    if (count == 1 && !node->required)
        return children[0];
    *copy = *node;
    copy->children = children;
    copy->child_count = count;
    return copy;
}

/* What is behind a NOT stays; where nothing of the first is left, it is every article. */
static struct query_node *without_first(struct leaving *leaving, struct query_node *node)
{
    struct query_node *first = without(leaving, node->children[0]);
    if (first == node->children[0])
        return node;
    struct query_node *copy = arena_allocate(leaving->arena, 1, sizeof *copy);
    struct query_node *all = arena_allocate(leaving->arena, 1, sizeof *all);
    struct query_node **children =
        arena_allocate(leaving->arena, node->child_count, sizeof(struct query_node *));
    if (!copy || !all || !children)
        return node;
    all->kind = QUERY_ALL;
    memcpy(children, node->children, node->child_count * sizeof(struct query_node *));
    children[0] = first ? first : all;
    *copy = *node;
    copy->children = children;
    return copy;
}

/* NULL where nothing is left of it. */
static struct query_node *without(struct leaving *leaving, struct query_node *node)
{
    if (is_ignored(leaving, node)) {
        ignore(leaving, &node->words[0]);
        return NULL;
    }
    if (node->kind == QUERY_AND || node->kind == QUERY_OR)
        return without_parts(leaving, node);
    if (node->kind == QUERY_NOT)
        return without_first(leaving, node);
    return node;
}

static int by_start(const void *a, const void *b)
{
    const struct query_word *left = *(const struct query_word *const *)a;
    const struct query_word *right = *(const struct query_word *const *)b;
    return (left->start > right->start) - (left->start < right->start);
}

static void leave_out(struct bare_words *bare, const char *language, struct arena *arena)
{
    struct leaving leaving = {.language = language, .bare = bare, .arena = arena};
    struct query_node *left = without(&leaving, bare->root);
    if (!left || !plan_scores(left) || arena->status != STATUS_OK) {
        bare->ignored_count = 0;
        return;
    }
    bare->root = left;
    if (bare->ignored_count)
        qsort(bare->ignored, bare->ignored_count, sizeof(struct query_word *), by_start);
}

void bare_words_read(struct bare_words *bare, const struct question *question,
                     const struct collection *collection, struct query_node *root,
                     struct arena *arena)
{
    *bare = (struct bare_words){.root = root};
    if (!stem_language(question->lang, bare->language) && !find_language(root, bare->language))
        bare->language[0] = '\0';
    const char *language = bare->language[0] ? bare->language : NULL;
    const char *of_stop_words = language ? language : collection->files[0].settings->lang;
    inflect(root, language, of_stop_words);
    leave_out(bare, of_stop_words, arena);
}
