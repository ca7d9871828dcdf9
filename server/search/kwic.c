#include "search/kwic.h"

#include <stdlib.h>

#include "search/answer.h"
#include "search/collection.h"
#include "search/every.h"
#include "search/fields_show.h"
#include "search/kwic_places.h"
#include "search/kwic_text.h"

enum { KWIC_ARENA_BYTES = 256 << 20 }; /* for the ranking of a deep page */

struct entry { /* an article that may have lines of the page, by rank */
    uint32_t file, doc;
    uint32_t first, count;   /* of its lines those on the page */
    uint64_t lines;          /* in all */
    struct kwic_line *shown; /* on the page, where count is not 0 */
};

struct place { /* of an entry in its file */
    uint32_t file, doc, rank;
};

struct kwic {
    const struct kwic_request *request;
    struct answer *answer;
    struct arena arena; /* of the ranking */
    struct kwic_places places;
    struct kwic_text text;
    struct entry *entries;
    size_t entry_count;
    bool (*visit)(struct kwic *kwic, const struct match_source *source, struct matcher *root,
                  struct entry *entry); /* what visit_entries does with each */
    uint64_t lineless, lined;           /* articles that match without any line, and with some */
};

static bool check(const struct kwic *kwic, enum status status, enum chunk_id chunk)
{
    return match_budget_check(kwic->request->budget, status, chunk);
}

/* --- The sum -----------------------------------------------------------------------------------*/

static bool add_article(void *context, struct matcher *root, uint32_t doc)
{
    struct kwic *kwic = context;
    uint64_t lines;
    (void)doc;
    if (!kwic_places_count(&kwic->places, root, &lines))
        return false;
    kwic->answer->occurrences += lines;
    kwic->lineless += lines == 0;
    kwic->lined += lines > 0;
    return true;
}

static void add_up(struct kwic *kwic)
{
    const struct kwic_request *request = kwic->request;
    const struct every_visitor visitor = {kwic, NULL, add_article};
    every_match(request->plan, request->workspace, request->budget, &visitor);
}

/* --- Article by article ------------------------------------------------------------------------*/

static int by_article(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    if (left->file != right->file)
        return left->file < right->file ? -1 : 1;
    return (left->doc > right->doc) - (left->doc < right->doc);
}

static uint32_t *docs_of(const struct place *places, size_t count, struct arena *arena)
{
    uint32_t *docs = arena_allocate(arena, count, sizeof *docs);
    for (size_t i = 0; docs && i < count; i++)
        docs[i] = places[i].doc;
    return docs;
}

/* Those of one file, which ascend: with its matchers from one to the next. */
static bool visit_file(struct kwic *kwic, const struct place *places, size_t count)
{
    const struct kwic_request *request = kwic->request;
    struct workspace *workspace = request->workspace;
    struct match_budget *budget = request->budget;
    size_t at = places[0].file;
    const struct collection_file *file = &request->plan->collection->files[at];
    arena_clear(&workspace->matchers);
    match_budget_enter(budget, at);
    struct match_source source = {.snapshot = file->snapshot,
                                  .columns = &file->columns,
                                  .budget = budget,
                                  .arena = &workspace->matchers,
                                  .only = docs_of(places, count, &workspace->matchers)};
    source.only_count = source.only ? count : 0;
    struct matcher *root = plan_matcher(request->plan, at, &source, &workspace->documents[at]);
    bool good = root != NULL;
    for (size_t i = 0; good && i < count; i++)
        good = ((i + 1) % BUDGET_ARTICLES || match_budget_spend(budget, 1)) &&
               matcher_seek(root, places[i].doc) == places[i].doc && budget->status == STATUS_OK &&
               kwic->visit(kwic, &source, root, &kwic->entries[places[i].rank]);
    matcher_release(root);
    return good && budget->status == STATUS_OK;
}

/* All entries, file by file. */
static bool visit_entries(struct kwic *kwic)
{
    size_t count = kwic->entry_count;
    struct place *places = arena_take(&kwic->arena, (count + 1) * sizeof *places);
    bool good = match_budget_spend(kwic->request->budget, count / BUDGET_ARTICLES);
    if (!places)
        return check(kwic, STATUS_NO_MEMORY, CHUNK_POSTINGS);
    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){kwic->entries[i].file, kwic->entries[i].doc, (uint32_t)i};
    if (good && count)
        qsort(places, count, sizeof *places, by_article);
    for (size_t i = 0, end; good && i < count; i = end) {
        for (end = i + 1; end < count && places[end].file == places[i].file;)
            end++;
        good = visit_file(kwic, places + i, end - i);
    }
    return good;
}

static bool count_lines(struct kwic *kwic, const struct match_source *source, struct matcher *root,
                        struct entry *entry)
{
    (void)source;
    return kwic_places_count(&kwic->places, root, &entry->lines);
}

/* --- The page ----------------------------------------------------------------------------------*/

/* The best of all, with how many lines each has. */
static bool rank_entries(struct kwic *kwic, size_t most)
{
    const struct kwic_request *request = kwic->request;
    struct collected collected;
    struct collect_options options = request->options;
    options.most = most;
    arena_clear(&kwic->arena);
    collect(request->plan, &options, request->workspace, request->budget, &kwic->arena, &collected);
    if (request->budget->status != STATUS_OK)
        return false;
    kwic->entries = arena_allocate(&kwic->arena, collected.top.count, sizeof *kwic->entries);
    if (!kwic->entries)
        return check(kwic, STATUS_NO_MEMORY, CHUNK_POSTINGS);
    kwic->entry_count = collected.top.count;
    for (size_t i = 0; i < kwic->entry_count; i++)
        kwic->entries[i] = (struct entry){.file = collected.top.entries[i].file,
                                          .doc = collected.top.entries[i].doc};
    kwic->visit = count_lines;
    return visit_entries(kwic);
}

/* As many of the best as hold the page's lines: about as many as usual articles would, and where
 * those do not, more, until there is one for each line beside those that have none. */
static bool find_entries(struct kwic *kwic)
{
    enum { SPARE = 16 };
    const struct question *question = kwic->request->question;
    uint64_t all = kwic->lined + kwic->lineless, sum = 0;
    uint64_t wanted = (uint64_t)question->offset + question->limit;
    uint64_t enough = wanted + kwic->lineless < all ? wanted + kwic->lineless : all;
    uint64_t most = (uint64_t)((double)wanted / (double)kwic->answer->occurrences * (double)all);
    for (most += SPARE; sum < wanted; most *= 2) {
        most = most < enough ? most : enough;
        if (!rank_entries(kwic, (size_t)most))
            return false;
        sum = 0;
        for (size_t i = 0; i < kwic->entry_count; i++)
            sum += kwic->entries[i].lines;
        if (most == enough)
            break;
    }
    return true;
}

/* Which lines of which entries the page shows: the entries to the front. */
static bool choose_lines(struct kwic *kwic)
{
    const struct question *question = kwic->request->question;
    struct answer *answer = kwic->answer;
    uint64_t skip = question->offset;
    size_t chosen = 0, room = question->limit;
    answer->lines = arena_allocate(&answer->arena, room, sizeof *answer->lines);
    if (!answer->lines)
        return check(kwic, STATUS_NO_MEMORY, CHUNK_TEXT);
    for (size_t i = 0; i < kwic->entry_count && room; i++) {
        struct entry entry = kwic->entries[i];
        if (entry.lines <= skip) {
            skip -= entry.lines;
            continue;
        }
        uint64_t left = entry.lines - skip;
        entry.first = (uint32_t)skip;
        entry.count = left < room ? (uint32_t)left : (uint32_t)room;
        entry.shown = answer->lines + answer->line_count;
        answer->line_count += entry.count;
        room -= entry.count;
        skip = 0;
        kwic->entries[chosen++] = entry;
    }
    kwic->entry_count = chosen;
    return true;
}

static bool make_text(struct kwic *kwic, const struct match_source *source, struct entry *entry)
{
    struct documents *documents = &kwic->request->workspace->documents[entry->file];
    const struct match_span *all = bytes_items(&kwic->places.spans), *spans = all + entry->first;
    uint32_t title_words;
    size_t in_title = 0;
    if (!check(kwic, columns_title_words(source->columns, entry->doc, &title_words),
               CHUNK_TITLE_WORDS))
        return false;
    while (in_title < entry->count && spans[in_title].start < title_words)
        in_title++;
    struct slice title = {0};
    enum status status = STATUS_OK;
    if (in_title)
        status = fields_title(documents, entry->doc, &kwic->answer->arena, &title);
    if (status == STATUS_OK)
        status = kwic_text_of_title(&kwic->text, title, spans, in_title, entry->shown);
    if (!check(kwic, status, CHUNK_FIELDS))
        return false;
    status = kwic_text_of_body(&kwic->text, documents, entry->doc, settings_body_start(title_words),
                               spans + in_title, entry->count - in_title, entry->shown + in_title);
    return check(kwic, status, CHUNK_TEXT);
}

static bool show_lines(struct kwic *kwic, const struct match_source *source, struct matcher *root,
                       struct entry *entry)
{
    struct hit hit = {0};
    enum status status = fields_show(&kwic->request->workspace->documents[entry->file], entry->doc,
                                     &kwic->answer->arena, &hit);
    if (!check(kwic, status, CHUNK_FIELDS))
        return false;
    if (!kwic_places_find(&kwic->places, root))
        return false;
    uint64_t found = kwic->places.spans.size / sizeof(struct match_span);
    if (found != entry->lines)
        return check(kwic, STATUS_CORRUPT, CHUNK_POSITIONS);
    for (uint32_t i = 0; i < entry->count; i++)
        entry->shown[i] = (struct kwic_line){.file = entry->file,
                                             .article = entry->doc,
                                             .id = hit.id,
                                             .title = hit.title,
                                             .date = hit.date};
    return make_text(kwic, source, entry);
}

static bool show_entries(struct kwic *kwic)
{
    kwic->visit = show_lines;
    return visit_entries(kwic);
}

enum status kwic_fill(const struct kwic_request *request, struct answer *answer)
{
    struct kwic kwic = {.request = request,
                        .answer = answer,
                        .text = {.analyzer = request->workspace->analyzer,
                                 .budget = request->budget,
                                 .arena = &answer->arena}};
    struct match_budget *budget = request->budget;
    arena_init(&kwic.arena, KWIC_ARENA_BYTES);
    bool begun =
        kwic_places_init(&kwic.places, request->plan, budget, &request->workspace->scratch);
    if (check(&kwic, begun ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_LEXICON))
        add_up(&kwic);
    bool whole = budget->status == STATUS_OK;
    bool wanted = request->question->limit && request->question->offset < answer->occurrences;
    if (whole && wanted)
        whole = find_entries(&kwic) && choose_lines(&kwic) && show_entries(&kwic);
    if (!whole)
        answer->line_count = 0;
    kwic_places_release(&kwic.places);
    kwic_text_release(&kwic.text);
    arena_release(&kwic.arena);
    return budget->status == STATUS_DEADLINE ? STATUS_OK : budget->status;
}
