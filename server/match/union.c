#include "match/union.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "match/places.h"
#include "match/title.h"
#include "match/union_positions.h"
#include "store/columns_read.h"

struct match_union {
    struct match_leaf leaf;
    const struct match_source *source;
    struct term_union *of; /* the question's, unless only some articles matter */
    bool only_titles;
    uint32_t at;              /* place of the current article */
    const uint32_t *expected; /* those behind the ones that were read */
    size_t expected_count;
    size_t guess;                /* articles to read where nobody said which: ever more */
    struct union_positions read; /* positions of some articles */
};

static uint32_t union_from(struct match_union *any, uint32_t at)
{
    const struct term_union *of = any->of;
    while (any->only_titles && at < of->df && (!of->title_tfs || of->title_tfs[at] == 0))
        at++;
    any->at = at;
    return at < of->df ? of->docs[at] : NO_MORE_DOCS;
}

static uint32_t union_next(struct matcher *matcher)
{
    struct match_union *any = (struct match_union *)matcher;
    if (!term_union_fill(any->of, any->source))
        return NO_MORE_DOCS;
    return union_from(any, matcher->doc == BEFORE_FIRST_DOC ? 0 : any->at + 1);
}

static uint32_t union_seek(struct matcher *matcher, uint32_t target)
{
    struct match_union *any = (struct match_union *)matcher;
    if (!term_union_fill(any->of, any->source))
        return NO_MORE_DOCS;
    return union_from(any, term_union_find(any->of, any->at, target));
}

static bool union_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    const struct match_union *any = (const struct match_union *)leaf;
    *title_tf = any->of->title_tfs ? any->of->title_tfs[any->at] : 0;
    *tf = any->only_titles ? *title_tf : any->of->tfs[any->at];
    return true;
}

static bool union_counts(struct match_leaf *leaf, struct match_counts *counts)
{
    const struct match_union *any = (const struct match_union *)leaf;
    const struct term_union *of = any->of;
    const struct union_best *best =
        any->only_titles ? &of->best_titles[any->at] : &of->best[any->at];
    *counts = (struct match_counts){best->tf, best->title_tf, best->distance, of->edits};
    return true;
}

static void union_expect(struct match_leaf *leaf, const uint32_t *docs, size_t count)
{
    struct match_union *any = (struct match_union *)leaf;
    any->expected = docs;
    any->expected_count = count;
}

/* Reads the article and some of the union's behind it. */
static bool read_on(struct match_union *any)
{
    enum { GUESS_MOST = 1 << 14 };
    size_t left = any->of->df - any->at;
    any->guess = any->guess < GUESS_MOST ? 2 * any->guess + 1 : GUESS_MOST;
    return union_positions_read(&any->read, any->source, any->of, any->of->docs + any->at,
                                any->guess < left ? any->guess : left) > 0;
}

/* Reads the article and those behind it that are expected. */
static bool read_from(struct match_union *any, uint32_t doc)
{
    size_t skipped = 0;
    while (skipped < any->expected_count && any->expected[skipped] < doc)
        skipped++;
    any->expected += skipped;
    any->expected_count -= skipped;
    if (any->expected_count == 0 || any->expected[0] != doc)
        return read_on(any);
    size_t among =
        union_positions_read(&any->read, any->source, any->of, any->expected, any->expected_count);
    any->expected += among;
    any->expected_count -= among;
    return among > 0;
}

static bool union_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    struct match_union *any = (struct match_union *)leaf;
    struct match_budget *budget = any->source->budget;
    uint32_t doc = leaf->matcher.doc, title_tf;
    const uint32_t *values;
    size_t count;
    bytes_clear(out);
    if (!union_positions_find(&any->read, doc, &values, &count) &&
        (!read_from(any, doc) || !union_positions_find(&any->read, doc, &values, &count)))
        return budget->status == STATUS_OK &&
               match_budget_check(budget, STATUS_CORRUPT, CHUNK_POSITIONS);
    if (!match_places_append(budget, out, slice_of((const char *)values, count * sizeof *values)))
        return false;
    if (!any->only_titles)
        return true;
    if (!match_title_count(any->source, doc, out, &title_tf))
        return false;
    out->size = title_tf * sizeof *values;
    return true;
}

static void union_release(struct matcher *matcher)
{
    union_positions_release(&((struct match_union *)matcher)->read);
}

static const struct matcher_kind union_kind = {
    .next = union_next, .seek = union_seek, .leaves = match_leaf_itself, .release = union_release};
static const struct match_leaf_kind union_leaf_kind = {.frequency = union_frequency,
                                                       .counts = union_counts,
                                                       .occurrences = union_occurrences,
                                                       .expect = union_expect};

/* No fewer than its articles. */
static uint64_t cost_of(const struct term_union *of, uint64_t articles)
{
    uint64_t cost = 0;
    if (of->filled)
        return of->df;
    for (size_t i = 0; i < of->word_count && cost < articles; i++)
        cost += of->words[i].df;
    return of->reach < of->edits || cost > articles ? articles : cost;
}

struct match_leaf *match_union(const struct match_source *source, struct term_union *of,
                               bool titles, uint32_t number)
{
    struct match_union *made = arena_allocate(source->arena, 1, sizeof *made);
    bool apart = source->only && !of->filled;
    struct term_union *own = apart ? arena_allocate(source->arena, 1, sizeof *own) : of;
    if (!made || !own || (apart && !term_union_complete(of, source->budget)))
        return NULL;
    if (apart) {
        *own = *of;
        own->arena = source->arena;
    }
    matcher_init(&made->leaf.matcher, &union_kind, cost_of(own, source->columns->article_count));
    made->leaf.kind = &union_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = 1;
    made->source = source;
    made->of = own;
    made->only_titles = titles;
    made->expected = source->only;
    made->expected_count = source->only_count;
    return &made->leaf;
}

struct term_union *match_union_words(struct matcher *matcher)
{
    struct match_union *any = (struct match_union *)matcher;
    return matcher->kind == &union_kind && !any->only_titles && !any->of->filled ? any->of : NULL;
}
