#include "search/collection.h"
#include "search/found_docs.h"
#include "search/relax_tree.h"
#include "search/relax_work.h"
#include "search/stop_words.h"

enum {
    NARROW_GAP = 3,
    WIDE_GAP = 10,
    SHORTENED_MOST = 12, /* words of a phrase each of which is left out in turn */
    SHORTER_MOST = 2,    /* offers of one kind */
    REPLACED_MOST = 4    /* words of which each is replaced in turn */
};

static bool is_missing(const struct why_work *work, const struct query_word *word)
{
    for (size_t i = 0; i < work->missing_count && i < WHY_MISSING_MOST; i++)
        if (work->missing[i]->kind == word->kind && slice_equal(work->missing[i]->text, word->text))
            return true;
    return false;
}

/* kramer* and *kramer where such words stand in some article. */
static void offer_glued(struct relaxing *relaxing)
{
    const struct why_work *work = relaxing->work;
    const struct why *why = work->why;
    bool begins = false, ends = false;
    if (why->cause == WHY_PAIR && why->glued_count)
        relax_offer_instead(relaxing, relax_joined(relaxing->scratch, work->at, work->run.first));
    if (why->cause != WHY_WORD)
        return;
    struct slice word = work->at->words[work->run.first].text;
    for (size_t i = 0; i < why->glued_count; i++) {
        bool starts = slice_starts_with(why->glued[i], word);
        begins = begins || starts;
        ends = ends || !starts;
    }
    if (begins)
        relax_offer_instead(relaxing,
                            relax_pattern(relaxing->scratch, work->at, work->run.first, false));
    if (ends)
        relax_offer_instead(relaxing,
                            relax_pattern(relaxing->scratch, work->at, work->run.first, true));
}

/* The words of the phrase; of those that are missing as any words, or else none. */
static struct query_node *without_missing(const struct relaxing *relaxing, bool as_any)
{
    const struct query_node *phrase = relaxing->phrase;
    struct query_word *words = arena_allocate(relaxing->scratch, phrase->word_count, sizeof *words);
    size_t count = 0;
    for (size_t i = 0; words && i < phrase->word_count; i++) {
        const struct query_word *word = &phrase->words[i];
        bool missing = is_missing(relaxing->work, word);
        words[count] = missing ? (struct query_word){.kind = WORD_ANY} : *word;
        count += !missing || as_any;
    }
    return words ? relax_phrase(relaxing->scratch, phrase, words, count) : NULL;
}

/* The phrase with any word where one is missing between others, and then without what is missing:
 * that is what goes on. */
static void leave_missing_out(struct relaxing *relaxing)
{
    struct query_node *any = without_missing(relaxing, true);
    relaxing->phrase = without_missing(relaxing, false);
    if (any && relaxing->phrase && any->word_count > relaxing->phrase->word_count)
        relax_offer_instead(relaxing, any);
    if (relaxing->phrase)
        relax_offer_wider(relaxing, (struct query_node *)(uintptr_t)relaxing->phrase);
}

/* "doomed to failure" for "doomed to total failure". */
static void offer_shortened(struct relaxing *relaxing)
{
    const struct query_node *phrase = relaxing->phrase;
    size_t offered = 0;
    if (phrase->word_count < 3 || phrase->word_count > SHORTENED_MOST)
        return;
    for (size_t i = 1; i < phrase->word_count - 1 && offered < SHORTER_MOST; i++)
        offered += relax_offer_instead(relaxing, relax_without(relaxing->scratch, phrase, i));
}

/* "like it * an appointment" for "like it has an appointment": one word is remembered wrongly, and
 * it is one of those that never stand so. */
static void offer_replaced(struct relaxing *relaxing)
{
    const struct why_work *work = relaxing->work;
    size_t offered = 0;
    if (work->missing_count || work->at->slop)
        return;
    for (size_t i = 0; i < work->run.count && i < REPLACED_MOST && offered < SHORTER_MOST; i++)
        offered += relax_offer_instead(
            relaxing, relax_any_at(relaxing->scratch, work->at, work->run.first + i));
}

static struct query_node *gap(const struct relaxing *relaxing, uint32_t slop)
{
    const struct query_node *phrase = relaxing->phrase;
    return phrase->slop < slop ? relax_gap(relaxing->scratch, phrase, slop) : NULL;
}

static void offer_gaps(struct relaxing *relaxing)
{
    if (!relax_offer_wider(relaxing, gap(relaxing, NARROW_GAP)))
        relax_offer_wider(relaxing, gap(relaxing, WIDE_GAP));
}

/* A pattern may cost all that may be spent, before anything else was offered. */
static bool has_pattern(const struct query_node *phrase)
{
    for (size_t i = 0; i < phrase->word_count; i++)
        if (phrase->words[i].kind != WORD_ITSELF && phrase->words[i].kind != WORD_ANY)
            return true;
    return false;
}

/* What stands with gaps stands in articles that hold all words, which are counted as well: where
 * they are few, only these are looked at, first for the wider gap and for the narrower only where
 * that stands. */
static void offer_gaps_within(struct relaxing *relaxing)
{
    struct found_docs all, wide;
    uint64_t total, most;
    relaxing->ahead_count = 0;
    bool few =
        relaxing->root == relaxing->work->at && relaxing->phrase->slop < WIDE_GAP &&
        !has_pattern(relaxing->phrase) &&
        relax_count_ahead(relaxing, relax_words(relaxing->scratch, relaxing->phrase, QUERY_AND),
                          NULL, &all, &total) &&
        relax_count_ahead(relaxing, gap(relaxing, WIDE_GAP), &all, &wide, &most);
    if (few && most <= relaxing->beyond)
        return;
    relaxing->within = few ? &wide : NULL;
    offer_gaps(relaxing);
    relaxing->within = NULL;
}

/* The longest runs that occur, the longest first. */
static void offer_runs(struct relaxing *relaxing)
{
    struct why_work *work = relaxing->work;
    size_t offered = 0;
    for (size_t length = work->at->word_count; length > 1 && offered < SHORTER_MOST; length--)
        for (size_t i = 0; i < work->run_count && offered < SHORTER_MOST; i++)
            if (work->runs[i].count == length)
                offered += relax_offer_instead(relaxing, why_part(work, work->at, work->runs[i]));
}

/* A stop word, which the search would pass over, or one in more than half of all articles. */
static bool tells_nothing(struct relaxing *relaxing, const struct query_node *word, uint64_t all)
{
    const struct collection *collection = relaxing->work->request->collection;
    struct why_count count;
    return stop_words_hold(collection->files[0].settings->lang, word->words->text) ||
           why_count_text(relaxing->work, why_write(relaxing->work, word), &count) > all / 2;
}

/* Without words that choose nothing, unless all are such. */
static struct query_node *telling_words(struct relaxing *relaxing, struct query_node *words)
{
    struct why_work *work = relaxing->work;
    size_t left = 0;
    struct query_node **telling =
        words ? arena_allocate(relaxing->scratch, words->child_count, sizeof *telling) : NULL;
    if (!telling || words->child_count < 2)
        return words;
    uint64_t all = why_count_all(work);
    for (size_t i = 0; i < words->child_count; i++)
        if (!tells_nothing(relaxing, words->children[i], all))
            telling[left++] = words->children[i];
    return left > 1 ? relax_parent(relaxing->scratch, words->kind, telling, left) : words;
}

/* All of them, or any where no article has all. */
static void offer_words(struct relaxing *relaxing)
{
    const struct query_node *phrase = relaxing->phrase;
    relaxing->found = 0;
    relax_offer_wider(relaxing, relax_words(relaxing->scratch, phrase, QUERY_AND));
    if (relaxing->found || relax_is_full(relaxing))
        return;
    struct query_node *any = relax_words(relaxing->scratch, phrase, QUERY_OR);
    relax_offer_wider(relaxing, telling_words(relaxing, any));
}

/* What is to blame, anywhere. */
static struct query_node *anywhere(const struct relaxing *relaxing)
{
    struct query_node *copy = relax_copy(relaxing->scratch, relaxing->work->at);
    if (copy)
        copy->field = FIELD_ANY;
    return copy;
}

/* The words of a title's phrase anywhere. */
static void offer_words_anywhere(struct relaxing *relaxing)
{
    relaxing->phrase = anywhere(relaxing);
    if (relaxing->phrase && relaxing->phrase->word_count > 1)
        offer_words(relaxing);
    relaxing->beyond = 0;
}

static void relax_occurring(struct relaxing *relaxing)
{
    uint64_t whole = relaxing->beyond, beyond;
    offer_replaced(relaxing);
    offer_shortened(relaxing);
    offer_gaps_within(relaxing);
    beyond = relaxing->beyond;
    relaxing->beyond = whole;
    offer_runs(relaxing);
    relaxing->beyond = beyond;
    offer_words(relaxing);
}

void relax_blamed_phrase(struct relaxing *relaxing)
{
    relaxing->phrase = relaxing->work->at;
    offer_glued(relaxing);
    if (relaxing->work->missing_count && relaxing->phrase->word_count > 1)
        leave_missing_out(relaxing);
    if (relaxing->phrase && relaxing->phrase->word_count > 1)
        relax_occurring(relaxing);
    relaxing->beyond = 0;
    if (relaxing->work->at->field == FIELD_TITLE)
        offer_words_anywhere(relaxing);
}

void relax_title(struct relaxing *relaxing)
{
    relax_offer_instead(relaxing, anywhere(relaxing));
}
