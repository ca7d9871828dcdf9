#include "search/spelling_tell.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "search/answer.h"

static void write_word(const struct query_word *word, struct bytes *text)
{
    bytes_append_slice(text, word->kind == WORD_ANY ? SLICE("*") : word->text);
    if (word->kind == WORD_PREFIX)
        bytes_append_string(text, "*");
    if (word->kind == WORD_EDITS)
        bytes_format(text, "~%u", word->edits);
}

static struct slice write_words(const struct query_node *phrase, struct bytes *text,
                                struct arena *arena)
{
    bytes_clear(text);
    for (size_t i = 0; i < phrase->word_count; i++) {
        bytes_append_string(text, i ? " " : "");
        write_word(&phrase->words[i], text);
    }
    return arena_copy(arena, bytes_slice(text));
}

static size_t count_spellings(const struct query_node *node)
{
    size_t count = node->kind == QUERY_SPELLINGS;
    for (size_t i = 0; i < node->child_count; i++)
        count += count_spellings(node->children[i]);
    return count;
}

static void add_echo(const struct query_node *node, struct bytes *text, struct answer *answer)
{
    struct spelling_echo *echo = &answer->spellings[answer->spelling_count];
    echo->searched = arena_allocate(&answer->arena, node->child_count, sizeof *echo->searched);
    if (!echo->searched)
        return;
    for (size_t i = 0; i < node->child_count; i++)
        echo->searched[i] = write_words(node->children[i], text, &answer->arena);
    echo->searched_count = node->child_count;
    echo->written = echo->searched[0];
    echo->cut = node->cut;
    for (size_t i = 0; i < answer->spelling_count; i++)
        if (slice_equal(answer->spellings[i].written, echo->written))
            return;
    answer->spelling_count++;
}

static void add_echoes(const struct query_node *node, struct bytes *text, struct answer *answer)
{
    if (node->kind == QUERY_SPELLINGS)
        add_echo(node, text, answer);
    for (size_t i = 0; i < node->child_count; i++)
        add_echoes(node->children[i], text, answer);
}

void spelling_tell(const struct query_node *spelled, struct answer *answer)
{
    struct bytes text = {0};
    size_t count = count_spellings(spelled);
    answer->spelling_count = 0;
    if (count == 0)
        return;
    answer->spellings = arena_allocate(&answer->arena, count, sizeof *answer->spellings);
    if (answer->spellings)
        add_echoes(spelled, &text, answer);
    if (text.status != STATUS_OK)
        answer->arena.status = text.status;
    bytes_release(&text);
}
