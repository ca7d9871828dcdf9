#include "match/bound.h"
#include "match/confirmed.h"
#include "match/phrase_state.h"
#include "match/places.h"
#include "match/starts.h"
#include "match/title.h"

/* --- Occurrences -------------------------------------------------------------------------------*/

/* Puts the word's cursor on the current article: where its list is not one of those that led there,
 * grams say that it is in it. */
static bool place_word(struct match_phrase *phrase, struct phrase_word *word)
{
    const struct match_source *source = phrase->source;
    if (!word->cursor) {
        word->cursor = match_cursor_new(source->arena);
        if (!word->cursor)
            return match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_POSTINGS);
        match_cursor_open(word->cursor, source->snapshot, word->term, false, source->budget);
    }
    uint32_t doc = phrase_doc(phrase);
    return match_cursor_seek(word->cursor, doc) == doc || phrase_contradicts(phrase);
}

static bool begin(struct match_phrase *phrase, struct phrase_word *word)
{
    return match_cursor_positions(word->cursor, &word->positions) &&
           starts_begin(&phrase->starts, &word->positions, word->offsets[0],
                        phrase->source->budget);
}

/* Positions behind the last that is sought are not looked at. */
static bool sift(struct match_phrase *phrase, struct phrase_word *word, size_t from)
{
    uint32_t greatest = starts_last(&phrase->starts) + word->offsets[word->offset_count - 1];
    if (from == 0 && !match_cursor_positions_to(word->cursor, greatest, &word->positions))
        return false;
    for (size_t i = from; i < word->offset_count; i++)
        if (!starts_sift(&phrase->starts, &word->positions, word->offsets[i],
                         phrase->source->budget))
            return false;
    return true;
}

/* Of the occurrences those in the title. */
static bool keep_title(struct match_phrase *phrase)
{
    uint32_t in_title;
    if (!match_title_count(phrase->source, phrase_doc(phrase), &phrase->starts, &in_title))
        return false;
    phrase->starts.size = in_title * sizeof(uint32_t);
    return in_title > 0;
}

/* Keeps the starts at which the word stands where it must; those of the first word are all. */
static bool take_word(struct match_phrase *phrase, struct phrase_word *word, bool is_first)
{
    if (!place_word(phrase, word) || (is_first && !begin(phrase, word)))
        return false;
    return phrase->starts.size && sift(phrase, word, is_first) && phrase->starts.size;
}

/* Whether the phrase stands in the current article; fills starts. False with a bad status too. */
static bool find_starts(struct match_phrase *phrase)
{
    bool by_grams = phrase->last_links != NULL;
    for (size_t i = 0; by_grams && i < phrase->link_count; i++)
        phrase->links[i].implied = false;
    for (size_t i = 0; i < phrase->word_count; i++) {
        struct phrase_word *word = phrase->words[i];
        if (i > 0 && by_grams && phrase_implies(phrase, word))
            continue;
        if (!take_word(phrase, word, i == 0) || (by_grams && !phrase_count_implied(phrase, word)))
            return false;
    }
    phrase->has_starts = true;
    return !phrase->only_titles || keep_title(phrase);
}

static bool need_starts(struct match_phrase *phrase)
{
    if (phrase->has_starts || find_starts(phrase))
        return true;
    return phrase->source->budget->status == STATUS_OK && phrase_contradicts(phrase);
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
    if (!phrase_count_least(phrase))
        return false;
    return phrase->least > 0 || find_starts(phrase);
}

static uint32_t phrase_seek(struct matcher *matcher, uint32_t target)
{
    const struct match_budget *budget = ((struct match_phrase *)matcher)->source->budget;
    return match_confirmed_seek(matcher, target, budget, phrase_approach, phrase_confirm);
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
    if (!phrase_count_most(phrase, tf))
        return false;
    if (!phrase->only_titles)
        return phrase_count_most_in_title(phrase, *tf, title_tf);
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
    return match_places_append(phrase->source->budget, out, bytes_slice(&phrase->starts));
}

const struct matcher_kind phrase_kind = {.seek = phrase_seek,
                                         .test = phrase_test,
                                         .approach = phrase_approach,
                                         .confirm = phrase_confirm,
                                         .leaves = match_leaf_itself,
                                         .release = phrase_release};
const struct match_leaf_kind phrase_leaf_kind = {.frequency = phrase_frequency,
                                                 .most = phrase_most,
                                                 .bound = phrase_bound,
                                                 .occurrences = phrase_occurrences};
