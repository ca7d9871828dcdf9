#include <stdlib.h>

#include "match/gram_list.h"
#include "match/phrase_state.h"

static struct phrase_word *find_word(const struct match_phrase *phrase, const struct term *term)
{
    for (size_t i = 0; i < phrase->word_count; i++)
        if (phrase->words[i]->term == term)
            return phrase->words[i];
    return NULL;
}

static struct phrase_word *add_word(struct match_phrase *phrase, const struct term *term,
                                    size_t most)
{
    struct phrase_word *word = arena_allocate(phrase->source->arena, 1, sizeof *word);
    uint32_t *offsets = arena_allocate(phrase->source->arena, most, sizeof *offsets);
    if (!word || !offsets)
        return NULL;
    word->term = term;
    word->offsets = offsets;
    phrase->may_be_in_title = phrase->may_be_in_title && (term->one_article || term->titles.df);
    phrase->words[phrase->word_count++] = word;
    return word;
}

static bool add_words(struct match_phrase *phrase, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct phrase_word *word = phrase->terms[i] ? find_word(phrase, phrase->terms[i]) : NULL;
        if (!phrase->terms[i]) /* any word */
            continue;
        if (!word)
            word = add_word(phrase, phrase->terms[i], count - i);
        if (!word)
            return false;
        word->offsets[word->offset_count++] = (uint32_t)i;
    }
    return true;
}

static bool same_run(const struct match_phrase *phrase, const struct phrase_list *list,
                     const struct phrase_part *part)
{
    bool same = list->count == part->count;
    for (uint32_t i = 0; i < part->count && same; i++)
        same = phrase->terms[list->first + i] == phrase->terms[part->first + i];
    return same;
}

static void open_list(struct match_phrase *phrase, struct phrase_list *list)
{
    const struct match_source *source = phrase->source;
    const struct term *term = phrase->terms[list->first];
    bool titles = phrase->only_titles && !term->one_article;
    if (list->gram) {
        phrase->may_be_in_title = phrase->may_be_in_title && match_gram_in_titles(list->gram);
        list->df = list->gram->all.df;
        match_gram_list_open(&list->cursor, source, list->gram, phrase->terms + list->first, false);
        return;
    }
    list->df = titles ? term->titles.df : term->all.df;
    match_cursor_open(&list->cursor, source->snapshot, term, titles, source->budget);
    find_word(phrase, term)->cursor = &list->cursor;
}

/* The list of a part: one for all parts of the same words. NULL where memory ends. */
static struct phrase_list *add_list(struct match_phrase *phrase, const struct phrase_part *part)
{
    for (size_t i = 0; i < phrase->list_count; i++)
        if (same_run(phrase, phrase->lists[i], part)) {
            phrase->lists[i]->times++;
            return phrase->lists[i];
        }
    struct phrase_list *list = arena_take(phrase->source->arena, sizeof *list);
    if (!list)
        return NULL;
    match_cursor_init(&list->cursor);
    list->gram = part->gram;
    list->first = part->first;
    list->count = part->count;
    list->times = 1;
    list->bound_block = 0;
    open_list(phrase, list);
    return phrase->lists[phrase->list_count++] = list;
}

static bool add_lists(struct match_phrase *phrase, const struct phrase_part *parts, size_t count)
{
    phrase->lists = arena_allocate(phrase->source->arena, count, sizeof(struct phrase_list *));
    phrase->links = arena_allocate(phrase->source->arena, count, sizeof *phrase->links);
    if (!phrase->lists || !phrase->links)
        return false;
    phrase->chained = count > 1;
    for (size_t i = 0; i < count; i++) {
        struct phrase_link *link = &phrase->links[phrase->link_count];
        link->part = &parts[i];
        link->list = add_list(phrase, &parts[i]);
        if (!link->list)
            return false;
        phrase->chained = phrase->chained && (i == 0 || parts[i].shared);
        phrase->link_count++;
    }
    return true;
}

static bool number_links(struct match_phrase *phrase, size_t word_count)
{
    bool any = false;
    for (size_t i = 0; i < phrase->link_count; i++)
        any = any || phrase->links[i].part->gram;
    if (!any)
        return true;
    phrase->last_links =
        arena_allocate(phrase->source->arena, word_count, sizeof *phrase->last_links);
    for (uint32_t at = 0, link = 0; phrase->last_links && at < word_count; at++) {
        link += link + 1 < phrase->link_count && phrase->links[link + 1].part->first == at;
        phrase->last_links[at] = link;
    }
    return phrase->last_links != NULL;
}

static int by_df(const void *a, const void *b)
{
    const struct phrase_list *left = *(struct phrase_list *const *)a;
    const struct phrase_list *right = *(struct phrase_list *const *)b;
    if (left->df != right->df)
        return left->df < right->df ? -1 : 1;
    return left->first < right->first ? -1 : 1;
}

static int by_cf(const void *a, const void *b)
{
    const struct phrase_word *left = *(struct phrase_word *const *)a;
    const struct phrase_word *right = *(struct phrase_word *const *)b;
    if (left->term->all.cf != right->term->all.cf)
        return left->term->all.cf < right->term->all.cf ? -1 : 1;
    return left->offsets[0] < right->offsets[0] ? -1 : 1;
}

static struct match_leaf *make(struct match_phrase *phrase, size_t count,
                               const struct phrase_part *parts, size_t part_count)
{
    phrase->words = arena_allocate(phrase->source->arena, count, sizeof(struct phrase_word *));
    if (!phrase->words || !add_words(phrase, count) || !add_lists(phrase, parts, part_count) ||
        !number_links(phrase, count)) {
        phrase_kind.release(&phrase->leaf.matcher);
        return NULL;
    }
    qsort(phrase->lists, phrase->list_count, sizeof(struct phrase_list *), by_df);
    qsort(phrase->words, phrase->word_count, sizeof(struct phrase_word *), by_cf);
    if (phrase->list_count > 1) {
        phrase->pair.few = &phrase->lists[0]->cursor;
        phrase->pair.many = &phrase->lists[1]->cursor;
    }
    matcher_init(&phrase->leaf.matcher, &phrase_kind, phrase->lists[0]->df);
    return &phrase->leaf;
}

static struct match_phrase *start(const struct match_source *source,
                                  const struct term *const *terms, size_t count, uint32_t number)
{
    struct match_phrase *phrase = arena_allocate(source->arena, 1, sizeof *phrase);
    if (!phrase)
        return NULL;
    phrase->source = source;
    phrase->terms = terms;
    phrase->may_be_in_title = true;
    phrase->leaf.kind = &phrase_leaf_kind;
    phrase->leaf.number = number;
    phrase->leaf.word_count = (uint32_t)count;
    return phrase;
}

struct match_leaf *match_phrase(const struct match_source *source, const struct term *const *terms,
                                size_t count, bool titles, uint32_t number)
{
    struct match_phrase *phrase = start(source, terms, count, number);
    struct phrase_part *parts = arena_allocate(source->arena, count, sizeof *parts);
    if (!phrase || !parts)
        return NULL;
    phrase->only_titles = titles;
    for (size_t i = 0; i < count; i++)
        parts[i] = (struct phrase_part){.first = (uint32_t)i, .count = 1};
    return make(phrase, count, parts, count);
}

struct match_leaf *match_phrase_of_parts(const struct match_source *source,
                                         const struct term *const *terms, size_t count,
                                         const struct phrase_part *parts, size_t part_count,
                                         uint32_t number)
{
    struct match_phrase *phrase = start(source, terms, count, number);
    return phrase ? make(phrase, count, parts, part_count) : NULL;
}
