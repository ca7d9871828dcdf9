#include "search/relax_tree.h"
#include "search/relax_work.h"

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
        relax_offer(relaxing, of[0]);
    else if (words > 1)
        relax_offer(relaxing, relax_rebuild(relaxing->scratch, root, &change));
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
    for (size_t i = 0; i < any->child_count && i < RELAX_LEFT_OUT_MOST && !relax_is_full(relaxing);
         i++) {
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
    if (rest && !relax_offer(relaxing, rest) && !relax_is_full(relaxing) &&
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
    for (size_t i = 1; i < count && !relax_is_full(relaxing); i++)
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
        relax_offer_instead(relaxing, relaxing->work->at->children[0]);
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
        relax_offer_dropped(relaxing, blamed_part(relaxing));
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
    unsigned given = relaxing->work->given;
    unsigned mode = relaxing->work->request->question->phrase ? WITHOUT_MODE : 0;
    for (size_t i = 0; i < WHY_FILTERS; i++) {
        relaxing->without = (why_filters[i] & given) | mode;
        if (why_filters[i] & given)
            relax_offer(relaxing, relaxing->root);
    }
    relaxing->without = given | mode;
    if (given)
        relax_offer(relaxing, relaxing->root);
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
