#include "match/phrase.h"

#include <stdlib.h>

#include "match/cursor.h"
#include "match/title.h"

struct phrase_word { /* a word of the phrase, each once */
    const struct term *term;
    uint32_t df;
    struct match_cursor cursor;
    uint32_t *offsets; /* where it stands in the phrase, ascending */
    size_t offset_count;
    struct bytes positions; /* in the article that is being looked at */
};

struct match_phrase {
    struct match_leaf leaf;
    const struct match_source *source;
    bool only_titles;
    bool may_be_in_title;       /* every word is in some title */
    struct phrase_word **words; /* the rarest first */
    size_t word_count;
    struct bytes starts; /* of the occurrences in the current article */
};

/* Both ascending. Every step moves on in one array or both without a branch that could be guessed
 * wrong. Returns how many starts are kept. */
static size_t merge(uint32_t *starts, size_t start_count, const uint32_t *positions,
                    size_t position_count, uint32_t offset)
{
    size_t i = 0, j = 0, kept = 0;
    while (i < start_count && j < position_count) {
        uint32_t start = starts[i], wanted = start + offset, position = positions[j];
        starts[kept] = start;
        kept += wanted == position;
        i += wanted <= position;
        j += position <= wanted;
    }
    return kept;
}

/* The same where the starts are few: each is looked for, by doubling steps from where the one
 * before was. */
static size_t look_up(uint32_t *starts, size_t start_count, const uint32_t *positions,
                      size_t position_count, uint32_t offset)
{
    size_t low = 0, kept = 0;
    for (size_t i = 0; i < start_count; i++) {
        uint32_t wanted = starts[i] + offset;
        size_t step = 1;
        while (low + step < position_count && positions[low + step] < wanted)
            step *= 2;
        size_t high = low + step < position_count ? low + step : position_count - 1;
        for (low += step / 2; low < high;) {
            size_t middle = low + (high - low) / 2;
            if (positions[middle] < wanted)
                low = middle + 1;
            else
                high = middle;
        }
        starts[kept] = starts[i];
        kept += positions[low] == wanted;
    }
    return kept;
}

enum { FEW = 16 }; /* a start for so many positions and it is looked up */

/* Keeps those starts at which, offset words further on, one of the positions stands. */
static void sift(struct bytes *starts, const struct bytes *positions, uint32_t offset)
{
    uint32_t *start = (uint32_t *)(void *)starts->data;
    const uint32_t *position = (const uint32_t *)(const void *)positions->data;
    size_t start_count = starts->size / sizeof *start;
    size_t position_count = positions->size / sizeof *position;
    bool few = start_count < position_count / FEW;
    size_t kept = few ? look_up(start, start_count, position, position_count, offset)
                      : merge(start, start_count, position, position_count, offset);
    starts->size = kept * sizeof *start;
}

/* Where the phrase would begin if the word's positions were those at its first offset. */
static bool begin_starts(struct match_phrase *phrase, const struct phrase_word *word)
{
    const uint32_t *position = (const uint32_t *)word->positions.data;
    size_t count = word->positions.size / sizeof *position;
    uint32_t offset = word->offsets[0];
    bytes_clear(&phrase->starts);
    uint32_t *start = (uint32_t *)bytes_extend(&phrase->starts, word->positions.size);
    if (!match_budget_check(phrase->source->budget, phrase->starts.status, CHUNK_POSITIONS))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (position[i] >= offset)
            start[kept++] = position[i] - offset;
    phrase->starts.size = kept * sizeof *start;
    return true;
}

static bool sift_by_word(struct match_phrase *phrase, size_t at)
{
    struct phrase_word *word = phrase->words[at];
    if (!match_cursor_positions(&word->cursor, &word->positions))
        return false;
    if (at == 0 && !begin_starts(phrase, word))
        return false;
    for (size_t i = at == 0; i < word->offset_count && phrase->starts.size; i++)
        sift(&phrase->starts, &word->positions, word->offsets[i]);
    return phrase->starts.size > 0;
}

/* Whether the phrase stands in the article on which all cursors stand. Fills starts. */
static bool verify(struct match_phrase *phrase)
{
    for (size_t i = 0; i < phrase->word_count; i++)
        if (!sift_by_word(phrase, i))
            return false;
    if (!phrase->only_titles)
        return true;
    uint32_t in_title;
    if (!match_title_count(phrase->source, phrase->words[0]->cursor.doc, &phrase->starts,
                           &in_title))
        return false;
    phrase->starts.size = in_title * sizeof(uint32_t);
    return in_title > 0;
}

/* The first article from doc on, where the leading word stands, that holds all words. */
static uint32_t align(struct match_phrase *phrase, uint32_t doc)
{
    size_t i = 1;
    while (i < phrase->word_count && doc != NO_MORE_DOCS) {
        uint32_t other = match_cursor_seek(&phrase->words[i]->cursor, doc);
        if (other == doc) {
            i++;
            continue;
        }
        doc = other == NO_MORE_DOCS ? other : match_cursor_seek(&phrase->words[0]->cursor, other);
        i = 1;
    }
    return doc;
}

static uint32_t verified_from(struct match_phrase *phrase, uint32_t doc)
{
    for (;;) {
        doc = align(phrase, doc);
        if (doc == NO_MORE_DOCS || verify(phrase))
            return doc;
        if (phrase->source->budget->status != STATUS_OK)
            return NO_MORE_DOCS;
        doc = match_cursor_next(&phrase->words[0]->cursor);
    }
}

static uint32_t phrase_next(struct matcher *matcher)
{
    struct match_phrase *phrase = (struct match_phrase *)matcher;
    return verified_from(phrase, match_cursor_next(&phrase->words[0]->cursor));
}

static uint32_t phrase_seek(struct matcher *matcher, uint32_t target)
{
    struct match_phrase *phrase = (struct match_phrase *)matcher;
    return verified_from(phrase, match_cursor_seek(&phrase->words[0]->cursor, target));
}

static bool phrase_test(struct matcher *matcher, uint32_t target)
{
    struct match_phrase *phrase = (struct match_phrase *)matcher;
    for (size_t i = 0; i < phrase->word_count; i++)
        if (match_cursor_seek(&phrase->words[i]->cursor, target) != target)
            return false;
    if (!verify(phrase))
        return false;
    matcher->doc = target;
    return true;
}

static bool phrase_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_phrase *phrase = (struct match_phrase *)leaf;
    *tf = (uint32_t)(phrase->starts.size / sizeof(uint32_t));
    *title_tf = 0;
    if (!phrase->may_be_in_title)
        return true;
    return match_title_count(phrase->source, leaf->matcher.doc, &phrase->starts, title_tf);
}

static bool phrase_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    struct match_phrase *phrase = (struct match_phrase *)leaf;
    bytes_clear(out);
    bytes_append_slice(out, bytes_slice(&phrase->starts));
    return match_budget_check(phrase->source->budget, out->status, CHUNK_POSITIONS);
}

static void phrase_release(struct matcher *matcher)
{
    struct match_phrase *phrase = (struct match_phrase *)matcher;
    for (size_t i = 0; i < phrase->word_count; i++) {
        match_cursor_release(&phrase->words[i]->cursor);
        bytes_release(&phrase->words[i]->positions);
    }
    bytes_release(&phrase->starts);
}

static const struct matcher_kind phrase_kind = {.next = phrase_next,
                                                .seek = phrase_seek,
                                                .test = phrase_test,
                                                .leaves = match_leaf_itself,
                                                .release = phrase_release};
static const struct match_leaf_kind phrase_leaf_kind = {.frequency = phrase_frequency,
                                                         .occurrences = phrase_occurrences};

static struct phrase_word *find_word(struct match_phrase *phrase, const struct term *term)
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
    bool list_of_titles = phrase->only_titles && !term->one_article;
    word->term = term;
    word->df = list_of_titles ? term->titles.df : term->all.df;
    word->offsets = offsets;
    match_cursor_open(&word->cursor, phrase->source->snapshot, term, list_of_titles,
                      phrase->source->budget);
    phrase->may_be_in_title = phrase->may_be_in_title && (term->one_article || term->titles.df);
    phrase->words[phrase->word_count++] = word;
    return word;
}

static bool add_words(struct match_phrase *phrase, const struct term *const *terms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct phrase_word *word = find_word(phrase, terms[i]);
        if (!word)
            word = add_word(phrase, terms[i], count - i);
        if (!word)
            return false;
        word->offsets[word->offset_count++] = (uint32_t)i;
    }
    return true;
}

static int by_df(const void *a, const void *b)
{
    const struct phrase_word *left = *(struct phrase_word *const *)a;
    const struct phrase_word *right = *(struct phrase_word *const *)b;
    if (left->df != right->df)
        return left->df < right->df ? -1 : 1;
    return left->offsets[0] < right->offsets[0] ? -1 : 1;
}

struct match_leaf *match_phrase(const struct match_source *source, const struct term *const *terms,
                                size_t count, bool titles, uint32_t number)
{
    struct match_phrase *phrase = arena_allocate(source->arena, 1, sizeof *phrase);
    struct phrase_word **words = arena_allocate(source->arena, count, sizeof *words);
    if (!phrase || !words)
        return NULL;
    phrase->source = source;
    phrase->words = words;
    phrase->only_titles = titles;
    phrase->may_be_in_title = true;
    phrase->leaf.kind = &phrase_leaf_kind;
    phrase->leaf.number = number;
    phrase->leaf.word_count = (uint32_t)count;
    if (!add_words(phrase, terms, count)) {
        phrase_release(&phrase->leaf.matcher);
        return NULL;
    }
    qsort(words, phrase->word_count, sizeof *words, by_df);
    matcher_init(&phrase->leaf.matcher, &phrase_kind, words[0]->df);
    return &phrase->leaf;
}
