#include "match/phrase.h"

#include <stdlib.h>

#include "match/bound.h"
#include "match/gram_list.h"
#include "match/pair.h"
#include "match/starts.h"
#include "match/title.h"

struct phrase_list { /* the articles of a run of the words */
    struct match_cursor cursor;
    const struct gram *gram; /* NULL: of a word */
    uint32_t first, count;   /* where the run comes first */
    uint32_t df;
    uint32_t times;       /* the run comes in the phrase */
    uint32_t bound_block; /* where the last bound was found */
};

struct phrase_word { /* a word of the phrase, each once */
    const struct term *term;
    struct match_cursor *cursor; /* of its list, or its own; NULL: not opened yet */
    uint32_t *offsets;           /* where it stands in the phrase, ascending */
    size_t offset_count;
    struct bytes positions; /* in the article that is being looked at */
};

struct phrase_link { /* a part, and how it hangs on the one before */
    struct phrase_list *list;
    const struct phrase_part *part;
    struct match_cursor *shared; /* of part->shared; NULL: not opened yet */
};

struct match_phrase {
    struct match_leaf leaf;
    const struct match_source *source;
    const struct term *const *terms;
    bool only_titles;
    bool may_be_in_title;        /* every word and gram is in some title */
    struct phrase_list **lists;  /* the rarest first */
    size_t list_count;
    struct match_pair pair; /* of the first two lists */
    struct phrase_word **words; /* that of the fewest occurrences first */
    size_t word_count;
    struct phrase_link *links; /* of a phrase whose parts all share grams; else none */
    size_t link_count;
    /* Of the current article: */
    uint32_t least;      /* so often it stands there by counts alone */
    bool has_starts;     /* starts are its own */
    struct bytes starts; /* of the occurrences */
};

/* --- Occurrences -------------------------------------------------------------------------------*/

static uint32_t current_doc(const struct match_phrase *phrase)
{
    return phrase->lists[0]->cursor.doc;
}

static bool contradicts(struct match_phrase *phrase)
{
    match_budget_check(phrase->source->budget, STATUS_CORRUPT, CHUNK_GRAMS);
    return false;
}

/* Puts the word's cursor on the current article: where its list is not one of those that led there,
 * grams say that it is in it. */
static bool place_word(struct match_phrase *phrase, struct phrase_word *word)
{
    const struct match_source *source = phrase->source;
    if (!word->cursor) {
        word->cursor = arena_allocate(source->arena, 1, sizeof *word->cursor);
        if (!word->cursor)
            return match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_POSTINGS);
        match_cursor_open(word->cursor, source->snapshot, word->term, false, source->budget);
    }
    uint32_t doc = current_doc(phrase);
    return match_cursor_seek(word->cursor, doc) == doc || contradicts(phrase);
}

static bool begin(struct match_phrase *phrase, struct phrase_word *word)
{
    bool begun = match_cursor_positions(word->cursor, &word->positions) &&
                 starts_begin(&phrase->starts, &word->positions, word->offsets[0]);
    return match_budget_check(phrase->source->budget, phrase->starts.status, CHUNK_POSITIONS) &&
           begun;
}

/* Positions behind the last that is sought are not looked at. */
static bool sift(struct match_phrase *phrase, struct phrase_word *word, size_t from)
{
    uint32_t greatest =
        starts_last(&phrase->starts) + word->offsets[word->offset_count - 1];
    if (from == 0 && !match_cursor_positions_to(word->cursor, greatest, &word->positions))
        return false;
    for (size_t i = from; i < word->offset_count; i++)
        starts_sift(&phrase->starts, &word->positions, word->offsets[i]);
    return true;
}

/* Of the occurrences those in the title. */
static bool keep_title(struct match_phrase *phrase)
{
    uint32_t in_title;
    if (!match_title_count(phrase->source, current_doc(phrase), &phrase->starts, &in_title))
        return false;
    phrase->starts.size = in_title * sizeof(uint32_t);
    return in_title > 0;
}

/* Whether the phrase stands in the current article; fills starts. False with a bad status too. */
static bool find_starts(struct match_phrase *phrase)
{
    for (size_t i = 0; i < phrase->word_count; i++) {
        struct phrase_word *word = phrase->words[i];
        if (!place_word(phrase, word) || (i == 0 && !begin(phrase, word)) ||
            phrase->starts.size == 0 || !sift(phrase, word, i == 0))
            return false;
    }
    phrase->has_starts = true;
    return phrase->starts.size > 0 && (!phrase->only_titles || keep_title(phrase));
}

static bool need_starts(struct match_phrase *phrase)
{
    if (phrase->has_starts || find_starts(phrase))
        return true;
    return phrase->source->budget->status == STATUS_OK && contradicts(phrase);
}

/* --- Counts ------------------------------------------------------------------------------------*/

/* Occurrences of the whole that so many of a list allow. Where its run comes k times in the phrase
 * and the phrase n times in the article, there are k + n − 1 different places of the run at least.
 */
static bool list_most(struct phrase_list *list, uint32_t *most)
{
    uint32_t tf;
    if (!match_cursor_tf(&list->cursor, &tf))
        return false;
    *most = tf >= list->times ? tf - (list->times - 1) : 0;
    return true;
}

static bool count_most(struct match_phrase *phrase, uint32_t *most)
{
    *most = UINT32_MAX;
    for (size_t i = 0; i < phrase->list_count; i++) {
        uint32_t of_list;
        if (!list_most(phrase->lists[i], &of_list))
            return false;
        *most = of_list < *most ? of_list : *most;
    }
    return true;
}

static bool count_most_in_title(struct match_phrase *phrase, uint32_t most, uint32_t *in_title)
{
    uint32_t title_words, words = phrase->leaf.word_count;
    *in_title = 0;
    if (!phrase->may_be_in_title)
        return true;
    enum status status =
        columns_title_words(phrase->source->columns, current_doc(phrase), &title_words);
    if (!match_budget_check(phrase->source->budget, status, CHUNK_TITLE_WORDS))
        return false;
    if (title_words >= words)
        *in_title = title_words - words < most ? title_words - words + 1 : most;
    return true;
}

static bool shared_tf(struct match_phrase *phrase, struct phrase_link *link, uint32_t *tf)
{
    const struct match_source *source = phrase->source;
    const struct phrase_part *part = link->part;
    if (!link->shared) {
        link->shared = arena_allocate(source->arena, 1, sizeof *link->shared);
        if (!link->shared)
            return match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_GRAMS);
        match_gram_list_open(link->shared, source, part->shared, phrase->terms + part->first,
                             false);
    }
    uint32_t doc = current_doc(phrase);
    return (match_cursor_seek(link->shared, doc) == doc || contradicts(phrase)) &&
           match_cursor_tf(link->shared, tf);
}

/* Occurrences of the whole that the counts of its parts leave no way around: of x occurrences of
 * what ends with a run and y of what begins with it, where the run itself stands z times, at least
 * x + y − z have both. Into phrase->least; false with a bad status. */
static bool count_least(struct match_phrase *phrase)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < phrase->link_count; i++) {
        struct phrase_link *link = &phrase->links[i];
        uint32_t tf, shared = 0;
        if (!match_cursor_tf(&link->list->cursor, &tf) ||
            (i > 0 && !shared_tf(phrase, link, &shared)))
            return false;
        sum += tf;
        if (sum <= shared)
            return true;
        sum -= shared;
    }
    phrase->least = (uint32_t)sum;
    return true;
}

/* --- Matcher -----------------------------------------------------------------------------------*/

static uint32_t first_shared(struct match_phrase *phrase, uint32_t target)
{
    if (phrase->list_count == 1)
        return match_cursor_seek(&phrase->lists[0]->cursor, target);
    return match_pair_seek(&phrase->pair, target);
}

static uint32_t phrase_approach(struct matcher *matcher, uint32_t target)
{
    struct match_phrase *phrase = (struct match_phrase *)matcher;
    uint32_t doc = first_shared(phrase, target);
    for (size_t i = 2; i < phrase->list_count && doc != NO_MORE_DOCS;) {
        uint32_t other = match_cursor_seek(&phrase->lists[i]->cursor, doc);
        bool same = other == doc;
        if (!same)
            doc = other == NO_MORE_DOCS ? other : first_shared(phrase, other);
        i = same ? i + 1 : 2;
    }
    return doc;
}

static bool phrase_confirm(struct matcher *matcher)
{
    struct match_phrase *phrase = (struct match_phrase *)matcher;
    phrase->has_starts = false;
    phrase->least = 0;
    if (!count_least(phrase))
        return false;
    return phrase->least > 0 || find_starts(phrase);
}

static uint32_t phrase_seek(struct matcher *matcher, uint32_t target)
{
    const struct match_phrase *phrase = (struct match_phrase *)matcher;
    for (;;) {
        uint32_t doc = phrase_approach(matcher, target);
        if (doc == NO_MORE_DOCS || phrase_confirm(matcher))
            return doc;
        if (phrase->source->budget->status != STATUS_OK)
            return NO_MORE_DOCS;
        target = doc + 1;
    }
}

static uint32_t phrase_next(struct matcher *matcher)
{
    return phrase_seek(matcher, matcher->doc == BEFORE_FIRST_DOC ? 0 : matcher->doc + 1);
}

static bool phrase_test(struct matcher *matcher, uint32_t target)
{
    struct match_phrase *phrase = (struct match_phrase *)matcher;
    for (size_t i = 0; i < phrase->list_count; i++)
        if (match_cursor_seek(&phrase->lists[i]->cursor, target) != target)
            return false;
    if (!phrase_confirm(matcher))
        return false;
    matcher->doc = target;
    return true;
}

static void phrase_release(struct matcher *matcher)
{
    struct match_phrase *phrase = (struct match_phrase *)matcher;
    for (size_t i = 0; i < phrase->list_count; i++)
        match_cursor_release(&phrase->lists[i]->cursor);
    for (size_t i = 0; i < phrase->word_count; i++) {
        if (phrase->words[i]->cursor)
            match_cursor_release(phrase->words[i]->cursor);
        bytes_release(&phrase->words[i]->positions);
    }
    for (size_t i = 0; i < phrase->link_count; i++)
        if (phrase->links[i].shared)
            match_cursor_release(phrase->links[i].shared);
    bytes_release(&phrase->starts);
}

/* --- Leaf --------------------------------------------------------------------------------------*/

static bool phrase_most(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_phrase *phrase = (struct match_phrase *)leaf;
    *title_tf = 0;
    if (!count_most(phrase, tf))
        return false;
    if (!phrase->only_titles)
        return count_most_in_title(phrase, *tf, title_tf);
    *title_tf = *tf;
    return true;
}

static bool phrase_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_phrase *phrase = (struct match_phrase *)leaf;
    if (!phrase->has_starts) { /* where no more than the least is possible that is what there is */
        if (!phrase_most(leaf, tf, title_tf))
            return false;
        if (*tf == phrase->least && *title_tf == 0)
            return true;
    }
    if (!need_starts(phrase))
        return false;
    *tf = starts_count(&phrase->starts);
    *title_tf = 0;
    if (!phrase->may_be_in_title)
        return true;
    return match_title_count(phrase->source, leaf->matcher.doc, &phrase->starts, title_tf);
}

static uint16_t phrase_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    struct match_phrase *phrase = (struct match_phrase *)leaf;
    uint16_t least = UINT16_MAX;
    *up_to = NO_MORE_DOCS;
    for (size_t i = 0; i < phrase->list_count; i++) {
        struct phrase_list *list = phrase->lists[i];
        uint32_t end;
        uint16_t bound = match_bound(&list->cursor.postings, &list->bound_block, target, &end);
        least = bound < least ? bound : least;
        *up_to = end < *up_to ? end : *up_to;
    }
    return least;
}

static bool phrase_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    struct match_phrase *phrase = (struct match_phrase *)leaf;
    bytes_clear(out);
    if (!need_starts(phrase))
        return false;
    bytes_append_slice(out, bytes_slice(&phrase->starts));
    return match_budget_check(phrase->source->budget, out->status, CHUNK_POSITIONS);
}

static const struct matcher_kind phrase_kind = {.next = phrase_next,
                                                .seek = phrase_seek,
                                                .test = phrase_test,
                                                .approach = phrase_approach,
                                                .confirm = phrase_confirm,
                                                .leaves = match_leaf_itself,
                                                .release = phrase_release};
static const struct match_leaf_kind phrase_leaf_kind = {.frequency = phrase_frequency,
                                                        .most = phrase_most,
                                                        .bound = phrase_bound,
                                                        .occurrences = phrase_occurrences};

/* --- Making ------------------------------------------------------------------------------------*/

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
        struct phrase_word *word = find_word(phrase, phrase->terms[i]);
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
    struct phrase_list *list = arena_allocate(phrase->source->arena, 1, sizeof *list);
    if (!list)
        return NULL;
    list->gram = part->gram;
    list->first = part->first;
    list->count = part->count;
    list->times = 1;
    open_list(phrase, list);
    return phrase->lists[phrase->list_count++] = list;
}

/* Counts prove something where every part but the first shares a gram with the one before. */
static bool add_lists(struct match_phrase *phrase, const struct phrase_part *parts, size_t count)
{
    bool linked = count > 1;
    phrase->lists = arena_allocate(phrase->source->arena, count, sizeof(struct phrase_list *));
    phrase->links = arena_allocate(phrase->source->arena, count, sizeof *phrase->links);
    if (!phrase->lists || !phrase->links)
        return false;
    for (size_t i = 0; i < count; i++) {
        phrase->links[i].part = &parts[i];
        phrase->links[i].list = add_list(phrase, &parts[i]);
        if (!phrase->links[i].list)
            return false;
        linked = linked && (i == 0 || parts[i].shared);
    }
    phrase->link_count = linked ? count : 0;
    return true;
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
    if (!phrase->words || !add_words(phrase, count) || !add_lists(phrase, parts, part_count)) {
        phrase_release(&phrase->leaf.matcher);
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
