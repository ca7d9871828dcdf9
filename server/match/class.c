#include "match/class.h"

#include <string.h>

#include "match/bound.h"
#include "match/class_words.h"
#include "match/cursor.h"
#include "match/term.h"
#include "match/title.h"

struct match_class {
    struct match_leaf leaf;
    const struct match_source *source;
    struct class_words *words;
    bool only_titles;
    bool has_cursor, has_title_cursor;
    uint32_t at;                /* in the rest, of the first that is not before the article */
    uint32_t bound_block;       /* where the last bound was found */
    struct match_leaf *exact;   /* made when first asked for */
    struct match_leaf **leaves; /* of all words, made when positions are first asked for */
    struct bytes positions;
    struct match_cursor cursor;       /* over titles where those alone count */
    struct match_cursor title_cursor; /* opened when first asked for */
};

/* --- Articles ----------------------------------------------------------------------------------*/

static uint32_t least(const struct match_class *class, uint32_t doc)
{
    const struct class_rest *rest = &class->words->rest;
    return class->at < rest->count && rest->docs[class->at] < doc ? rest->docs[class->at] : doc;
}

/* The first of the rest from `at` on that may match and is not before the target; by doubling
 * steps, then by halves. */
static void advance(struct match_class *class, uint32_t target)
{
    const struct class_rest *rest = &class->words->rest;
    uint32_t low = class->at, step = 1;
    while (low < rest->count && rest->count - low > step && rest->docs[low + step] < target) {
        low += step;
        step *= 2;
    }
    uint32_t high = rest->count - low > step ? low + step : rest->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rest->docs[middle] < target)
            low = middle + 1;
        else
            high = middle;
    }
    while (class->only_titles && low < rest->count &&
           (!rest->title_tfs || rest->title_tfs[low] == 0))
        low++;
    class->at = low;
}

static uint32_t class_seek(struct matcher *matcher, uint32_t target)
{
    struct match_class *class = (struct match_class *)matcher;
    uint32_t doc = class->has_cursor ? match_cursor_seek(&class->cursor, target) : NO_MORE_DOCS;
    if (class->at < class->words->rest.count)
        advance(class, target);
    return least(class, doc);
}

static uint32_t class_next(struct matcher *matcher)
{
    struct match_class *class = (struct match_class *)matcher;
    if (class->words->rest.count == 0)
        return match_cursor_next(&class->cursor);
    return class_seek(matcher, matcher->doc == BEFORE_FIRST_DOC ? 0 : matcher->doc + 1);
}

/* --- Counts ------------------------------------------------------------------------------------*/

static enum status open_postings(struct match_class *class, struct match_cursor *cursor,
                                 bool titles)
{
    const struct class_words *words = class->words;
    const struct snapshot *snapshot = class->source->snapshot;
    if (words->class.has_list)
        return postings_open_class(&cursor->postings, snapshot, &words->class.list, titles);
    return postings_open(&cursor->postings, snapshot, words->most, titles);
}

static void open_list(struct match_class *class, struct match_cursor *cursor, bool titles)
{
    match_cursor_init(cursor);
    cursor->budget = class->source->budget;
    if (match_budget_check(cursor->budget, open_postings(class, cursor, titles), CHUNK_CLASSES))
        cursor->doc = BEFORE_FIRST_DOC;
}

/* How many titles hold what the cursor reads. */
static uint32_t title_df(const struct class_words *words)
{
    if (words->class.has_list)
        return words->class.list.titles.df;
    return words->most ? words->most->titles.df : 0;
}

static bool has_title_list(const struct match_class *class)
{
    return !class->only_titles && class->has_cursor && title_df(class->words) > 0;
}

static void open_titles(struct match_class *class)
{
    if (!class->has_title_cursor)
        open_list(class, &class->title_cursor, true);
    class->has_title_cursor = true;
}

static bool count_listed(struct match_class *class, uint32_t *tf, uint32_t *title_tf)
{
    if (!class->has_cursor || class->cursor.doc != class->leaf.matcher.doc)
        return true;
    if (!match_cursor_tf(&class->cursor, tf))
        return false;
    if (class->only_titles)
        *title_tf = *tf;
    if (!has_title_list(class))
        return true;
    open_titles(class);
    return match_cursor_tf_of(&class->title_cursor, class->leaf.matcher.doc, title_tf);
}

static bool class_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_class *class = (struct match_class *)leaf;
    const struct class_rest *rest = &class->words->rest;
    *tf = *title_tf = 0;
    if (!count_listed(class, tf, title_tf))
        return false;
    if (class->at == rest->count || rest->docs[class->at] != leaf->matcher.doc)
        return true;
    uint32_t in_title = rest->title_tfs ? rest->title_tfs[class->at] : 0;
    *tf += class->only_titles ? in_title : rest->tfs[class->at];
    *title_tf += in_title;
    return true;
}

static uint16_t class_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    struct match_class *class = (struct match_class *)leaf;
    if (class->words->rest.count || class->only_titles)
        return UINT16_MAX;
    return match_bound(&class->cursor.postings, &class->bound_block, target, up_to);
}

/* --- Occurrences -------------------------------------------------------------------------------*/

static bool have_memory(const struct match_class *class, bool have)
{
    return match_budget_check(class->source->budget, have ? STATUS_OK : STATUS_NO_MEMORY,
                              CHUNK_CLASSES);
}

static bool make_leaves(struct match_class *class)
{
    if (class->leaves)
        return true;
    if (!class_words_read(class->words, class->source))
        return false;
    size_t count = class->words->class.members;
    class->leaves = arena_allocate(class->source->arena, count, sizeof(struct match_leaf *));
    if (!have_memory(class, class->leaves))
        return false;
    for (size_t i = 0; i < count; i++) {
        class->leaves[i] =
            match_term(class->source, class->words->terms[i], class->only_titles, MATCH_UNSCORED);
        if (!have_memory(class, class->leaves[i]))
            return false;
    }
    return true;
}

/* Puts more ascending positions among those of out, from the last one on. */
static bool put_among(struct match_budget *budget, struct bytes *out, const struct bytes *more)
{
    size_t old = out->size / sizeof(uint32_t), new = more->size / sizeof(uint32_t);
    bytes_extend(out, more->size);
    if (!match_budget_check(budget, out->status, CHUNK_CLASSES))
        return false;
    uint32_t *to = (uint32_t *)(void *)out->data;
    const uint32_t *from = (const uint32_t *)(const void *)more->data;
    while (new > 0 && match_budget_place(budget, old + new))
        if (old > 0 && to[old - 1] > from[new - 1]) {
            to[old + new - 1] = to[old - 1];
            old--;
        } else {
            to[old + new - 1] = from[new - 1];
            new --;
        }
    return new == 0;
}

/* others: the word that was asked for is left out. */
static bool gather(struct match_class *class, uint32_t doc, bool others, struct bytes *out)
{
    const struct class_words *words = class->words;
    bytes_clear(out);
    if (!make_leaves(class))
        return false;
    for (size_t i = 0; i < words->class.members; i++) {
        struct match_leaf *word = class->leaves[i];
        bool exact = words->exact && words->terms[i]->number == words->exact->number;
        if ((others && exact) || matcher_seek(&word->matcher, doc) != doc)
            continue;
        if (class->source->budget->status != STATUS_OK ||
            !match_leaf_occurrences(word, &class->positions) ||
            !put_among(class->source->budget, out, &class->positions))
            return false;
    }
    return class->source->budget->status == STATUS_OK;
}

static bool class_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    return gather((struct match_class *)leaf, leaf->matcher.doc, false, out);
}

bool match_class_others(struct match_leaf *leaf, uint32_t doc, struct bytes *out)
{
    return gather((struct match_class *)leaf, doc, true, out);
}

void match_class_others_again(struct match_leaf *leaf)
{
    struct match_class *class = (struct match_class *)leaf;
    for (size_t i = 0; class->leaves && i < class->words->class.members; i++) {
        match_cursor_rewind(match_term_cursor(&class->leaves[i]->matcher));
        class->leaves[i]->matcher.doc = BEFORE_FIRST_DOC;
    }
}

/* --- Making ------------------------------------------------------------------------------------*/

static void class_release(struct matcher *matcher)
{
    struct match_class *class = (struct match_class *)matcher;
    match_cursor_release(&class->cursor);
    match_cursor_release(&class->title_cursor);
    bytes_release(&class->positions);
    if (class->exact)
        matcher_release(&class->exact->matcher);
    for (size_t i = 0; class->leaves && i < class->words->class.members; i++)
        if (class->leaves[i])
            matcher_release(&class->leaves[i]->matcher);
    class->exact = NULL;
    class->leaves = NULL;
}

static const struct matcher_kind class_kind = {
    .next = class_next, .seek = class_seek, .leaves = match_leaf_itself, .release = class_release};
static const struct match_leaf_kind class_leaf_kind = {
    .frequency = class_frequency, .bound = class_bound, .occurrences = class_occurrences};

/* Articles that hold it, as far as the lists' lengths tell. */
static uint64_t cost_of(const struct class_words *words, bool titles)
{
    if (!titles)
        return words->class.df;
    return (uint64_t)title_df(words) + words->rest.title_count;
}

struct match_leaf *match_class(const struct match_source *source, struct class_words *words,
                               bool titles, uint32_t number)
{
    struct match_class *made = arena_take(source->arena, sizeof *made);
    if (!made || (!words->class.has_list && !class_words_lay(words, source)))
        return NULL;
    memset(made, 0, offsetof(struct match_class, cursor));
    match_cursor_init(&made->cursor);
    match_cursor_init(&made->title_cursor);
    matcher_init(&made->leaf.matcher, &class_kind, cost_of(words, titles));
    made->leaf.kind = &class_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = 1;
    made->source = source;
    made->words = words;
    made->only_titles = titles;
    made->has_cursor = titles ? title_df(words) > 0 : words->class.has_list || words->most;
    if (made->has_cursor)
        open_list(made, &made->cursor, titles);
    return &made->leaf;
}

/* --- What ranks by it --------------------------------------------------------------------------*/

static struct match_class *class_of(struct matcher *matcher)
{
    return matcher->kind == &class_kind ? (struct match_class *)matcher : NULL;
}

static struct match_cursor *titles_of(struct match_class *class)
{
    if (!has_title_list(class))
        return NULL;
    open_titles(class);
    return &class->title_cursor;
}

bool match_class_lists(struct matcher *matcher, struct class_lists *lists)
{
    struct match_class *class = class_of(matcher);
    if (!class || class->only_titles)
        return false;
    *lists = (struct class_lists){.all = class->has_cursor ? &class->cursor : NULL,
                                  .titles = titles_of(class),
                                  .rest = class->words->rest};
    return class->source->budget->status == STATUS_OK;
}

struct class_words *match_class_words(const struct match_leaf *leaf)
{
    return leaf->matcher.kind == &class_kind ? ((const struct match_class *)leaf)->words : NULL;
}

bool match_class_exact(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_class *class = (struct match_class *)leaf;
    uint32_t doc = leaf->matcher.doc;
    *tf = *title_tf = 0;
    if (!class->words->exact)
        return true;
    if (!class->exact)
        class->exact =
            match_term(class->source, class->words->exact, class->only_titles, MATCH_UNSCORED);
    if (!have_memory(class, class->exact))
        return false;
    if (matcher_seek(&class->exact->matcher, doc) != doc)
        return class->source->budget->status == STATUS_OK;
    return match_leaf_frequency(class->exact, tf, title_tf);
}

struct match_cursor *match_class_cursor(struct matcher *matcher)
{
    struct match_class *class = class_of(matcher);
    bool whole = class && !class->only_titles && class->words->class.has_list;
    return whole ? &class->cursor : NULL;
}

struct match_cursor *match_class_titles(struct matcher *matcher)
{
    struct match_class *class = class_of(matcher);
    struct match_cursor *titles = class ? titles_of(class) : NULL;
    return titles && class->source->budget->status == STATUS_OK ? titles : NULL;
}
