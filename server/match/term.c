#include "match/term.h"

#include <string.h>

#include "match/class.h"
#include "match/cursor.h"
#include "match/gram.h"
#include "match/title.h"

struct match_term {
    struct match_leaf leaf;
    const struct match_source *source;
    const struct term *term;
    bool only_titles;
    bool has_title_cursor;
    struct bytes positions;     /* of a term of one article, to tell its title's from the others */
    struct match_cursor cursor; /* over the titles' list where that alone counts and exists */
    struct match_cursor title_cursor; /* opened when first asked for */
};

/* How many of the current article's positions are in its title, for a term that has no list of
 * titles. */
static bool count_in_title(struct match_term *term, uint32_t *title_tf)
{
    if (!match_cursor_positions(&term->cursor, &term->positions))
        return false;
    return match_title_count(term->source, term->cursor.doc, &term->positions, title_tf);
}

/* The only article of a term without a list of titles counts where its title holds the term. */
static uint32_t only_if_in_title(struct match_term *term, uint32_t doc)
{
    uint32_t title_tf = 0;
    if (doc == NO_MORE_DOCS || !term->only_titles || !term->term->one_article)
        return doc;
    return count_in_title(term, &title_tf) && title_tf ? doc : NO_MORE_DOCS;
}

static uint32_t term_next(struct matcher *matcher)
{
    struct match_term *term = (struct match_term *)matcher;
    return only_if_in_title(term, match_cursor_next(&term->cursor));
}

static uint32_t term_seek(struct matcher *matcher, uint32_t target)
{
    struct match_term *term = (struct match_term *)matcher;
    return only_if_in_title(term, match_cursor_seek(&term->cursor, target));
}

static void open_titles(struct match_term *term)
{
    if (term->has_title_cursor)
        return;
    match_cursor_open(&term->title_cursor, term->source->snapshot, term->term, true,
                      term->source->budget);
    term->has_title_cursor = true;
}

static bool find_title_tf(struct match_term *term, uint32_t *title_tf)
{
    open_titles(term);
    return match_cursor_tf_of(&term->title_cursor, term->leaf.matcher.doc, title_tf);
}

static bool term_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_term *term = (struct match_term *)leaf;
    *title_tf = 0;
    if (!match_cursor_tf(&term->cursor, tf))
        return false;
    if (term->term->one_article) {
        if (!count_in_title(term, title_tf))
            return false;
    } else if (term->only_titles) {
        *title_tf = *tf;
    } else if (term->term->titles.df) {
        return find_title_tf(term, title_tf);
    }
    if (term->only_titles)
        *tf = *title_tf;
    return true;
}

static bool term_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    struct match_term *term = (struct match_term *)leaf;
    uint32_t title_tf;
    if (!match_cursor_positions(&term->cursor, out))
        return false;
    if (!term->only_titles || !term->term->one_article)
        return true;
    if (!match_title_count(term->source, leaf->matcher.doc, out, &title_tf))
        return false;
    out->size = title_tf * sizeof(uint32_t);
    return true;
}

static void term_release(struct matcher *matcher)
{
    struct match_term *term = (struct match_term *)matcher;
    match_cursor_release(&term->cursor);
    match_cursor_release(&term->title_cursor);
    bytes_release(&term->positions);
}

static const struct matcher_kind term_kind = {
    .next = term_next, .seek = term_seek, .leaves = match_leaf_itself, .release = term_release};
static const struct match_leaf_kind term_leaf_kind = {.frequency = term_frequency,
                                                      .occurrences = term_occurrences};

struct match_leaf *match_term(const struct match_source *source, const struct term *term,
                              bool titles, uint32_t number)
{
    struct match_term *made = arena_take(source->arena, sizeof *made);
    if (!made)
        return NULL;
    memset(made, 0, offsetof(struct match_term, cursor));
    match_cursor_init(&made->title_cursor);
    bool list_of_titles = titles && !term->one_article;
    uint32_t df = list_of_titles ? term->titles.df : term->all.df;
    matcher_init(&made->leaf.matcher, &term_kind, df);
    made->leaf.kind = &term_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = 1;
    made->source = source;
    made->term = term;
    made->only_titles = titles;
    match_cursor_open(&made->cursor, source->snapshot, term, list_of_titles, source->budget);
    return &made->leaf;
}

struct match_cursor *match_term_cursor(struct matcher *matcher)
{
    struct match_term *term = (struct match_term *)matcher;
    if (matcher->kind != &term_kind) {
        struct match_cursor *cursor = match_gram_cursor(matcher);
        return cursor ? cursor : match_class_cursor(matcher);
    }
    return term->only_titles ? NULL : &term->cursor;
}

struct match_cursor *match_term_titles(struct matcher *matcher)
{
    struct match_term *term = (struct match_term *)matcher;
    if (matcher->kind != &term_kind) {
        struct match_cursor *titles = match_gram_titles(matcher);
        return titles ? titles : match_class_titles(matcher);
    }
    if (term->term->one_article || term->term->titles.df == 0)
        return NULL;
    open_titles(term);
    return term->source->budget->status == STATUS_OK ? &term->title_cursor : NULL;
}
