#include "search/why_find.h"

#include "search/collection.h"
#include "search/why_work.h"

/* --- Counting ----------------------------------------------------------------------------------*/

static uint64_t articles_of(const struct collection *collection)
{
    return collection->article_count - collection->hidden_count;
}

bool why_try_count(struct why_work *work, struct slice query, const struct why_scope *scope,
                   struct why_count *count)
{
    const struct why_counter *counter = &work->request->counter;
    *count = (struct why_count){0};
    return work->ended || counter->count(counter->context, query, work->without, scope, count);
}

uint64_t why_take_count(struct why_work *work, bool known, struct why_count *count)
{
    if (!known) {
        work->ended = work->ended || !count->dear;
        work->left_out = true;
        count->total = 0;
    }
    return count->total;
}

uint64_t why_count_text(struct why_work *work, struct slice query, struct why_count *count)
{
    bool known = why_try_count(work, query, &(struct why_scope){0}, count);
    return why_take_count(work, known, count);
}

bool why_finds_text(struct why_work *work, struct slice query)
{
    const struct why_counter *counter = &work->request->counter;
    struct why_count count = {0};
    if (!work->ended && !counter->find(counter->context, query, work->without, &count))
        work->ended = true;
    return count.total > 0 || work->ended;
}

bool why_is_narrowed(const struct why_work *work)
{
    return work->given & ~work->without;
}

uint64_t why_count_all(struct why_work *work)
{
    struct why_count count;
    if (!why_is_narrowed(work))
        return articles_of(work->request->collection);
    return why_count_text(work, SLICE("*"), &count);
}

struct slice why_write(const struct why_work *work, const struct query_node *node)
{
    struct query query = *work->request->query;
    query.root = (struct query_node *)(uintptr_t)node; /* only read */
    return query_write(&query, work->request->scratch);
}

bool why_finds(struct why_work *work, const struct query_node *node)
{
    return why_finds_text(work, why_write(work, node));
}

/* --- The question's own filters ----------------------------------------------------------------*/

const unsigned why_filters[WHY_FILTERS] = {WITHOUT_FROM | WITHOUT_TO, WITHOUT_SOURCE, WITHOUT_LANG,
                                           WITHOUT_GROUP};

static unsigned given_filters(const struct question *question)
{
    return (question->from.size ? WITHOUT_FROM : 0) | (question->to.size ? WITHOUT_TO : 0) |
           (question->source.size ? WITHOUT_SOURCE : 0) | (question->lang.size ? WITHOUT_LANG : 0) |
           (question->group.size ? WITHOUT_GROUP : 0);
}

static bool finds_without(struct why_work *work, unsigned without)
{
    work->without = without;
    return why_finds(work, work->request->query->root);
}

/* Whether any article passes this filter by itself. */
static bool passes_any(struct why_work *work, unsigned filter)
{
    work->without = work->given & ~filter;
    return why_finds_text(work, SLICE("*"));
}

/* Without its filters the question finds some: which of them is to blame? */
static void blame_filters(struct why_work *work)
{
    for (size_t i = 0; i < WHY_FILTERS && !work->ended; i++) {
        unsigned filter = why_filters[i] & work->given;
        if (!filter || !finds_without(work, filter) || work->ended)
            continue;
        work->parameter = filter;
        work->alone = !passes_any(work, filter);
        work->why->cause = i == 0 ? WHY_DATE : WHY_FIELD;
        return;
    }
    work->parameter = work->given;
    work->why->cause = WHY_TOGETHER;
}

static void find_cause(struct why_work *work)
{
    const struct query_node *root = work->request->query->root;
    if (root->kind == QUERY_NOTHING || articles_of(work->request->collection) == 0) {
        work->why->cause = WHY_EMPTY;
    } else if (work->given && finds_without(work, work->given)) {
        if (!work->ended)
            blame_filters(work);
    } else {
        why_blame(work, root);
    }
    if (work->ended)
        work->why->cause = WHY_UNKNOWN;
}

void why_find(const struct why_request *request, struct arena *arena, struct why *why)
{
    struct why_work work = {
        .request = request, .arena = arena, .why = why, .given = given_filters(request->question)};
    *why = (struct why){0};
    find_cause(&work);
    if (why->cause == WHY_WORD || why->cause == WHY_PAIR)
        why_find_glued(&work);
    why_tell(&work);
    if (why->cause != WHY_UNKNOWN)
        why_relax(&work);
    why->partial = work.ended || work.left_out;
}
