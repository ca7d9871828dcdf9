#include "rank/mixed.h"

#include <stdlib.h>
#include <string.h>

#include "match/source.h"
#include "match/term.h"
#include "rank/bounds.h"
#include "rank/candidates.h"
#include "rank/mixed_list.h"
#include "rank/mixed_search.h"
#include "rank/ways.h"

/* --- Making ------------------------------------------------------------------------------------*/

static bool have(const struct mixed_search *search, const void *memory)
{
    return match_budget_check(search->ranking.budget, memory ? STATUS_OK : STATUS_NO_MEMORY,
                              CHUNK_POSTINGS);
}

static int by_df(const void *a, const void *b)
{
    const struct mixed_list *left = a, *right = b;
    if (left->df != right->df)
        return left->df < right->df ? -1 : 1;
    return (left->leaf->number > right->leaf->number) - (left->leaf->number < right->leaf->number);
}

static int by_most(const void *a, const void *b)
{
    const struct mixed_list *left = a, *right = b;
    if (left->most != right->most)
        return left->most > right->most ? -1 : 1;
    return (left->leaf->number > right->leaf->number) - (left->leaf->number < right->leaf->number);
}

/* The best so far are the best of scores without NEAR too: theirs are whole. */
static bool init_low(struct mixed_search *search)
{
    const struct top *top = search->question->ranking->top;
    if (!match_budget_check(search->ranking.budget,
                            top_init(&search->low, search->ranking.source->arena, top->most),
                            CHUNK_POSTINGS))
        return false;
    if (top->count)
        memcpy(search->low.entries, top->entries, top->count * sizeof *top->entries);
    search->low.count = top->count;
    search->low.seed = top->seed;
    search->ranking.top = &search->low;
    return true;
}

static bool init_lists(struct mixed_search *search)
{
    const struct mixed_question *question = search->question;
    struct arena *arena = search->ranking.source->arena;
    search->lists = arena_allocate(arena, question->leaf_count, sizeof *search->lists);
    search->after = arena_allocate(arena, question->leaf_count + 1, sizeof *search->after);
    search->rest = arena_allocate(arena, question->leaf_count + 1, sizeof *search->rest);
    search->near = arena_allocate(arena, question->leaf_count + 1, sizeof *search->near);
    search->reach = arena_allocate(arena, question->leaf_count + 1, sizeof *search->reach);
    if (!have(search, search->lists) || !have(search, search->after) ||
        !have(search, search->rest) || !have(search, search->near) || !have(search, search->reach))
        return false;
    for (size_t i = 0; i < question->leaf_count; i++)
        if (!mixed_list_init(&search->lists[search->count++],
                             (struct match_leaf *)question->leaves[i], &search->ranking,
                             question->mixture))
            return false;
    qsort(search->lists, search->count, sizeof *search->lists, question->any ? by_most : by_df);
    return true;
}

static bool init(struct mixed_search *search, const struct mixed_question *question)
{
    *search = (struct mixed_search){
        .question = question, .mixture = question->mixture, .ranking = *question->ranking};
    if (!init_low(search) || !init_lists(search) || !mixed_pairs_init(search) ||
        !mixed_settle_init(search))
        return false;
    search->enough = search->pause = 2 * search->low.most;
    search->block = mixed_block_new(&search->ranking, search->mixture, search->count);
    return search->block;
}

static void rewind_all(struct mixed_search *search)
{
    for (size_t i = 0; i < search->count; i++)
        mixed_list_rewind(&search->lists[i]);
}

/* The least score with which the article, or one behind it, could still come in: by the scores
 * known without NEAR, or by those with it. */
static uint64_t least_of(const struct mixed_search *search, uint32_t doc)
{
    uint64_t low = ranking_least(&search->ranking, doc);
    uint64_t least = ranking_least(search->question->ranking, doc);
    return low > least ? low : least;
}

/* --- One article -------------------------------------------------------------------------------*/

static bool passes(const struct mixed_search *search, uint32_t doc)
{
    const struct rank_filters *filters = search->question->filters;
    for (size_t i = 0; !search->question->any && i < filters->count; i++)
        if (matcher_test(filters->items[i].matcher, doc) == filters->items[i].excludes)
            return false;
    return !ranking_hides(&search->ranking, doc) && ranking_goes_on(&search->ranking);
}

/* Whether the list, which led before, has the article: then it was looked at. */
static bool was_led(struct mixed_search *search, size_t leading, uint32_t doc)
{
    for (size_t i = 0; i < leading; i++) {
        struct mixed_list *list = &search->lists[i];
        if (list->all && match_cursor_seek(list->all, doc) == doc)
            return true;
        const struct class_rest *rest = &list->rest;
        while (list->rest_at < rest->count && rest->docs[list->rest_at] < doc)
            list->rest_at++;
        if (list->rest_at < rest->count && rest->docs[list->rest_at] == doc)
            return true;
    }
    return false;
}

/* The article's TERM, TITLE and, but of classes, FORM in one list; *slack is what FORM of a class
 * may add. */
static bool weigh(struct mixed_search *search, size_t at, uint32_t place, uint64_t *known,
                  uint64_t *slack)
{
    const struct mixed_list *list = &search->lists[at];
    const struct mixed_block *block = search->block;
    const struct mixed_counts *counts = mixed_block_counts(block, at, place);
    uint64_t title;
    if (counts->tf == 0)
        return true;
    if (!mixed_block_title(block, list, block->docs[place], counts->title_tf, &title))
        return false;
    double impact = impact_of(search->ranking.model, counts->tf, counts->title_tf,
                              block->norms[block->slots[place]]);
    uint64_t form = bm25_part(list->form_idf, impact);
    *known += mixed_list_part(list, impact) + title;
    if (!list->words)
        *known += form;
    else if (list->form)
        *slack += form + 1;
    return true;
}

/* FORM of a class; what it was thought to add at most is taken from slack. */
static bool weigh_form(struct mixed_search *search, size_t at, uint32_t place, uint64_t *known,
                       uint64_t *slack)
{
    struct mixed_list *list = &search->lists[at];
    const struct mixed_block *block = search->block;
    const struct mixed_counts *counts = mixed_block_counts(block, at, place);
    const struct impact_model *model = search->ranking.model;
    uint8_t norm = block->norms[block->slots[place]];
    uint32_t doc = block->docs[place], tf, title_tf;
    if (!list->form || counts->tf == 0)
        return true;
    *slack -= bm25_part(list->form_idf, impact_of(model, counts->tf, counts->title_tf, norm)) + 1;
    if (matcher_seek(&list->form->matcher, doc) != doc)
        return ranking_goes_on(&search->ranking);
    if (!match_leaf_frequency(list->form, &tf, &title_tf))
        return false;
    *known += bm25_part(list->form_idf, impact_of(model, tf, title_tf, norm));
    return true;
}

static bool note(struct mixed_search *search, uint32_t place, uint64_t known, uint64_t more)
{
    struct mixed_counts *counts = (struct mixed_counts *)(void *)bytes_extend(
        &search->counts, search->count * sizeof *counts);
    struct mixed_found *found =
        (struct mixed_found *)(void *)bytes_extend(&search->found, sizeof *found);
    if (!have(search, counts) || !have(search, found))
        return false;
    for (size_t i = 0; i < search->count; i++)
        counts[i] = *mixed_block_counts(search->block, i, place);
    *found = (struct mixed_found){search->block->docs[place],
                                  (uint32_t)(search->counts.size / sizeof *counts - search->count),
                                  known, known + more};
    return true;
}

/* Notes the article at a place of the block, as long as it may come in. */
static bool take_place(struct mixed_search *search, uint32_t place)
{
    uint32_t doc = search->block->docs[place];
    uint64_t least = least_of(search, doc), known = 0, slack = 0;
    uint64_t near = mixed_pairs_bound(search, place);
    for (size_t i = 0; i < search->count; i++)
        if (!weigh(search, i, place, &known, &slack))
            return false;
    for (size_t i = 0; !search->defers && i < search->count && known + slack + near >= least; i++)
        if (!weigh_form(search, i, place, &known, &slack))
            return false;
    if (known + slack + near < least)
        return true;
    ranking_offer(&search->ranking, doc, known);
    return note(search, place, known, slack + near);
}

/* Of lists before the leading one the block tells nothing. */
static bool take_block(struct mixed_search *search, size_t leading)
{
    struct mixed_block *block = search->block;
    for (uint32_t i = 0; i < block->count && ranking_goes_on(&search->ranking); i++) {
        uint32_t doc = block->docs[i];
        if (!passes(search, doc))
            continue;
        search->ranking.found++;
        if (block->bounds[i] == HOPELESS || block->bounds[i] < least_of(search, doc) ||
            ranking_is_apart(&search->ranking, doc) || was_led(search, leading, doc))
            continue;
        if (!take_place(search, i))
            return false;
    }
    return ranking_goes_on(&search->ranking);
}

/* --- Block by block ----------------------------------------------------------------------------*/

static uint64_t less(uint64_t least, uint64_t rest)
{
    return least > rest ? least - rest : 0;
}

static bool wants_all(const struct mixed_search *search)
{
    return !search->question->any && search->ranking.counted;
}

/* Bounds of one list more, and of NEAR with it, and what comes of them where those from the next on
 * are still to come. */
static bool bound_list(struct mixed_search *search, size_t at, size_t next, uint64_t least)
{
    struct mixed_block *block = search->block;
    uint64_t near = search->near[at] - search->near[next];
    uint64_t need = less(least, search->rest[next]);
    bool whole = !search->question->any && !search->ranking.counted;
    if (!mixed_block_add_bounds(block, &search->lists[at], at, whole))
        return false;
    if (near) {
        mixed_block_keep(block, less(need, near), wants_all(search));
        mixed_pairs_add(search, at);
    }
    mixed_block_keep(block, need, wants_all(search));
    return true;
}

/* Reads the counts of the leader's articles, unless they are known, and adds them to the bounds. */
static bool bound_leader(struct mixed_search *search, size_t leading, uint64_t least)
{
    return (search->weighed ||
            mixed_block_weigh(search->block, &search->lists[leading], leading)) &&
           bound_list(search, leading, leading + 1, least);
}

/* Looks the block's articles up in the lists behind the leading one and takes them. Where the next
 * list is required the leader's parts are reckoned for those that it has. */
static bool finish_block(struct mixed_search *search, size_t leading, uint64_t least)
{
    bool required = !search->question->any;
    if (!required && !bound_list(search, leading, leading + 1, least))
        return false;
    for (size_t i = leading + 1; i < search->count && search->block->count; i++) {
        if (!mixed_block_look_up(search->block, &search->lists[i], i, required))
            return false;
        if (required && i == leading + 1 && !bound_leader(search, leading, least))
            return false;
        if (!bound_list(search, i, i + 1, least))
            return false;
    }
    if (required && search->count == 1 && !bound_list(search, 0, 1, least))
        return false;
    return search->block->count == 0 || take_block(search, leading);
}

/* Where much is left and enough were found since the last time, twice as many as then: positions
 * cost, and a better threshold saves. */
static bool settle_early(struct mixed_search *search, uint32_t blocks_left)
{
    enum { MANY_BLOCKS = 64 };
    if (blocks_left < MANY_BLOCKS ||
        search->found.size < search->enough * sizeof(struct mixed_found))
        return true;
    if (!mixed_settle_early(search))
        return false;
    search->pause *= 2;
    search->enough = search->found.size / sizeof(struct mixed_found) + search->pause;
    rewind_all(search);
    return true;
}

/* As little as is known of them: rest is what the lists behind can add to any article. */
static void rest_of_any(struct mixed_search *search, size_t leading)
{
    memcpy(search->rest + leading, search->after + leading,
           (search->count + 1 - leading) * sizeof *search->rest);
}

static void begin_again(struct mixed_search *search)
{
    rewind_all(search);
    memset(search->reach, 0, search->count * sizeof *search->reach);
}

static bool lead_rest(struct mixed_search *search, size_t leading)
{
    struct mixed_list *list = &search->lists[leading];
    begin_again(search);
    rest_of_any(search, leading);
    search->weighed = true;
    while (list->rest_at < list->rest.count) {
        uint64_t least = least_of(search, list->rest.docs[list->rest_at]);
        search->ranking.pruned = search->ranking.pruned || (least && !wants_all(search));
        if (!match_budget_spend(search->ranking.budget, 1) ||
            !mixed_block_lead_rest(search->block, list, leading) ||
            !finish_block(search, leading, least))
            return false;
    }
    return true;
}

/* The next block of `all` from the given one on that may hold what is needed; those passed over are
 * not decoded. */
static uint32_t find_block(struct mixed_search *search, size_t leading, uint32_t block,
                           uint64_t least)
{
    const struct mixed_list *list = &search->lists[leading];
    const struct postings *postings = list->postings;
    if (!postings->bounds || least == 0)
        return block;
    uint32_t need = mixed_list_least_bound(list, less(least, search->after[leading + 1]));
    for (;; block++) {
        block = bounds_next(postings->bounds, block, postings->block_count, need);
        if (block >= postings->block_count || mixed_reach(search, leading, block, least) >= least)
            return block;
    }
}

/* Whether articles of the leader's blocks are left out by their own parts before they are looked up
 * elsewhere: not where that left in most of them a few blocks ago. */
static bool sifts(struct mixed_search *search, size_t leading, uint64_t least)
{
    const struct mixed_list *list = &search->lists[leading];
    if (search->question->any || leading + 1 == search->count || list->titles)
        return true;
    if (least && search->unsifted == 0)
        return true;
    search->unsifted -= search->unsifted > 0;
    return false;
}

static bool sift_block(struct mixed_search *search, size_t leading, uint64_t least)
{
    enum { FEW = 8, UNSIFTED = 15 };
    struct mixed_list *list = &search->lists[leading];
    const struct postings *postings = list->postings;
    uint32_t last = postings_block_last(postings, postings->block), count = postings->count;
    uint64_t form = mixed_reach_form(search, leading, postings->docs[0], last);
    if (!mixed_block_sift(search->block, list, leading, less(least, search->rest[leading + 1]),
                          form, wants_all(search)))
        return false;
    if (search->block->count > count / FEW)
        search->unsifted = UNSIFTED;
    return true;
}

/* Looks at one block of the leader's list; rest is set. */
static bool lead_block(struct mixed_search *search, size_t leading, uint32_t block, uint64_t least)
{
    struct mixed_list *list = &search->lists[leading];
    search->weighed = sifts(search, leading, least);
    if (!match_cursor_enter_block(list->all, block))
        return false;
    if (block + 1 < list->postings->block_count)
        postings_fetch_block(list->postings, block + 1); /* most often it is the next one */
    mixed_block_lead(search->block, list);
    if (!search->weighed)
        mixed_block_take(search->block);
    else if (!sift_block(search, leading, least))
        return false;
    return finish_block(search, leading, least);
}

/* --- The best blocks first ---------------------------------------------------------------------*/

struct scout {
    uint32_t block;
    uint64_t reach;
};

static int by_block(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* Keeps the scouts that reach most, those first. */
static void add_scout(struct scout *scouts, uint32_t *count, struct scout scout)
{
    if (*count == MIXED_SCOUTS && scouts[MIXED_SCOUTS - 1].reach >= scout.reach)
        return;
    uint32_t at = *count < MIXED_SCOUTS ? (*count)++ : MIXED_SCOUTS - 1;
    for (; at && scouts[at - 1].reach < scout.reach; at--)
        scouts[at] = scouts[at - 1];
    scouts[at] = scout;
}

static void choose_scouts(struct mixed_search *search, size_t leading)
{
    struct scout scouts[MIXED_SCOUTS];
    uint32_t blocks = search->lists[leading].postings->block_count, count = 0;
    for (uint32_t i = 0; i < blocks; i++)
        add_scout(scouts, &count, (struct scout){i, mixed_reach(search, leading, i, 0)});
    for (uint32_t i = 0; i < count; i++)
        search->scouted[i] = scouts[i].block;
    search->scouted_count = count;
    if (count)
        qsort(search->scouted, count, sizeof *search->scouted, by_block);
}

/* In a long search for all of several words those blocks of the leader's first that may hold the
 * best: their scores are a good threshold for all others. */
static bool scout(struct mixed_search *search, size_t leading)
{
    enum { SCOUTED_FROM = 64 };
    const struct postings *postings = search->lists[leading].postings;
    search->scouted_count = 0;
    if (search->question->any || search->question->filters->count || !postings->bounds ||
        postings->block_count < SCOUTED_FROM)
        return true;
    choose_scouts(search, leading);
    memset(search->reach, 0, search->count * sizeof *search->reach);
    for (uint32_t i = 0; i < search->scouted_count; i++) {
        uint32_t block = search->scouted[i];
        uint32_t first = block ? postings_block_last(postings, block - 1) + 1 : 0;
        uint64_t least = least_of(search, first);
        mixed_reach(search, leading, block, 0);
        if (!lead_block(search, leading, block, least))
            return false;
    }
    begin_again(search);
    return true;
}

static bool was_scouted(const struct mixed_search *search, uint32_t *at, uint32_t block)
{
    while (*at < search->scouted_count && search->scouted[*at] < block)
        ++*at;
    return *at < search->scouted_count && search->scouted[*at] == block;
}

/* --- Block by block, of all --------------------------------------------------------------------*/

static bool lead_all(struct mixed_search *search, size_t leading)
{
    const struct postings *postings = search->lists[leading].postings;
    bool all = wants_all(search);
    uint32_t scouted = 0;
    begin_again(search);
    if (!scout(search, leading))
        return false;
    rest_of_any(search, leading);
    for (uint32_t block = 0; block < postings->block_count; block++) {
        uint32_t first = block ? postings_block_last(postings, block - 1) + 1 : 0;
        uint64_t least = least_of(search, first);
        search->ranking.pruned = search->ranking.pruned || (least && !all);
        if (!all)
            block = find_block(search, leading, block, least);
        if (block >= postings->block_count)
            break;
        if (was_scouted(search, &scouted, block))
            continue;
        if (!lead_block(search, leading, block, least) ||
            !settle_early(search, postings->block_count - block))
            return false;
    }
    return ranking_goes_on(&search->ranking);
}

/* Articles that a list before has are not taken again, so that it has none. */
static bool lead(struct mixed_search *search, size_t leading)
{
    const struct mixed_list *list = &search->lists[leading];
    memset(search->block->counts, 0, leading * MIXED_BLOCK * sizeof *search->block->counts);
    return (list->rest.count == 0 || lead_rest(search, leading)) &&
           (!list->all || lead_all(search, leading));
}

/* --- Ways --------------------------------------------------------------------------------------*/

static void sum_after(struct mixed_search *search, size_t leading)
{
    search->after[search->count] = search->near[search->count] = 0;
    for (size_t i = search->count; i-- > leading;) {
        uint64_t near = mixed_pairs_most(search, leading, i);
        search->near[i] = search->near[i + 1] + near;
        search->after[i] = search->after[i + 1] + search->lists[i].most + near;
    }
    search->rest[search->count] = 0;
}

/* MaxScore list by list, as in rank/disjunction.c. */
static void search_any(struct mixed_search *search)
{
    for (size_t i = 0; i < search->count; i++) {
        sum_after(search, i);
        if (search->after[i] < least_of(search, 0))
            break;
        if (!lead(search, i))
            return;
    }
}

/* Those scored apart may be passed over without being counted. */
static void tell_found(struct mixed_search *search)
{
    struct ranking *ranking = search->question->ranking;
    const struct top *top = ranking->top;
    bool any = search->question->any;
    uint64_t found = 0, kept = 0;
    for (size_t i = 0; i < top->count; i++)
        kept += top->entries[i].file == ranking->file;
    for (size_t i = 0; any && i < search->count && !ranking->hidden; i++) {
        const struct mixed_list *list = &search->lists[i];
        uint64_t df = list->all ? list->postings->list->df : list->rest.count;
        found = df > found ? df : found;
    }
    if (!any)
        found = search->ranking.found;
    ranking->found += found > kept ? found : kept;
    ranking->pruned = ranking->pruned || (any ? top_is_full(top) : search->ranking.pruned);
}

/* Where few articles have all of the words, FORM of classes is looked up when positions are: a
 * threshold with it in it would spare less than it costs. */
static bool is_short(const struct mixed_search *search)
{
    enum { SHORT_BLOCKS = 32 };
    const struct mixed_list *leader = &search->lists[0];
    return search->count > 1 && (!leader->all || leader->postings->block_count < SHORT_BLOCKS);
}

void rank_mixed(const struct mixed_question *question)
{
    struct mixed_search search;
    if (init(&search, question)) {
        if (question->any)
            search_any(&search);
        else {
            sum_after(&search, 0);
            search.defers = is_short(&search);
            lead(&search, 0);
        }
        if (ranking_goes_on(question->ranking))
            mixed_settle(&search);
        tell_found(&search);
    }
    mixed_settle_release(&search);
    for (size_t i = 0; i < search.count; i++)
        if (search.lists[i].form)
            matcher_release(&search.lists[i].form->matcher);
    bytes_release(&search.found);
    bytes_release(&search.counts);
}

bool mixed_can_filter(struct matcher *const *leaves, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct class_lists lists;
        if (match_class_lists(leaves[i], &lists) && lists.all && lists.rest.count)
            return false;
    }
    return true;
}
