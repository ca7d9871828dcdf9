/* A query parsed for a test, the analyzer that it takes, and whether two trees are equal. */
#ifndef VERBATIM_TESTS_UNIT_QUERY_ASKING_H
#define VERBATIM_TESTS_UNIT_QUERY_ASKING_H

#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "query/query.h"

static struct analyzer *analyzer; /* the test program's one, from set-up to tear-down */

static inline int open_analyzer(void **state)
{
    (void)state;
    analyzer = analyzer_open();
    return analyzer ? 0 : -1;
}

static inline int close_analyzer(void **state)
{
    (void)state;
    analyzer_close(analyzer);
    return 0;
}

struct asked {
    struct arena arena;
    struct query query;
    struct error error;
    struct slice written;
    enum status status;
};

static inline void asked_release(struct asked *asked)
{
    arena_release(&asked->arena);
}

static inline void ask(struct asked *asked, struct analyzer *with, struct slice text,
                       struct query_options options)
{
    *asked = (struct asked){0};
    asked->status = query_parse(text, &options, with, &asked->arena, &asked->query, &asked->error);
    if (asked->status == STATUS_OK)
        asked->written = query_write(&asked->query, &asked->arena);
}

/* Of words that are themselves a hyphen between means something. */
static inline bool is_hyphened(const struct query_word *words, size_t i)
{
    return i && words[i].joint == JOINT_HYPHEN && words[i].kind == WORD_ITSELF &&
           words[i - 1].kind == WORD_ITSELF;
}

static inline bool equal_words(const struct query_node *a, const struct query_node *b)
{
    if (a->word_count != b->word_count)
        return false;
    for (size_t i = 0; i < a->word_count; i++)
        if (!slice_equal(a->words[i].text, b->words[i].text) ||
            a->words[i].kind != b->words[i].kind || a->words[i].edits != b->words[i].edits ||
            (a->kind == QUERY_PHRASE && is_hyphened(a->words, i) != is_hyphened(b->words, i)))
            return false;
    return true;
}

static inline bool equal_trees(const struct query_node *a, const struct query_node *b)
{
    if (a->kind != b->kind || a->field != b->field || a->quoted != b->quoted ||
        a->exact != b->exact || a->required != b->required || a->first != b->first ||
        a->last != b->last || a->slop != b->slop || a->distance != b->distance ||
        a->ordered != b->ordered || a->boost < b->boost || a->boost > b->boost ||
        a->child_count != b->child_count || !equal_words(a, b) || !slice_equal(a->value, b->value))
        return false;
    for (size_t i = 0; i < a->child_count; i++)
        if (!equal_trees(a->children[i], b->children[i]))
            return false;
    return true;
}

#endif
