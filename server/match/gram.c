#include "match/gram.h"

#include <string.h>

#include "match/bound.h"
#include "match/gram_list.h"
#include "match/phrase.h"

struct match_gram {
    struct match_leaf leaf;
    const struct match_source *source;
    const struct gram *gram;
    const struct term *const *terms;
    bool has_title_cursor;
    uint32_t bound_block;      /* where the last bound was found */
    struct match_leaf *phrase; /* the same by its words, made when positions are first asked for */
    struct match_cursor cursor;
    struct match_cursor title_cursor; /* opened when first asked for */
};

static uint32_t gram_next(struct matcher *matcher)
{
    return match_cursor_next(&((struct match_gram *)matcher)->cursor);
}

static uint32_t gram_seek(struct matcher *matcher, uint32_t target)
{
    return match_cursor_seek(&((struct match_gram *)matcher)->cursor, target);
}

static void open_titles(struct match_gram *gram)
{
    if (!gram->has_title_cursor)
        match_gram_list_open(&gram->title_cursor, gram->source, gram->gram, gram->terms, true);
    gram->has_title_cursor = true;
}

static bool find_title_tf(struct match_gram *gram, uint32_t *title_tf)
{
    open_titles(gram);
    return match_cursor_tf_of(&gram->title_cursor, gram->leaf.matcher.doc, title_tf);
}

static bool gram_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_gram *gram = (struct match_gram *)leaf;
    *title_tf = gram->gram->one_article ? gram->gram->title_tf : 0;
    if (!match_cursor_tf(&gram->cursor, tf))
        return false;
    return gram->gram->one_article || gram->gram->titles.df == 0 || find_title_tf(gram, title_tf);
}

static uint16_t gram_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    struct match_gram *gram = (struct match_gram *)leaf;
    return match_bound(&gram->cursor.postings, &gram->bound_block, target, up_to);
}

static bool gram_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    struct match_gram *gram = (struct match_gram *)leaf;
    struct match_budget *budget = gram->source->budget;
    if (!gram->phrase)
        gram->phrase =
            match_phrase(gram->source, gram->terms, leaf->word_count, false, MATCH_UNSCORED);
    if (!gram->phrase)
        return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_GRAMS);
    if (matcher_seek(&gram->phrase->matcher, leaf->matcher.doc) == leaf->matcher.doc)
        return match_leaf_occurrences(gram->phrase, out);
    return budget->status == STATUS_OK && match_budget_check(budget, STATUS_CORRUPT, CHUNK_GRAMS);
}

static void gram_release(struct matcher *matcher)
{
    struct match_gram *gram = (struct match_gram *)matcher;
    match_cursor_release(&gram->cursor);
    match_cursor_release(&gram->title_cursor);
    if (gram->phrase)
        matcher_release(&gram->phrase->matcher);
    gram->phrase = NULL;
}

static const struct matcher_kind gram_kind = {
    .next = gram_next, .seek = gram_seek, .leaves = match_leaf_itself, .release = gram_release};
static const struct match_leaf_kind gram_leaf_kind = {
    .frequency = gram_frequency, .bound = gram_bound, .occurrences = gram_occurrences};

struct match_leaf *match_gram(const struct match_source *source, const struct gram *gram,
                              const struct term *const *terms, size_t count, uint32_t number)
{
    struct match_gram *made = arena_take(source->arena, sizeof *made);
    if (!made)
        return NULL;
    memset(made, 0, offsetof(struct match_gram, cursor));
    match_cursor_init(&made->title_cursor);
    matcher_init(&made->leaf.matcher, &gram_kind, gram->all.df);
    made->leaf.kind = &gram_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = (uint32_t)count;
    made->source = source;
    made->gram = gram;
    made->terms = terms;
    match_gram_list_open(&made->cursor, source, gram, terms, false);
    return &made->leaf;
}

struct match_cursor *match_gram_cursor(struct matcher *matcher)
{
    return matcher->kind == &gram_kind ? &((struct match_gram *)matcher)->cursor : NULL;
}

struct match_cursor *match_gram_titles(struct matcher *matcher)
{
    struct match_gram *gram = (struct match_gram *)matcher;
    if (matcher->kind != &gram_kind || gram->gram->one_article || gram->gram->titles.df == 0)
        return NULL;
    open_titles(gram);
    return gram->source->budget->status == STATUS_OK ? &gram->title_cursor : NULL;
}
