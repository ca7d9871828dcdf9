#include "match/class_words.h"

#include <string.h>

#include "base/arena.h"
#include "match/cursor.h"
#include "match/title.h"
#include "store/columns_read.h"

enum { ALONE_MOST = 4 * POSTINGS_BLOCK }; /* articles of a list not worth reading by itself */

struct item {
    uint32_t doc, tf, title_tf;
};

struct run { /* items that ascend */
    struct item *items;
    size_t count;
};

struct laying {
    const struct match_source *source;
    struct match_cursor *cursor; /* for one list after the other */
    struct bytes positions;
};

void class_words_init(struct class_words *words, struct arena *arena, const struct lexicon *lexicon,
                      const struct term *exact, const struct word_class *class)
{
    *words =
        (struct class_words){.arena = arena, .lexicon = lexicon, .exact = exact, .class = *class};
}

void class_words_of_one(struct class_words *words, struct arena *arena,
                        const struct lexicon *lexicon, const struct term **terms)
{
    struct word_class class = {.members = 1, .df = terms[0]->all.df};
    *words =
        (struct class_words){.arena = arena, .lexicon = lexicon, .class = class, .terms = terms};
}

static bool read_term(const struct class_words *words, const struct match_source *source,
                      uint32_t number, const struct term **term)
{
    struct term *copy = NULL;
    enum status status = STATUS_OK;
    *term = words->exact;
    if (words->exact && number == words->exact->number)
        return true;
    if (!match_budget_spend(source->budget, 1))
        return false;
    copy = arena_allocate(words->arena, 1, sizeof *copy);
    status = copy ? lexicon_read_at(words->lexicon, number, copy) : STATUS_NO_MEMORY;
    *term = copy;
    if (status == STATUS_NOT_FOUND)
        return match_budget_check(source->budget, STATUS_CORRUPT, CHUNK_CLASSES);
    return match_budget_check(source->budget, status, CHUNK_LEXICON);
}

bool class_words_read(struct class_words *words, const struct match_source *source)
{
    uint32_t number;
    if (words->terms)
        return true;
    const struct term **terms = arena_allocate(words->arena, words->class.members, sizeof *terms);
    if (!match_budget_check(source->budget, terms ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_CLASSES))
        return false;
    struct class_members members = class_members_of(&words->class);
    for (size_t i = 0; class_members_next(&members, &number); i++)
        if (!read_term(words, source, number, &terms[i]))
            return false;
    if (!match_budget_check(source->budget, members.status, CHUNK_CLASSES))
        return false;
    words->terms = terms;
    return true;
}

/* --- Lists into runs ---------------------------------------------------------------------------*/

/* Goes on to the block of this number, with its counts. */
static bool enter(struct match_cursor *cursor, uint32_t block)
{
    return match_cursor_enter_block(cursor, block) && match_cursor_read_tfs(cursor);
}

static bool read_articles(const struct laying *laying, const struct term *term, struct run *run)
{
    struct match_cursor *cursor = laying->cursor;
    const struct postings *postings = &cursor->postings;
    match_cursor_open(cursor, laying->source->snapshot, term, false, laying->source->budget);
    for (uint32_t block = 0; block < postings->block_count && enter(cursor, block); block++)
        for (uint32_t i = 0; i < postings->count && run->count < term->all.df; i++)
            run->items[run->count++] = (struct item){postings->docs[i], postings->tfs[i], 0};
    return laying->source->budget->status == STATUS_OK;
}

/* A word of one article has no list of titles: its positions tell. */
static bool read_only_title(struct laying *laying, struct run *run)
{
    match_cursor_stand(laying->cursor, 0);
    return laying->source->columns->title_word_bytes == 0 ||
           (match_cursor_positions(laying->cursor, &laying->positions) &&
            match_title_count(laying->source, run->items->doc, &laying->positions,
                              &run->items->title_tf));
}

/* Titles that hold the word are among the articles that do. */
static bool read_titles(const struct laying *laying, const struct term *term, struct run *run)
{
    struct match_cursor *cursor = laying->cursor;
    const struct postings *postings = &cursor->postings;
    size_t at = 0;
    match_cursor_open(cursor, laying->source->snapshot, term, true, laying->source->budget);
    for (uint32_t block = 0; block < postings->block_count && enter(cursor, block); block++)
        for (uint32_t i = 0; i < postings->count; i++) {
            while (at < run->count && run->items[at].doc < postings->docs[i])
                at++;
            if (at < run->count && run->items[at].doc == postings->docs[i])
                run->items[at].title_tf = postings->tfs[i];
        }
    return laying->source->budget->status == STATUS_OK;
}

static bool read_run(struct laying *laying, const struct term *term, struct run *run)
{
    if (!read_articles(laying, term, run))
        return false;
    bool good = true;
    if (term->one_article && run->count)
        good = read_only_title(laying, run);
    match_cursor_release(laying->cursor);
    if (good && !term->one_article && term->titles.df) {
        good = read_titles(laying, term, run);
        match_cursor_release(laying->cursor);
    }
    return good;
}

/* --- Runs into one -----------------------------------------------------------------------------*/

static struct run merge(const struct run *a, const struct run *b, struct item *out)
{
    size_t i = 0, j = 0, n = 0;
    while (i < a->count && j < b->count) { /* without a branch that nobody could foresee */
        const struct item *left = &a->items[i], *right = &b->items[j];
        bool takes_left = left->doc <= right->doc, takes_right = right->doc <= left->doc;
        uint32_t of_left = -(uint32_t)takes_left, of_right = -(uint32_t)takes_right;
        out[n++] = (struct item){takes_left ? left->doc : right->doc,
                                 (left->tf & of_left) + (right->tf & of_right),
                                 (left->title_tf & of_left) + (right->title_tf & of_right)};
        i += takes_left;
        j += takes_right;
    }
    for (; i < a->count; i++)
        out[n++] = a->items[i];
    for (; j < b->count; j++)
        out[n++] = b->items[j];
    return (struct run){out, n};
}

/* By twos, from the items into the room and back again; a single one is copied. */
static struct run merge_all(struct run *runs, size_t count, struct item *room, struct item *items)
{
    static const struct run none = {0};
    while (count > 1) {
        struct item *to = room;
        size_t made = 0;
        for (size_t i = 0; i < count; i += 2) {
            struct run merged = merge(&runs[i], i + 1 < count ? &runs[i + 1] : &none, to);
            to += merged.count;
            runs[made++] = merged;
        }
        room = items;
        items = runs[0].items;
        count = made;
    }
    return count ? runs[0] : none;
}

static bool keep(struct class_words *words, const struct match_source *source, struct run run)
{
    uint32_t count = (uint32_t)run.count;
    uint32_t *docs = arena_take(words->arena, (3 * (size_t)count + 1) * sizeof *docs);
    if (!match_budget_check(source->budget, docs ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_CLASSES))
        return false;
    uint32_t *tfs = docs + count, *title_tfs = tfs + count, titles = 0;
    for (uint32_t i = 0; i < count; i++) {
        docs[i] = run.items[i].doc;
        tfs[i] = run.items[i].tf;
        title_tfs[i] = run.items[i].title_tf;
        titles += title_tfs[i] > 0;
    }
    words->rest = (struct class_rest){docs, tfs, titles ? title_tfs : NULL, count, titles};
    return true;
}

static const struct term *find_most(const struct class_words *words)
{
    const struct term *most = words->terms[0];
    for (size_t i = 1; i < words->class.members; i++)
        if (words->terms[i]->all.df > most->all.df)
            most = words->terms[i];
    return most->all.df > ALONE_MOST ? most : NULL;
}

static bool lay(struct class_words *words, struct laying *laying)
{
    struct arena *arena = laying->source->arena;
    size_t sum = 1, count = 0;
    for (size_t i = 0; i < words->class.members; i++)
        sum += words->terms[i] == words->most ? 0 : words->terms[i]->all.df;
    struct run *runs = arena_allocate(arena, words->class.members, sizeof *runs);
    struct item *items = arena_take(arena, sum * sizeof *items);
    struct item *room = arena_take(arena, sum * sizeof *room);
    laying->cursor = match_cursor_new(arena);
    if (!match_budget_check(laying->source->budget, arena->status, CHUNK_CLASSES))
        return false;
    struct item *next = items;
    for (size_t i = 0; i < words->class.members; i++) {
        if (words->terms[i] == words->most)
            continue;
        runs[count].items = next;
        if (!read_run(laying, words->terms[i], &runs[count]))
            return false;
        next += runs[count++].count;
    }
    return keep(words, laying->source, merge_all(runs, count, room, items));
}

bool class_words_lay(struct class_words *words, const struct match_source *source)
{
    struct laying laying = {.source = source};
    if (words->laid)
        return true;
    if (!class_words_read(words, source))
        return false;
    words->most = find_most(words);
    words->laid = lay(words, &laying);
    bytes_release(&laying.positions);
    return words->laid;
}
