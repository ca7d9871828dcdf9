#include "search/suggest_found.h"

#include <stdlib.h>

#include "search/fields_show.h"
#include "search/inside.h"
#include "search/suggest_best.h"

enum { GROWTH = 4, LIST_MOST = 1024 };

struct finding {
    const struct found_request *request;
    struct slice prefix;
    size_t reach;           /* candidates asked of each file */
    uint64_t behind;        /* no text that is not among them has more articles in all files */
    bool more;              /* there may be such texts */
    struct found_list *out; /* room for `capacity` */
    size_t capacity;
};

static const struct collection *collection_of(const struct finding *finding)
{
    return &finding->request->searcher->collection;
}

/* Says what could not be read. */
static bool good(const struct finding *finding, size_t file, enum status status,
                 enum chunk_id chunk)
{
    match_budget_enter(finding->request->budget, file);
    return match_budget_check(finding->request->budget, status, chunk);
}

/* --- Words and phrases -------------------------------------------------------------------------*/

/* Of a text that another file names. */
static enum status count_in(const struct collection_file *file, struct slice text,
                            uint64_t *articles, enum chunk_id *chunk)
{
    struct term term;
    struct completion_cursor cursor = {0};
    *articles = 0;
    *chunk = CHUNK_LEXICON;
    if (!slice_has(text, ' ')) {
        enum status status = lexicon_find(&file->lexicon, text, &term);
        *articles = status == STATUS_OK ? term.all.df : 0;
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    }
    *chunk = CHUNK_COMPLETIONS;
    enum status status = completions_find(&file->completions, COMPLETION_PHRASES, text, &cursor);
    if (status == STATUS_OK)
        *articles = cursor.articles;
    completion_cursor_release(&cursor);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static bool count_in_all(struct finding *finding, struct found *found)
{
    const struct collection *collection = collection_of(finding);
    found->articles = 0;
    for (size_t i = 0; i < collection->file_count; i++) {
        uint64_t articles;
        enum chunk_id chunk;
        enum status status = count_in(&collection->files[i], found->text, &articles, &chunk);
        if (!good(finding, i, status, chunk))
            return false;
        found->articles += articles;
    }
    return true;
}

static void add(struct finding *finding, const struct found *found)
{
    if (finding->out->count < finding->capacity)
        finding->out->items[finding->out->count++] = *found;
}

static bool gather(struct finding *finding, size_t i, enum best_source source)
{
    struct candidates candidates;
    enum chunk_id chunk;
    enum status status = suggest_best(&collection_of(finding)->files[i], source, finding->prefix,
                                      finding->reach, finding->request->arena, &candidates, &chunk);
    if (!good(finding, i, status, chunk))
        return false;
    for (size_t at = 0; at < candidates.count; at++) {
        const struct candidate *from = &candidates.items[at];
        struct found found = {.text = from->text, .shown = from->shown, .articles = from->weight};
        found.kind = slice_has(from->text, ' ') ? SUGGESTION_PHRASE : SUGGESTION_WORD;
        add(finding, &found);
    }
    if (candidates.more && candidates.count) {
        finding->more = true;
        finding->behind += candidates.items[candidates.count - 1].weight;
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    int order = slice_compare(x->text, y->text);
    return order ? order : (y->shown.size > 0) - (x->shown.size > 0);
}

static int by_articles(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    if (x->whole != y->whole)
        return x->whole ? -1 : 1;
    int order = slice_compare(x->text, y->text);
    return order ? order : slice_compare(x->shown, y->shown);
}

/* Each text once, counted in all files; in one, as its own tables tell. */
static bool unite(struct finding *finding)
{
    struct found_list *out = finding->out;
    size_t kept = 0;
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_text);
    for (size_t i = 0; i < out->count; i++)
        if (kept == 0 || !slice_equal(out->items[kept - 1].text, out->items[i].text))
            out->items[kept++] = out->items[i];
    out->count = kept;
    for (size_t i = 0; i < kept && collection_of(finding)->file_count > 1; i++)
        if (!count_in_all(finding, &out->items[i]))
            return false;
    if (kept)
        qsort(out->items, kept, sizeof *out->items, by_articles);
    return true;
}

/* How a word is commonly written, as the first file says that tells. */
static bool find_shown(struct finding *finding, struct found *found)
{
    const struct collection *collection = collection_of(finding);
    struct completion_cursor cursor = {0};
    for (size_t i = 0; i < collection->file_count && found->shown.size == 0; i++) {
        enum status status = completions_find(&collection->files[i].completions, COMPLETION_PHRASES,
                                              found->text, &cursor);
        if (status == STATUS_OK)
            found->shown = arena_copy(finding->request->arena, cursor.shown);
        else if (!good(finding, i, status == STATUS_NOT_FOUND ? STATUS_OK : status,
                       CHUNK_COMPLETIONS))
            break;
    }
    if (found->shown.size == 0)
        found->shown = found->text;
    completion_cursor_release(&cursor);
    return finding->request->budget->status == STATUS_OK;
}

static bool begin(struct finding *finding, size_t reach, size_t sources)
{
    finding->reach = reach;
    finding->behind = 0;
    finding->more = false;
    finding->capacity = reach * sources * collection_of(finding)->file_count;
    *finding->out = (struct found_list){
        .items = arena_allocate(finding->request->arena, finding->capacity, sizeof(struct found))};
    return finding->out->items != NULL;
}

/* Whether the best so far are the best of all. */
static bool is_enough(const struct finding *finding)
{
    size_t most = finding->request->most;
    if (!finding->more || finding->reach >= LIST_MOST)
        return true;
    bool one = collection_of(finding)->file_count == 1;
    return finding->out->count >= most &&
           (one || finding->out->items[most - 1].articles > finding->behind);
}

static enum status status_of(const struct finding *finding)
{
    enum status status = finding->request->budget->status;
    return status == STATUS_OK ? finding->request->arena->status : status;
}

enum status found_words(const struct found_request *request, struct slice prefix,
                        struct found_list *list)
{
    struct finding finding = {.request = request, .prefix = prefix, .out = list};
    size_t files = request->searcher->collection.file_count;
    for (size_t reach = request->most;; reach *= GROWTH) {
        if (!begin(&finding, reach, 2))
            return STATUS_NO_MEMORY;
        for (size_t i = 0; i < files; i++)
            if ((!slice_has(prefix, ' ') && !gather(&finding, i, BEST_WORDS)) ||
                !gather(&finding, i, BEST_PHRASES))
                return status_of(&finding);
        if (!unite(&finding))
            return status_of(&finding);
        if (is_enough(&finding))
            break;
    }
    if (list->count > request->most)
        list->count = request->most;
    for (size_t i = 0; i < list->count; i++)
        if (!find_shown(&finding, &list->items[i]))
            break;
    return status_of(&finding);
}

/* --- Titles ------------------------------------------------------------------------------------*/

static bool show_title(struct finding *finding, size_t file, const struct candidate *from)
{
    const struct found_request *request = finding->request;
    struct hit hit = {0};
    struct found found = {.text = from->text,
                          .articles = from->weight / 2,
                          .whole = from->weight % 2,
                          .kind = SUGGESTION_TITLE};
    enum status status =
        fields_show(&request->workspace->documents[file], from->doc, request->arena, &hit);
    if (!good(finding, file, status, CHUNK_FIELDS))
        return false;
    found.shown = hit.title;
    if (hit.title.size)
        add(finding, &found);
    return true;
}

static bool gather_titles(struct finding *finding, size_t i)
{
    struct candidates candidates;
    enum chunk_id chunk;
    enum status status =
        suggest_best(&collection_of(finding)->files[i], BEST_TITLES, finding->prefix,
                     finding->reach, finding->request->arena, &candidates, &chunk);
    if (!good(finding, i, status, chunk))
        return false;
    finding->more = finding->more || candidates.more;
    for (size_t at = 0; at < candidates.count; at++)
        if (!show_title(finding, i, &candidates.items[at]))
            return false;
    return true;
}

static int by_title(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    int order = slice_compare(x->shown, y->shown);
    return order ? order : by_articles(a, b);
}

/* A title is shown once, also where several of its words begin so, or several files have it. */
static void unite_titles(struct found_list *out, bool files)
{
    size_t kept = 0;
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_title);
    for (size_t i = 0; i < out->count; i++) {
        struct found *last = kept ? &out->items[kept - 1] : NULL;
        if (!last || !slice_equal(last->shown, out->items[i].shown)) {
            out->items[kept++] = out->items[i];
            continue;
        }
        if (files && slice_equal(last->text, out->items[i].text))
            last->articles += out->items[i].articles;
    }
    out->count = kept;
    if (kept)
        qsort(out->items, kept, sizeof *out->items, by_articles);
}

enum status found_titles(const struct found_request *request, struct slice prefix,
                         struct found_list *list)
{
    struct finding finding = {.request = request, .prefix = prefix, .out = list};
    size_t files = request->searcher->collection.file_count;
    for (size_t reach = request->most;; reach *= GROWTH) {
        if (!begin(&finding, reach, 1))
            return STATUS_NO_MEMORY;
        for (size_t i = 0; i < files; i++)
            if (!gather_titles(&finding, i))
                return status_of(&finding);
        unite_titles(list, files > 1);
        if (!finding.more || list->count >= request->most || reach * GROWTH > 4 * request->most)
            break;
    }
    if (list->count > request->most)
        list->count = request->most;
    return status_of(&finding);
}
