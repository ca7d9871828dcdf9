#include "search/group.h"

#include <stdlib.h>

#include "rank/scorer.h"
#include "search/answer.h"
#include "search/collection.h"
#include "search/fields_show.h"
#include "search/group_members.h"
#include "search/mixing.h"
#include "search/workspace.h"

enum { MEMBERS_OF_BLOCK = 256 }; /* that cost as much as a block to look at */

/* Where the members of an article's group begin; *alone where it has no copies. */
static bool find_group(const struct collection_file *file, uint32_t doc,
                       struct match_budget *budget, uint32_t *begin, bool *alone)
{
    enum status status =
        file->groups.count ? groups_find(&file->groups, doc, begin) : STATUS_NOT_FOUND;
    *alone = status == STATUS_NOT_FOUND;
    return *alone || match_budget_check(budget, status, CHUNK_GROUPS);
}

/* --- One of each group -------------------------------------------------------------------------*/

struct seen {        /* a set of groups */
    uint64_t *slots; /* file and begin, + 1; 0: free */
    size_t mask;
};

static bool seen_init(struct seen *seen, size_t most, struct arena *arena)
{
    size_t slots = 16;
    while (slots < 2 * most)
        slots *= 2;
    seen->slots = arena_allocate(arena, slots, sizeof *seen->slots);
    seen->mask = slots - 1;
    return seen->slots != NULL;
}

/* Whether it was not in it yet. */
static bool seen_add(struct seen *seen, uint32_t file, uint32_t begin)
{
    uint64_t key = ((uint64_t)file << 32 | begin) + 1;
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & seen->mask;
    for (; seen->slots[at]; at = (at + 1) & seen->mask)
        if (seen->slots[at] == key)
            return false;
    seen->slots[at] = key;
    return true;
}

/* Entries stay in their order. */
static bool drop_copies(const struct collection *collection, struct match_budget *budget,
                        struct arena *arena, struct top *top)
{
    struct seen seen = {0};
    size_t kept = 0;
    for (size_t i = 0; i < top->count; i++) {
        struct top_entry entry = top->entries[i];
        uint32_t begin = 0;
        bool alone;
        match_budget_enter(budget, entry.file);
        if (!find_group(&collection->files[entry.file], entry.doc, budget, &begin, &alone))
            return false;
        if (!alone && !seen.slots && !seen_init(&seen, top->count - i, arena))
            return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_GROUPS);
        if (alone || seen_add(&seen, entry.file, begin))
            top->entries[kept++] = entry;
    }
    top->count = kept;
    return true;
}

static bool has_groups(const struct collection *collection)
{
    for (size_t i = 0; i < collection->file_count; i++)
        if (collection->files[i].groups.count)
            return true;
    return false;
}

void group_collapse(const struct plan *plan, const struct collect_options *options,
                    struct workspace *workspace, struct match_budget *budget, struct arena *arena,
                    struct collected *collected)
{
    struct collect_options more = *options;
    more.uncounted = true;
    if (!has_groups(plan->collection))
        return;
    for (;;) {
        bool all = collected->top.count < more.most;
        if (!drop_copies(plan->collection, budget, arena, &collected->top) || all ||
            collected->top.count >= options->most || budget->status != STATUS_OK)
            break;
        struct collected again;
        more.most = 2 * more.most + options->most;
        collect(plan, &more, workspace, budget, arena, &again);
        if (budget->status != STATUS_OK)
            break;
        collected->top = again.top;
    }
    if (collected->top.count > options->most)
        collected->top.count = options->most;
}

/* --- The others --------------------------------------------------------------------------------*/

struct member { /* of a group on the page, but the one shown */
    struct top_entry entry;
    uint32_t hit;
    bool matches;
};

struct telling { /* of one file */
    const struct hits_request *request;
    struct answer *answer;
    const struct collection_file *file;
    uint32_t at;          /* the file's place */
    struct bytes members; /* struct member, ascending by article */
    struct documents *documents;
};

static bool add_members(struct telling *telling, uint32_t hit)
{
    struct match_budget *budget = telling->request->budget;
    struct member member = {.entry = {.file = telling->at}, .hit = hit};
    uint32_t begin = 0, shown = telling->request->entries[hit].doc;
    bool alone, last = false;
    if (!find_group(telling->file, shown, budget, &begin, &alone))
        return false;
    for (uint32_t at = begin; !alone && !last; at++) {
        enum status status = groups_member(&telling->file->groups, at, &member.entry.doc, &last);
        if (!match_budget_check(budget, status, CHUNK_GROUPS) ||
            ((at - begin) % MEMBERS_OF_BLOCK == 0 && !match_budget_spend(budget, 1)))
            return false;
        if (member.entry.doc != shown && !collection_hides(telling->file, member.entry.doc))
            bytes_append(&telling->members, &member, sizeof member);
    }
    return match_budget_check(budget, telling->members.status, CHUNK_GROUPS);
}

static int by_doc(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    return (x->entry.doc > y->entry.doc) - (x->entry.doc < y->entry.doc);
}

static int by_hit(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    if (x->hit != y->hit)
        return x->hit < y->hit ? -1 : 1;
    if (x->matches != y->matches)
        return x->matches ? -1 : 1;
    return top_is_better(&x->entry, &y->entry) ? -1 : top_is_better(&y->entry, &x->entry);
}

static struct member *members_of(const struct telling *telling, size_t *count)
{
    *count = telling->members.size / sizeof(struct member);
    return (struct member *)(void *)telling->members.data;
}

static bool find_key(const struct telling *telling, struct scorer *scorer, struct matcher *root,
                     struct top_entry *entry)
{
    enum question_sort sort = telling->request->question->sort;
    struct match_budget *budget = telling->request->budget;
    const struct columns *columns = &telling->file->columns;
    enum status status = columns_place(columns, entry->doc, &entry->place);
    if (!match_budget_check(budget, status, CHUNK_ORDER))
        return false;
    if (sort == SORT_SCORE)
        return scorer_score(scorer, root, &entry->key);
    return collect_date_key(columns, budget, sort, entry->doc, &entry->key);
}

/* Which of them match, and how well. False with the budget's status bad. */
static bool match_members(const struct telling *telling, const struct match_source *source)
{
    struct plan *plan = telling->request->plan;
    struct match_budget *budget = telling->request->budget;
    struct scorer scorer = {0};
    const struct mixture *mixture;
    size_t count;
    struct member *members = members_of(telling, &count);
    struct matcher *root = plan_matcher(plan, telling->at, source, telling->documents);
    const struct impact_model *model =
        root ? mixing_model(plan->mixing, plan, telling->at, budget) : NULL;
    bool good = model && mixing_of_file(plan->mixing, telling->at, budget, &mixture) &&
                scorer_init(&scorer, source, model, plan->idf, plan->leaf_count, count) &&
                scorer_mix(&scorer, mixture);
    for (size_t i = 0; i < count && good; i++) {
        members[i].matches = matcher_seek(root, members[i].entry.doc) == members[i].entry.doc;
        if (members[i].matches)
            good = find_key(telling, &scorer, root, &members[i].entry);
        good = good && budget->status == STATUS_OK;
    }
    scorer_release(&scorer);
    matcher_release(root);
    return good;
}

static enum status show_members(const struct telling *telling)
{
    size_t count;
    struct member *members = members_of(telling, &count);
    struct arena *arena = &telling->answer->arena;
    qsort(members, count, sizeof *members, by_hit);
    for (size_t i = 0; i < count; i++) {
        struct hit *hit = &telling->answer->hits[members[i].hit];
        if (!members[i].matches)
            continue;
        if (hit->also_in_total++ >= QUESTION_ALSO_IN)
            continue;
        if (!hit->also_in)
            hit->also_in = arena_allocate(arena, QUESTION_ALSO_IN, sizeof *hit->also_in);
        if (!hit->also_in)
            return STATUS_NO_MEMORY;
        struct hit *other = &hit->also_in[hit->also_in_count];
        other->file = telling->at;
        other->article = members[i].entry.doc;
        enum status status = fields_show(telling->documents, members[i].entry.doc, arena, other);
        if (status != STATUS_OK)
            return status;
        hit->also_in_count++;
    }
    return STATUS_OK;
}

static bool match_and_show(struct telling *telling)
{
    struct match_budget *budget = telling->request->budget;
    struct arena *arena = &telling->request->workspace->matchers;
    const struct collection_file *file = telling->file;
    size_t count;
    struct member *members = members_of(telling, &count);
    qsort(members, count, sizeof *members, by_doc);
    arena_clear(arena);
    uint32_t *docs = arena_allocate(arena, count, sizeof *docs);
    if (!docs)
        return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_GROUPS);
    for (size_t i = 0; i < count; i++)
        docs[i] = members[i].entry.doc;
    struct match_source source = {file->snapshot, &file->columns, budget,
                                  arena,          .only = docs,   .only_count = count};
    return match_members(telling, &source) &&
           match_budget_check(budget, show_members(telling), CHUNK_FIELDS);
}

static bool tell_of_file(struct telling *telling)
{
    bool good = true;
    for (size_t i = 0; i < telling->request->count && good; i++)
        if (telling->request->entries[i].file == telling->at)
            good = add_members(telling, (uint32_t)i);
    if (good && telling->members.size)
        good = match_and_show(telling);
    bytes_release(&telling->members);
    return good;
}

enum status group_tell(const struct hits_request *request, struct answer *answer)
{
    const struct collection *collection = request->plan->collection;
    bool good = true;
    for (size_t i = 0; i < collection->file_count && good; i++) {
        struct telling telling = {.request = request,
                                  .answer = answer,
                                  .file = &collection->files[i],
                                  .at = (uint32_t)i,
                                  .documents = &request->workspace->documents[i]};
        if (!telling.file->groups.count)
            continue;
        match_budget_enter(request->budget, i);
        good = tell_of_file(&telling);
    }
    enum status status = request->budget->status;
    return status == STATUS_DEADLINE ? STATUS_OK : status;
}

/* --- All of one group --------------------------------------------------------------------------*/

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

bool group_members(const struct collection_file *file, uint32_t doc, struct match_budget *budget,
                   struct arena *arena, const uint32_t **docs, size_t *count)
{
    uint32_t begin = 0, *members, member;
    size_t capacity = 1;
    bool alone, last = false;
    if (!find_group(file, doc, budget, &begin, &alone))
        return false;
    members = arena_allocate(arena, 1, sizeof *members);
    *count = 0;
    for (uint32_t at = begin; members && !alone && !last; at++) {
        enum status status = groups_member(&file->groups, at, &member, &last);
        if (!match_budget_check(budget, status, CHUNK_GROUPS))
            return false;
        if (*count == capacity)
            members = arena_regrow(arena, members, *count, capacity *= 2, sizeof *members);
        if (members)
            members[(*count)++] = member;
    }
    if (!members)
        return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_GROUPS);
    if (alone)
        members[(*count)++] = doc;
    qsort(members, *count, sizeof *members, by_number);
    *docs = members;
    return true;
}
