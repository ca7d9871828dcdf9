#include "search/relax_tree.h"
#include "base/bytes.h"

struct query_node *relax_copy(struct arena *arena, const struct query_node *node)
{
    struct query_node *copy = arena_allocate(arena, 1, sizeof *copy);
    if (copy)
        *copy = *node;
    return copy;
}

/* --- Trees -------------------------------------------------------------------------------------*/

/* Those of children of the same kind are its own. */
static bool adopt(struct arena *arena, struct query_node *node, struct query_node *const *children,
                  size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += 1 + children[i]->child_count;
    node->child_count = 0;
    node->children = arena_allocate(arena, most, sizeof(struct query_node *));
    for (size_t i = 0; node->children && i < count; i++) {
        bool same = children[i]->kind == node->kind && !children[i]->required;
        size_t added = same ? children[i]->child_count : 1;
        memcpy(node->children + node->child_count, same ? children[i]->children : &children[i],
               added * sizeof(struct query_node *));
        node->child_count += added;
    }
    return node->children;
}

struct query_node *relax_parent(struct arena *arena, enum query_kind kind,
                                struct query_node *const *children, size_t count)
{
    if (count < 2)
        return count ? children[0] : NULL;
    struct query_node *node = arena_allocate(arena, 1, sizeof *node);
    if (!node)
        return NULL;
    node->kind = kind;
    return adopt(arena, node, children, count) ? node : NULL;
}

static bool is_dropped(const struct query_node *node, const struct relax_change *change)
{
    for (size_t i = 0; i < change->drop_count; i++)
        if (change->drops[i] == node)
            return true;
    return false;
}

/* What a NOT becomes: of what it takes away only a part may be left. */
static struct query_node *without(struct query_node *copy)
{
    if (!copy->children[0] || !copy->children[1])
        return copy->children[0];
    return copy;
}

/* A side that is left out leaves the other; exact characters have no others to be. */
static struct query_node *leaf_again(const struct query_node *node, struct query_node *copy)
{
    if (node->kind == QUERY_CHARACTERS)
        return copy->children[0] == node->children[0] ? copy : copy->children[0];
    if (copy->children[0] && copy->children[1])
        return copy;
    return copy->children[0] ? copy->children[0] : copy->children[1];
}

static struct query_node *children_again(struct arena *arena, struct query_node *node,
                                         const struct relax_change *change)
{
    struct query_node **children = arena_allocate(arena, node->child_count, sizeof *children);
    struct query_node *copy = relax_copy(arena, node);
    size_t left = 0;
    if (!children || !copy)
        return NULL;
    for (size_t i = 0; i < node->child_count; i++)
        children[i] = relax_rebuild(arena, node->children[i], change);
    copy->children = children;
    if (node->kind == QUERY_NOT)
        return without(copy);
    if (node->kind == QUERY_NEAR || node->kind == QUERY_CHARACTERS)
        return leaf_again(node, copy);
    for (size_t i = 0; i < node->child_count; i++)
        if (children[i])
            children[left++] = children[i];
    if (left < 2)
        return left ? children[0] : NULL;
    return adopt(arena, copy, children, left) ? copy : NULL;
}

struct query_node *relax_rebuild(struct arena *arena, struct query_node *root,
                                 const struct relax_change *change)
{
    if (root == change->at)
        return change->with;
    if (is_dropped(root, change))
        return NULL;
    return root->child_count ? children_again(arena, root, change) : root;
}

/* --- Phrases -----------------------------------------------------------------------------------*/

static bool is_any(const struct query_word *word)
{
    return word->kind == WORD_ANY;
}

struct query_node *relax_phrase(struct arena *arena, const struct query_node *phrase,
                                struct query_word *words, size_t count)
{
    while (count && is_any(words)) {
        words++;
        count--;
    }
    while (count && is_any(&words[count - 1]))
        count--;
    struct query_node *made = count ? relax_copy(arena, phrase) : NULL;
    if (!made)
        return NULL;
    made->words = words;
    made->word_count = count;
    made->slop = count > 1 ? phrase->slop : 0;
    return made;
}

static struct query_word *words_of(struct arena *arena, const struct query_node *phrase)
{
    struct query_word *words = arena_allocate(arena, phrase->word_count, sizeof *words);
    if (words)
        memcpy(words, phrase->words, phrase->word_count * sizeof *words);
    return words;
}

struct query_node *relax_without(struct arena *arena, const struct query_node *phrase, size_t word)
{
    struct query_word *words = words_of(arena, phrase);
    if (!words)
        return NULL;
    memmove(words + word, words + word + 1, (phrase->word_count - word - 1) * sizeof *words);
    return relax_phrase(arena, phrase, words, phrase->word_count - 1);
}

struct query_node *relax_any_at(struct arena *arena, const struct query_node *phrase, size_t word)
{
    struct query_word *words = words_of(arena, phrase);
    if (!words || word == 0 || word + 1 >= phrase->word_count)
        return NULL;
    words[word] =
        (struct query_word){.kind = WORD_ANY, .start = words[word].start, .end = words[word].end};
    return relax_phrase(arena, phrase, words, phrase->word_count);
}

static struct slice joined(struct arena *arena, struct slice a, struct slice b)
{
    struct bytes text = {0};
    bytes_append_slice(&text, a);
    bytes_append_slice(&text, b);
    struct slice copy = arena_copy(arena, bytes_slice(&text));
    bytes_release(&text);
    return copy;
}

struct query_node *relax_pattern(struct arena *arena, const struct query_node *phrase, size_t word,
                                 bool as_end)
{
    struct query_word *words = words_of(arena, phrase);
    if (!words)
        return NULL;
    words[word].kind = as_end ? WORD_WILDCARD : WORD_PREFIX;
    if (as_end)
        words[word].text = joined(arena, SLICE("*"), words[word].text);
    struct query_node *made = relax_phrase(arena, phrase, words, phrase->word_count);
    if (made)
        made->exact = false;
    return made;
}

struct query_node *relax_joined(struct arena *arena, const struct query_node *phrase, size_t first)
{
    struct query_word *words = words_of(arena, phrase);
    if (!words)
        return NULL;
    words[first].text = joined(arena, words[first].text, words[first + 1].text);
    words[first].end = words[first + 1].end;
    memmove(words + first + 1, words + first + 2, (phrase->word_count - first - 2) * sizeof *words);
    return relax_phrase(arena, phrase, words, phrase->word_count - 1);
}

struct query_node *relax_gap(struct arena *arena, const struct query_node *phrase, uint32_t slop)
{
    struct query_node *made = phrase->word_count > 1 ? relax_copy(arena, phrase) : NULL;
    if (made)
        made->slop = slop;
    return made;
}

static bool stands_before(const struct query_node *phrase, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (phrase->words[i].kind == phrase->words[at].kind &&
            slice_equal(phrase->words[i].text, phrase->words[at].text))
            return true;
    return false;
}

struct query_node *relax_words(struct arena *arena, const struct query_node *phrase,
                               enum query_kind kind)
{
    size_t count = 0;
    struct query_node **words = arena_allocate(arena, phrase->word_count, sizeof *words);
    for (size_t i = 0; words && i < phrase->word_count; i++) {
        if (is_any(&phrase->words[i]) || stands_before(phrase, i))
            continue;
        struct query_node *word = relax_phrase(arena, phrase, &phrase->words[i], 1);
        if (!word)
            return NULL;
        word->quoted = word->required = false;
        words[count++] = word;
    }
    return words ? relax_parent(arena, kind, words, count) : NULL;
}
