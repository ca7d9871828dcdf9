#include "search/relax.h"

#include "base/bytes.h"
#include "search/collection.h"
#include "search/stop_words.h"
#include "search/why_work.h"

enum {
    NARROW_GAP = 3,
    WIDE_GAP = 10,
    SHORTENED_MOST = 12, /* words of a phrase each of which is left out in turn */
    LEFT_OUT_MOST = 8,   /* parts of an AND likewise */
    SHORTER_MOST = 2,    /* offers of one kind */
    REPLACED_MOST = 4    /* words of which each is replaced in turn */
};

struct relaxing {
    struct why_work *work;
    struct arena *scratch;
    struct query_node *root;
    const struct query_node *phrase; /* to blame, as far as its words occur; NULL: no phrase is */
    unsigned without;                /* of what is offered now */
    uint64_t found;                  /* by what was counted last */
    uint64_t beyond; /* what finds no more than so many would find the same as an offer before */
};

/* --- Offers ------------------------------------------------------------------------------------*/

/* "a AND b" as people write it. */
static struct slice without_and(const struct relaxing *relaxing, struct slice text)
{
    struct bytes plain = {0};
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++) {
        quoted ^= text.data[i] == '"';
        if (!quoted && slice_starts_with(slice_from(text, i), SLICE(" AND ")))
            i += 4;
        bytes_put_u8(&plain, (uint8_t)text.data[i]);
    }
    struct slice copy = arena_copy(relaxing->scratch, bytes_slice(&plain));
    bytes_release(&plain);
    return copy;
}

static bool is_offered(const struct relaxing *relaxing, struct slice query)
{
    const struct why *why = relaxing->work->why;
    for (size_t i = 0; i < why->relaxation_count; i++)
        if (slice_equal(why->relaxations[i].query, query) &&
            why->relaxations[i].without == relaxing->without)
            return true;
    return false;
}

static bool is_full(const struct relaxing *relaxing)
{
    return relaxing->work->why->relaxation_count == WHY_RELAXATIONS_MOST || relaxing->work->ended;
}

static bool add(struct relaxing *relaxing, struct slice query, uint64_t total)
{
    struct why *why = relaxing->work->why;
    query = arena_copy(relaxing->work->arena, query);
    if (!query.data)
        return false;
    why->relaxations[why->relaxation_count++] =
        (struct relaxation){query, total, relaxing->without};
    return true;
}

/* True where it finds something and is offered now. */
static bool offer(struct relaxing *relaxing, const struct query_node *tree)
{
    struct why_count count;
    if (!tree || is_full(relaxing))
        return false;
    relaxing->work->without = relaxing->without & ~WITHOUT_MODE;
    struct slice written = why_write(relaxing->work, tree);
    struct slice plain = without_and(relaxing, written);
    if (is_offered(relaxing, plain) || is_offered(relaxing, written))
        return false;
    uint64_t total = why_count_text(relaxing->work, plain, &count);
    if (!slice_equal(count.parsed, written)) {
        plain = written;
        total = why_count_text(relaxing->work, plain, &count);
    }
    relaxing->found = total;
    return total > relaxing->beyond && !count.mended && add(relaxing, plain, total);
}

/* The query with this in the place of what is to blame. */
static bool offer_instead(struct relaxing *relaxing, struct query_node *with)
{
    const struct why_work *work = relaxing->work;
    struct relax_change change = {work->at, with, work->failing, work->failing_count};
    return with && offer(relaxing, relax_rebuild(relaxing->scratch, relaxing->root, &change));
}

/* One in a chain of ever wider ones. */
static bool offer_wider(struct relaxing *relaxing, struct query_node *with)
{
    const struct why *why = relaxing->work->why;
    bool offered = offer_instead(relaxing, with);
    if (offered)
        relaxing->beyond = why->relaxations[why->relaxation_count - 1].total;
    return offered;
}

static void offer_dropped(struct relaxing *relaxing, const struct query_node *at)
{
    const struct why_work *work = relaxing->work;
    struct relax_change change = {at, NULL, work->failing, work->failing_count};
    offer(relaxing, relax_rebuild(relaxing->scratch, relaxing->root, &change));
}

/* --- Phrases and words -------------------------------------------------------------------------*/

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
        offer_instead(relaxing, relax_joined(relaxing->scratch, work->at, work->run.first));
    if (why->cause != WHY_WORD)
        return;
    struct slice word = work->at->words[work->run.first].text;
    for (size_t i = 0; i < why->glued_count; i++) {
        bool starts = slice_starts_with(why->glued[i], word);
        begins = begins || starts;
        ends = ends || !starts;
    }
    if (begins)
        offer_instead(relaxing, relax_pattern(relaxing->scratch, work->at, work->run.first, false));
    if (ends)
        offer_instead(relaxing, relax_pattern(relaxing->scratch, work->at, work->run.first, true));
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
        offer_instead(relaxing, any);
    if (relaxing->phrase)
        offer_wider(relaxing, (struct query_node *)(uintptr_t)relaxing->phrase);
}

/* "doomed to failure" for "doomed to total failure". */
static void offer_shortened(struct relaxing *relaxing)
{
    const struct query_node *phrase = relaxing->phrase;
    size_t offered = 0;
    if (phrase->word_count < 3 || phrase->word_count > SHORTENED_MOST)
        return;
    for (size_t i = 1; i < phrase->word_count - 1 && offered < SHORTER_MOST; i++)
        offered += offer_instead(relaxing, relax_without(relaxing->scratch, phrase, i));
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
        offered +=
            offer_instead(relaxing, relax_any_at(relaxing->scratch, work->at, work->run.first + i));
}

static void offer_gaps(struct relaxing *relaxing)
{
    const struct query_node *phrase = relaxing->phrase;
    bool offered = false;
    if (phrase->slop < NARROW_GAP)
        offered = offer_wider(relaxing, relax_gap(relaxing->scratch, phrase, NARROW_GAP));
    if (!offered && phrase->slop < WIDE_GAP)
        offer_wider(relaxing, relax_gap(relaxing->scratch, phrase, WIDE_GAP));
}

/* The longest runs that occur, the longest first. */
static void offer_runs(struct relaxing *relaxing)
{
    struct why_work *work = relaxing->work;
    size_t offered = 0;
    for (size_t length = work->at->word_count; length > 1 && offered < SHORTER_MOST; length--)
        for (size_t i = 0; i < work->run_count && offered < SHORTER_MOST; i++)
            if (work->runs[i].count == length)
                offered += offer_instead(relaxing, why_part(work, work->at, work->runs[i]));
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
    offer_wider(relaxing, relax_words(relaxing->scratch, phrase, QUERY_AND));
    if (relaxing->found || is_full(relaxing))
        return;
    struct query_node *any = relax_words(relaxing->scratch, phrase, QUERY_OR);
    offer_wider(relaxing, telling_words(relaxing, any));
}

static struct query_node *copy_of(const struct relaxing *relaxing, const struct query_node *node)
{
    struct query_node *copy = arena_allocate(relaxing->scratch, 1, sizeof *copy);
    if (copy)
        *copy = *node;
    return copy;
}

/* What is to blame, anywhere. */
static struct query_node *anywhere(const struct relaxing *relaxing)
{
    struct query_node *copy = copy_of(relaxing, relaxing->work->at);
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
    offer_gaps(relaxing);
    beyond = relaxing->beyond;
    relaxing->beyond = whole;
    offer_runs(relaxing);
    relaxing->beyond = beyond;
    offer_words(relaxing);
}

static void relax_blamed_phrase(struct relaxing *relaxing)
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

/* --- What holds several ------------------------------------------------------------------------*/

static void relax_near(struct relaxing *relaxing)
{
    static const uint32_t wider[] = {10, 50, QUERY_GAP_MOST};
    const struct query_node *near = relaxing->work->at;
    struct query_node *copy;
    if (near->ordered && (copy = copy_of(relaxing, near))) {
        copy->ordered = false;
        offer_instead(relaxing, copy);
    }
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++) {
        copy = wider[i] > near->distance ? copy_of(relaxing, near) : NULL;
        if (!copy)
            continue;
        copy->distance = wider[i];
        if (offer_wider(relaxing, copy))
            break;
    }
    relaxing->found = 0;
    offer_wider(relaxing,
                relax_parent(relaxing->scratch, QUERY_AND, near->children, near->child_count));
    if (!relaxing->found)
        offer_wider(relaxing,
                    relax_parent(relaxing->scratch, QUERY_OR, near->children, near->child_count));
    relaxing->beyond = 0;
}

static void relax_title(struct relaxing *relaxing)
{
    offer_instead(relaxing, anywhere(relaxing));
}

static size_t words_among(const struct query_node *all)
{
    size_t words = 0;
    for (size_t i = 0; i < all->child_count; i++)
        words += !why_is_filter(all->children[i]);
    return words;
}

/* One part less, first a filter less; the only words are none to leave out. */
static void relax_together(struct relaxing *relaxing)
{
    const struct query_node *all = relaxing->work->among;
    for (int filters = 1; filters >= 0; filters--)
        for (size_t i = 0; i < all->child_count && i < LEFT_OUT_MOST; i++)
            if (why_is_filter(all->children[i]) == (filters == 1) &&
                (filters || words_among(all) > 1))
                offer_dropped(relaxing, all->children[i]);
}

static void relax_not(struct relaxing *relaxing)
{
    const struct query_node *without = relaxing->work->at->children[1];
    for (size_t i = 0; without->kind == QUERY_OR && i < without->child_count; i++)
        offer_dropped(relaxing, without->children[i]);
    offer_dropped(relaxing, without);
}

static bool holds(const struct query_node *node, const struct query_node *sought)
{
    bool found = node == sought;
    for (size_t i = 0; i < node->child_count && !found; i++)
        found = holds(node->children[i], sought);
    return found;
}

/* An AND that may have conditions beside it; or else anything. */
static const struct query_node *all_of(const struct query_node *root)
{
    return root->kind == QUERY_NOT ? root->children[0] : root;
}

/* What is to blame, or the part of an AND that it stands in. */
static const struct query_node *blamed_part(const struct relaxing *relaxing)
{
    const struct query_node *all = all_of(relaxing->root), *at = relaxing->work->at;
    for (size_t i = 0; all->kind == QUERY_AND && i < all->child_count; i++)
        if (holds(all->children[i], at))
            return all->children[i];
    return at;
}

/* Whether it is known to find nothing by itself. */
static bool is_failing(const struct why_work *work, const struct query_node *node)
{
    for (size_t i = 0; i < work->failing_count; i++)
        if (work->failing[i] == node)
            return true;
    return work->alone && holds(node, work->at);
}

/* Any of an AND's parts, as far as they are words that occur; with `narrowed`, what else is asked
 * has to hold. */
static void offer_any_of(struct relaxing *relaxing, bool narrowed)
{
    struct query_node *root = relaxing->root;
    const struct query_node *all = all_of(root);
    size_t words = 0, parts = 1;
    struct query_node **of =
        arena_allocate(relaxing->scratch, 2 * (all->child_count + 1), sizeof *of);
    if (all->kind != QUERY_AND || !of)
        return;
    struct query_node **any = of + all->child_count + 1;
    for (size_t i = 0; i < all->child_count; i++)
        if (is_failing(relaxing->work, all->children[i]))
            continue;
        else if (why_is_filter(all->children[i]))
            of[parts++] = all->children[i];
        else
            any[words++] = all->children[i];
    of[0] = relax_parent(relaxing->scratch, QUERY_OR, any, words);
    if (!of[0])
        return;
    struct relax_change change = {.at = all,
                                  .with = relax_parent(relaxing->scratch, QUERY_AND, of, parts)};
    if (!narrowed)
        offer(relaxing, of[0]);
    else if (words > 1)
        offer(relaxing, relax_rebuild(relaxing->scratch, root, &change));
}

static void relax_cause(struct relaxing *relaxing);
static void relax_tree(struct relaxing *relaxing);

/* What is to blame in this part of the root, and its offers with these left out. */
static void relax_part(struct relaxing *relaxing, struct query_node *root,
                       const struct query_node *part, const struct query_node *const *failing,
                       size_t failing_count, void relax(struct relaxing *))
{
    struct why_work *all = relaxing->work;
    struct why why = *all->why; /* whose cause stays what it is */
    struct why_work one = {.request = all->request,
                           .arena = all->arena,
                           .why = &why,
                           .given = all->given,
                           .ended = all->ended,
                           .left_out = all->left_out,
                           .without = relaxing->without & ~WITHOUT_MODE};
    struct relaxing alone = *relaxing;
    why.glued_count = 0;
    why_blame(&one, part);
    for (size_t i = 0; i < failing_count && one.failing_count < WHY_MISSING_MOST; i++)
        if (failing[i] != part)
            one.failing[one.failing_count++] = failing[i];
    alone.work = &one;
    alone.root = root;
    if (!one.ended)
        relax(&alone);
    memcpy(all->why->relaxations, why.relaxations, sizeof why.relaxations);
    all->why->relaxation_count = why.relaxation_count;
    all->ended = one.ended;
    all->left_out = one.left_out;
}

/* Of alternatives none of which occurs: what each offers by itself. */
static void relax_alternatives(struct relaxing *relaxing)
{
    const struct why_work *work = relaxing->work;
    const struct query_node *any = work->at;
    for (size_t i = 0; i < any->child_count && i < LEFT_OUT_MOST && !is_full(relaxing); i++) {
        struct relax_change change = {any, any->children[i], work->failing, work->failing_count};
        struct query_node *root = relax_rebuild(relaxing->scratch, relaxing->root, &change);
        if (root)
            relax_part(relaxing, root, any->children[i], NULL, 0, relax_tree);
    }
}

/* Without what is to blame; where that finds nothing either, what it offers. */
static void relax_rest(struct relaxing *relaxing)
{
    struct why_work *work = relaxing->work;
    struct relax_change change = {work->at, NULL, work->failing, work->failing_count};
    struct query_node *rest = relax_rebuild(relaxing->scratch, relaxing->root, &change);
    if (rest && !offer(relaxing, rest) && !is_full(relaxing) &&
        work->failing_count < WHY_MISSING_MOST && !why_finds(work, rest))
        relax_part(relaxing, rest, rest, NULL, 0, relax_tree);
}

/* What is to blame otherwise, and the query without it. */
static void relax_blamed(struct relaxing *relaxing)
{
    const struct why_work *work = relaxing->work;
    relax_cause(relaxing);
    if (work->at != relaxing->root && work->why->cause != WHY_TOGETHER)
        relax_rest(relaxing);
}

/* What the other parts offer that find nothing by themselves. */
static void relax_failing(struct relaxing *relaxing)
{
    const struct why_work *work = relaxing->work;
    const struct query_node *failing[WHY_MISSING_MOST + 1] = {blamed_part(relaxing)};
    size_t count = 1 + work->failing_count;
    memcpy(failing + 1, work->failing, work->failing_count * sizeof *failing);
    for (size_t i = 1; i < count && !is_full(relaxing); i++)
        if (failing[i]->kind != QUERY_PHRASE || failing[i]->word_count > 1 ||
            failing[i]->field == FIELD_TITLE)
            relax_part(relaxing, relaxing->root, failing[i], failing, count, relax_blamed);
}

/* --- All ---------------------------------------------------------------------------------------*/

static void relax_cause(struct relaxing *relaxing)
{
    switch (relaxing->work->why->cause) {
    case WHY_WORD:
    case WHY_PATTERN:
    case WHY_PAIR:
    case WHY_PHRASE:
        relax_blamed_phrase(relaxing);
        break;
    case WHY_TITLE:
        relax_title(relaxing);
        break;
    case WHY_NEAR:
        relax_near(relaxing);
        break;
    case WHY_CHARACTERS:
        offer_instead(relaxing, relaxing->work->at->children[0]);
        break;
    case WHY_NOT:
        relax_not(relaxing);
        break;
    case WHY_FIELD:
    case WHY_DATE:
    case WHY_TOGETHER:
        if (relaxing->work->among)
            relax_together(relaxing);
        break;
    case WHY_ANY:
        relax_alternatives(relaxing);
        break;
    default:
        break;
    }
}

/* All of a tree that finds nothing, of which it is known what is to blame. */
static void relax_tree(struct relaxing *relaxing)
{
    const struct why_work *work = relaxing->work;
    size_t before = work->why->relaxation_count;
    relax_blamed(relaxing);
    if (work->alone && blamed_part(relaxing) != relaxing->root)
        offer_dropped(relaxing, blamed_part(relaxing));
    relax_failing(relaxing);
    offer_any_of(relaxing, true);
    if (work->why->relaxation_count == before)
        offer_any_of(relaxing, false);
    if (work->why->relaxation_count == before && relaxing->root->kind == QUERY_NOT)
        relax_part(relaxing, relaxing->root->children[0], relaxing->root->children[0], NULL, 0,
                   relax_tree);
}

/* With the question's filters but these. */
static void relax_query(struct relaxing *relaxing, unsigned without)
{
    const struct why_work *work = relaxing->work;
    relaxing->without = without | (work->request->question->phrase ? WITHOUT_MODE : 0);
    if (work->at)
        relax_tree(relaxing);
}

/* What the question asks itself, without some or all of its filters. */
static void relax_filters(struct relaxing *relaxing)
{
    static const unsigned filters[] = {WITHOUT_FROM | WITHOUT_TO, WITHOUT_SOURCE, WITHOUT_LANG};
    unsigned given = relaxing->work->given;
    unsigned mode = relaxing->work->request->question->phrase ? WITHOUT_MODE : 0;
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        relaxing->without = (filters[i] & given) | mode;
        if (filters[i] & given)
            offer(relaxing, relaxing->root);
    }
    relaxing->without = given | mode;
    if (given)
        offer(relaxing, relaxing->root);
}

void why_relax(struct why_work *work)
{
    struct relaxing relaxing = {
        .work = work, .scratch = work->request->scratch, .root = work->request->query->root};
    if (work->parameter || !work->at)
        relax_filters(&relaxing);
    relax_query(&relaxing, 0);
    if (work->given && work->why->relaxation_count == 0)
        relax_query(&relaxing, work->given);
}
