#include "match/gram_list.h"
#include "match/phrase_state.h"
#include "store/columns_read.h"

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

enum { FREQUENT = 16 }; /* times the articles of the rarest list */

/* A list that is far more frequent than the rarest seldom says less, and is not decoded for it. */
bool phrase_count_most(struct match_phrase *phrase, uint32_t *most)
{
    *most = UINT32_MAX;
    for (size_t i = 0; i < phrase->list_count; i++) {
        struct phrase_list *list = phrase->lists[i];
        uint32_t of_list;
        if (!list->cursor.postings.has_tfs && list->df / FREQUENT > phrase->lists[0]->df)
            continue;
        if (!list_most(list, &of_list))
            return false;
        *most = of_list < *most ? of_list : *most;
    }
    return true;
}

bool phrase_count_most_in_title(struct match_phrase *phrase, uint32_t most, uint32_t *in_title)
{
    uint32_t title_words, words = phrase->leaf.word_count;
    *in_title = 0;
    if (!phrase->may_be_in_title)
        return true;
    enum status status =
        columns_title_words(phrase->source->columns, phrase_doc(phrase), &title_words);
    if (!match_budget_check(phrase->source->budget, status, CHUNK_TITLE_WORDS))
        return false;
    if (title_words >= words)
        *in_title = title_words - words < most ? title_words - words + 1 : most;
    return true;
}

/* --- At least ----------------------------------------------------------------------------------*/

static bool shared_tf(struct match_phrase *phrase, struct phrase_link *link, uint32_t *tf)
{
    const struct match_source *source = phrase->source;
    const struct phrase_part *part = link->part;
    if (!link->shared) {
        link->shared = match_cursor_new(source->arena);
        if (!link->shared)
            return match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_GRAMS);
        match_gram_list_open(link->shared, source, part->shared, phrase->terms + part->first,
                             false);
    }
    uint32_t doc = phrase_doc(phrase);
    return (match_cursor_seek(link->shared, doc) == doc || phrase_contradicts(phrase)) &&
           match_cursor_tf(link->shared, tf);
}

/* Of x occurrences of what ends with a run and y of what begins with it, where the run itself
 * stands z times, at least x + y − z have both. */
bool phrase_count_least(struct match_phrase *phrase)
{
    uint64_t sum = 0;
    phrase->least = 0;
    for (size_t i = 0; phrase->chained && i < phrase->link_count; i++) {
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

/* --- Implied -----------------------------------------------------------------------------------*/

static bool holds(const struct phrase_link *link, uint32_t at)
{
    return at >= link->part->first && at - link->part->first < link->part->count;
}

/* Whether the k-th place of the word is the only one in this part. */
static bool holds_once(const struct phrase_link *link, const struct phrase_word *word, size_t k)
{
    return holds(link, word->offsets[k]) && (k == 0 || !holds(link, word->offsets[k - 1])) &&
           (k + 1 == word->offset_count || !holds(link, word->offsets[k + 1]));
}

/* A run in which the word comes once, and that stands as often as the word: each of the word's
 * places is in one of the run's. */
bool phrase_count_implied(struct match_phrase *phrase, const struct phrase_word *word)
{
    uint32_t word_tf, tf;
    if (!match_cursor_tf(word->cursor, &word_tf))
        return false;
    for (size_t k = 0; k < word->offset_count; k++)
        for (size_t i = phrase->last_links[word->offsets[k]] + 1; i-- > 0;) {
            struct phrase_link *link = &phrase->links[i];
            if (!holds(link, word->offsets[k]))
                break;
            if (link->implied || !link->part->gram || !holds_once(link, word, k))
                continue;
            if (!match_cursor_tf(&link->list->cursor, &tf))
                return false;
            link->implied = tf == word_tf;
        }
    return true;
}

static bool implied_at(const struct match_phrase *phrase, uint32_t at)
{
    for (size_t i = phrase->last_links[at] + 1; i-- > 0 && holds(&phrase->links[i], at);)
        if (phrase->links[i].implied)
            return true;
    return false;
}

bool phrase_implies(const struct match_phrase *phrase, const struct phrase_word *word)
{
    for (size_t k = 0; k < word->offset_count; k++)
        if (!implied_at(phrase, word->offsets[k]))
            return false;
    return true;
}
