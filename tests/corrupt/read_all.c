#include "corrupt/read_all.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "store/bodies_read.h"
#include "store/classes_read.h"
#include "store/columns_read.h"
#include "store/completions_read.h"
#include "store/compounds_read.h"
#include "store/documents_read.h"
#include "store/grams_read.h"
#include "store/groups_read.h"
#include "store/lexicon_read.h"
#include "store/lexicon_scan.h"
#include "store/list_top.h"
#include "store/postings_read.h"
#include "store/settings.h"
#include "store/titles_read.h"

struct all {
    const struct snapshot *snapshot;
    const struct settings *settings;
    struct hash_stream *hash;
    bool whole;
};

static void demand(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "read_all: %s\n", what);
    abort();
}

static void add(struct all *all, const void *data, size_t size)
{
    if (size)
        hash_stream_add(all->hash, data, size);
}

static void add_number(struct all *all, uint64_t number)
{
    add(all, &number, sizeof number);
}

static void add_slice(struct all *all, struct slice s)
{
    add_number(all, s.size);
    add(all, s.data, s.size);
}

static bool note(struct all *all, enum status status)
{
    if (status != STATUS_OK)
        all->whole = false;
    return status == STATUS_OK;
}

static bool found_one(struct all *all, enum status status)
{
    return status != STATUS_NOT_FOUND && note(all, status);
}

/* --- Terms -------------------------------------------------------------------------------------*/

static void read_positions(struct all *all, struct postings *postings, struct bytes *positions)
{
    for (uint32_t i = 0; i < postings->count; i++) {
        if (!postings_read_positions(postings, i, positions))
            return;
        const uint32_t *at = (const uint32_t *)(const void *)positions->data;
        demand(positions->size == postings->tfs[i] * sizeof *at, "another number of positions");
        for (uint32_t p = 0; p < postings->tfs[i]; p++)
            demand(at[p] <= STORE_MAX_POSITION && (p == 0 || at[p] > at[p - 1]),
                   "positions do not ascend");
        add(all, at, positions->size);
    }
}

static void read_top(struct all *all, struct postings *postings)
{
    struct list_top top;
    bool found = postings_top(postings, &top);
    add_number(all, found);
    for (uint32_t i = 0; found && i < LIST_TOP; i++) {
        const struct list_top_article *article = &top.articles[i];
        demand(article->doc < all->settings->article_count, "a best article that is none");
        demand(article->tf > 0 && article->title_tf <= article->tf, "counts that cannot be");
        add_number(all, article->doc);
        add_number(all, (uint64_t)article->tf << 32 | article->title_tf);
    }
    if (found)
        add_number(all, (uint64_t)top.next.tf << 32 | top.next.title_tf << 16 |
                            (unsigned)top.next.norm << 8 | top.ties);
}

/* positions: NULL for a list that has none. */
static void read_blocks(struct all *all, struct postings *postings, struct bytes *positions)
{
    int64_t before = -1;
    while (postings_next_block(postings)) {
        demand(postings->count >= 1 && postings->count <= POSTINGS_BLOCK,
               "a block of another size");
        for (uint32_t i = 0; i < postings->count; i++) {
            demand(postings->docs[i] < all->settings->article_count, "an article that is none");
            demand(postings->docs[i] > before, "articles do not ascend");
            before = postings->docs[i];
        }
        add(all, postings->docs, postings->count * sizeof *postings->docs);
        add_number(all, postings_block_bound(postings, postings->block));
        add_number(all, postings_block_last(postings, postings->block));
        if (!postings_read_tfs(postings))
            continue;
        if (positions)
            read_positions(all, postings, positions);
        else
            add(all, postings->tfs, postings->count * sizeof *postings->tfs);
    }
    add_number(all, postings_best(postings, 10));
    add_number(all, postings_best(postings, 100));
    add_number(all, postings_best(postings, 1000));
    read_top(all, postings);
}

static void seek_blocks(struct all *all, struct postings *postings)
{
    uint32_t step = all->settings->article_count / 7 + 1;
    for (uint32_t doc = 0; doc < all->settings->article_count; doc += step) {
        if (!postings_seek(postings, doc))
            return;
        demand(postings->docs[postings->count - 1] >= doc, "a seek that stops too early");
        demand(postings->docs[postings->count - 1] < all->settings->article_count,
               "an article that is none");
    }
}

static void read_term(struct all *all, const struct term *term, bool titles)
{
    struct postings postings;
    struct bytes positions = {0};
    if (note(all, postings_open(&postings, all->snapshot, term, titles)))
        read_blocks(all, &postings, &positions);
    note(all, postings.status);
    postings_release(&postings);
    if (note(all, postings_open(&postings, all->snapshot, term, titles)))
        seek_blocks(all, &postings);
    note(all, postings.status);
    postings_release(&postings);
    bytes_release(&positions);
}

static void read_terms(struct all *all)
{
    struct lexicon lexicon;
    struct lexicon_cursor cursor = {0};
    struct term found;
    uint32_t df;
    if (!note(all, lexicon_open(&lexicon, all->snapshot)))
        return;
    lexicon_seek(&cursor, &lexicon, (struct slice){0});
    while (lexicon_next(&cursor)) {
        add_slice(all, bytes_slice(&cursor.key));
        note(all, lexicon_find(&lexicon, bytes_slice(&cursor.key), &found));
        if (lexicon_count(&lexicon, bytes_slice(&cursor.key), &df) == STATUS_OK)
            add_number(all, df);
        read_term(all, &cursor.term, false);
        read_term(all, &cursor.term, true);
    }
    note(all, cursor.status);
    lexicon_cursor_release(&cursor);
}

/* Some of the same entries, by one who passes over the others. */
static void scan_on(struct all *all, const struct lexicon *lexicon)
{
    struct lexicon_scan scan = {0};
    uint32_t df;
    uint64_t cf;
    bool good = lexicon_scan_seek(&scan, lexicon, SLICE("\x03"));
    for (uint32_t i = 0; good && i <= lexicon->term_count; i++) {
        demand(scan.number < lexicon->term_count, "a key that is none");
        add_slice(all, bytes_slice(&scan.key));
        if (lexicon_scan_counts(&scan, &df, &cf))
            add_number(all, (uint64_t)df << 32 ^ cf);
        size_t bytes = scan.key.size;
        good = i % 3 ? lexicon_scan_next(&scan) : lexicon_scan_past(&scan, 1 + bytes / 2);
    }
    note(all, scan.status);
    lexicon_scan_release(&scan);
}

static void scan_forward(struct all *all, const struct lexicon *lexicon)
{
    struct lexicon_scan scan = {0};
    struct bytes to = {0};
    bool good = lexicon_scan_seek(&scan, lexicon, SLICE("\x03"));
    for (uint32_t i = 0; good && i <= lexicon->term_count; i++) {
        struct term term;
        add_number(all, scan.number);
        if (lexicon_scan_term(&scan, &term))
            add_number(all, term.all.df);
        bytes_clear(&to);
        bytes_append_slice(&to, bytes_slice(&scan.key));
        bytes_append(&to, "m", 1);
        good = to.status == STATUS_OK && lexicon_scan_forward(&scan, bytes_slice(&to));
    }
    note(all, to.status);
    note(all, scan.status);
    bytes_release(&to);
    lexicon_scan_release(&scan);
}

static void scan_numbers(struct all *all, const struct lexicon *lexicon)
{
    struct lexicon_scan scan = {.lexicon = lexicon};
    struct term term;
    for (uint32_t number = 0; number < lexicon->term_count; number += 1 + number % 5)
        if (lexicon_scan_to(&scan, number) && lexicon_scan_term(&scan, &term))
            add_number(all, term.all.df);
    note(all, scan.status);
    lexicon_scan_release(&scan);
}

static void read_scans(struct all *all)
{
    struct lexicon lexicon;
    if (!note(all, lexicon_open(&lexicon, all->snapshot)))
        return;
    scan_on(all, &lexicon);
    scan_forward(all, &lexicon);
    scan_numbers(all, &lexicon);
}

/* --- Grams -------------------------------------------------------------------------------------*/

static void read_gram_list(struct all *all, const struct gram *gram, const struct term *leader,
                           bool titles)
{
    struct postings leading, postings;
    if (!note(all, postings_open(&leading, all->snapshot, leader, false)))
        return;
    if (note(all, postings_open_gram(&postings, all->snapshot, gram, titles, &leading)))
        read_blocks(all, &postings, NULL);
    note(all, postings.status);
    if (note(all, postings_open_gram(&postings, all->snapshot, gram, titles, &leading)))
        seek_blocks(all, &postings);
    note(all, postings.status);
    postings_release(&postings);
    postings_release(&leading);
}

static void read_gram(struct all *all, const struct grams_cursor *cursor,
                      const struct lexicon *lexicon)
{
    struct term words[GRAM_WORDS_MOST];
    const struct term *found[GRAM_WORDS_MOST];
    struct gram gram;
    add(all, cursor->terms, cursor->count * sizeof *cursor->terms);
    for (uint32_t i = 0; i < cursor->count; i++) {
        if (!note(all, lexicon_read_at(lexicon, cursor->terms[i], &words[i])))
            return;
        found[i] = &words[i];
    }
    if (!note(all, grams_find(cursor->grams, found, cursor->count, &gram)))
        return;
    demand(gram.leader < cursor->count, "a leader that is no word of the gram");
    add_number(all, gram.ranked);
    add_number(all, gram.title_tf);
    read_gram_list(all, &gram, &words[gram.leader], false);
    read_gram_list(all, &gram, &words[gram.leader], true);
}

static void read_grams(struct all *all)
{
    static struct grams_cursor cursor;
    struct grams grams;
    struct lexicon lexicon;
    cursor = (struct grams_cursor){.grams = &grams};
    if (!note(all, grams_open(&grams, all->snapshot)) ||
        !note(all, lexicon_open(&lexicon, all->snapshot)) || !grams.present)
        return;
    add(all, &grams.rule, sizeof grams.rule);
    while (grams_next(&cursor))
        read_gram(all, &cursor, &lexicon);
    note(all, cursor.status);
}

/* --- Classes -----------------------------------------------------------------------------------*/

static void read_class_list(struct all *all, const struct gram *list, bool titles)
{
    struct postings postings;
    if (note(all, postings_open_class(&postings, all->snapshot, list, titles)))
        read_blocks(all, &postings, NULL);
    note(all, postings.status);
    postings_release(&postings);
}

static void read_class(struct all *all, const struct class_language *language,
                       const struct word_class *class)
{
    struct class_members members = class_members_of(class);
    struct word_class found;
    uint32_t term;
    add_number(all, class->df);
    while (class_members_next(&members, &term)) {
        add_number(all, term);
        if (note(all, class_language_find(language, term, &found)))
            add_number(all, found.number);
    }
    note(all, members.status);
    if (!class->has_list)
        return;
    read_class_list(all, &class->list, false);
    read_class_list(all, &class->list, true);
}

static void read_classes(struct all *all)
{
    struct classes classes;
    struct class_language language;
    struct word_class class;
    if (!note(all, classes_open(&classes, all->snapshot)))
        return;
    add_number(all, classes.rule.bound);
    add_number(all, classes.rule.cost);
    for (uint32_t i = 0; i < classes.language_count; i++) {
        if (!note(all, classes_language_at(&classes, i, &language)))
            return;
        add(all, language.code, sizeof language.code);
        for (uint64_t number = 0; number < language.class_count; number++)
            if (note(all, class_language_read(&language, number, &class)))
                read_class(all, &language, &class);
    }
}

static void read_compounds(struct all *all)
{
    struct compounds compounds;
    struct compound compound;
    uint32_t number;
    if (!note(all, compounds_open(&compounds, all->snapshot)))
        return;
    for (uint32_t i = 0; i < compounds.count; i++) {
        if (note(all, compounds_at(&compounds, i, &compound)))
            add(all, &compound, sizeof compound);
        if (note(all, compounds_closed_number(&compounds, i, &number)))
            add_number(all, number);
    }
}

static void read_titles(struct all *all)
{
    struct titles titles;
    uint64_t hash;
    uint32_t doc, word;
    if (!note(all, titles_open(&titles, all->snapshot)))
        return;
    for (uint64_t at = 0; at < titles.count; at++) {
        if (!note(all, titles_entry(&titles, at, &hash, &doc)))
            continue;
        add_number(all, hash);
        add_number(all, doc);
        struct title_docs docs = titles_find(&titles, hash);
        while (title_docs_next(&docs, &doc))
            demand(doc < all->settings->article_count, "a title of no article");
        note(all, docs.status);
        if (note(all, titles_word(&titles, doc, &word)))
            add_number(all, word);
    }
}

static void read_completion_block(struct all *all, const struct completions *completions,
                                  enum completion_kind kind, uint32_t block)
{
    struct completion_cursor cursor = {0}, found = {0};
    const uint8_t *best;
    uint32_t first, end;
    completion_cursor_block(&cursor, completions, kind, block);
    while (completion_cursor_next(&cursor)) {
        struct slice text = bytes_slice(&cursor.text);
        add_slice(all, text);
        add_slice(all, cursor.shown);
        add_number(all, cursor.weight);
        add_number(all, cursor.doc);
        if (found_one(all, completions_find(completions, kind, text, &found)))
            demand(slice_equal(bytes_slice(&found.text), text), "another text was found");
        if (found_one(all, completions_range(completions, kind, text, &first, &end)))
            demand(end <= completions->tables[kind].block_count, "a block that is none");
    }
    note(all, cursor.status);
    if (note(all, completions_best(completions, kind, block, 1, &best)))
        add(all, best, COMPLETIONS_BEST_BYTES);
    completion_cursor_release(&cursor);
    completion_cursor_release(&found);
}

static void read_completions(struct all *all)
{
    struct completions completions;
    struct lexicon lexicon;
    const uint8_t *best;
    if (!note(all, lexicon_open(&lexicon, all->snapshot)) ||
        !note(all, completions_open(&completions, all->snapshot, lexicon.block_count)))
        return;
    for (int kind = 0; kind < COMPLETION_KINDS; kind++)
        for (uint32_t i = 0; i < completions.tables[kind].block_count; i++)
            read_completion_block(all, &completions, (enum completion_kind)kind, i);
    if (completions.present &&
        note(all, completions_word_best(&completions, 0, completions.word_blocks, &best)))
        add(all, best, COMPLETIONS_BEST_BYTES * (size_t)completions.word_blocks);
}

static void read_groups(struct all *all)
{
    struct groups groups;
    uint32_t doc, begin;
    bool last;
    if (!note(all, groups_open(&groups, all->snapshot)))
        return;
    for (uint32_t at = 0; at < groups.count; at++) {
        if (note(all, groups_entry(&groups, at, &doc, &begin))) {
            add_number(all, doc);
            add_number(all, begin);
            groups_find(&groups, doc, &begin);
        }
        if (note(all, groups_member(&groups, at, &doc, &last))) {
            demand(doc < all->settings->article_count, "a group of no article");
            add_number(all, doc);
            add_number(all, last);
        }
    }
}

/* --- Articles ----------------------------------------------------------------------------------*/

static void read_fields(struct all *all, struct documents *documents, const struct columns *columns,
                        uint32_t doc)
{
    struct arena arena = {.cap = 64 << 20};
    struct fields fields;
    uint32_t found = 0;
    if (note(all, documents_fields(documents, doc, &arena, &fields))) {
        const struct slice single[] = {fields.id, fields.title, fields.url, fields.shown_title,
                                       fields.extra};
        for (int i = 0; i < 5; i++)
            add_slice(all, single[i]);
        for (int list = 0; list < FIELDS_LISTS; list++)
            for (size_t i = 0; i < fields.lists[list].count; i++)
                add_slice(all, fields.lists[list].values[i]);
        add_number(all, fields.date);
        note(all, columns_find_id(columns, documents, fields.id, &found));
        demand(found < all->settings->article_count, "an id of no article");
    }
    arena_release(&arena);
}

static void read_pieces(struct all *all, struct documents *documents, uint32_t doc)
{
    struct text_piece piece;
    struct bytes body = {0};
    uint64_t byte = 0;
    if (!all->settings->has_text)
        return;
    enum status status = documents_first_piece(documents, doc, &piece);
    for (; status == STATUS_OK; status = documents_piece_after(documents, doc, &piece)) {
        demand(!piece.first || piece.byte == 0, "a first piece within a body");
        byte = piece.byte + piece.text.size;
        add_number(all, piece.position);
        add_slice(all, piece.text);
        if (piece.last) {
            struct text_piece back = piece;
            while (documents_piece_before(documents, doc, &back) == STATUS_OK)
                demand(back.byte < byte, "a piece behind its next");
            break;
        }
    }
    if (status != STATUS_NOT_FOUND)
        note(all, status);
    note(all, documents_body(documents, doc, &body));
    add_slice(all, bytes_slice(&body));
    bytes_clear(&body);
    note(all, bodies_append(documents, doc, &body));
    add_slice(all, bytes_slice(&body));
    documents_piece(documents, doc, (uint32_t)byte, &piece);
    bytes_release(&body);
}

static void read_article(struct all *all, struct documents *documents,
                         const struct columns *columns, uint32_t doc)
{
    uint32_t title_words = 0;
    uint64_t date = 0;
    uint32_t place = 0;
    uint8_t norm = 0;
    note(all, columns_norm(columns, doc, &norm));
    note(all, columns_place(columns, doc, &place));
    note(all, columns_title_words(columns, doc, &title_words));
    note(all, columns_date(columns, doc, &date));
    add_number(all, norm);
    add_number(all, place);
    add_number(all, title_words);
    add_number(all, date);
    read_fields(all, documents, columns, doc);
    read_pieces(all, documents, doc);
}

static void read_articles(struct all *all)
{
    struct columns columns;
    struct documents documents = {0};
    if (note(all, columns_open(&columns, all->snapshot)) &&
        note(all, documents_open(&documents, all->snapshot)))
        for (uint32_t doc = 0; doc < all->settings->article_count; doc++)
            read_article(all, &documents, &columns, doc);
    documents_release(&documents);
}

static void read_settings(struct all *all)
{
    add_number(all, all->settings->article_count);
    add_number(all, all->settings->word_count);
    add_number(all, all->settings->title_word_count);
    add_number(all, all->settings->length_sum);
    add_number(all, all->settings->k1_thousandths);
    add_number(all, all->settings->b_thousandths);
    add_number(all, all->settings->title_weight_thousandths);
}

static void read_lists(struct all *all)
{
    read_terms(all);
    read_scans(all);
    read_grams(all);
    read_classes(all);
    read_compounds(all);
    read_titles(all);
    read_completions(all);
    read_groups(all);
}

uint64_t read_parts(const struct snapshot *snapshot, enum read_parts parts, bool *whole)
{
    struct all all = {.snapshot = snapshot, .settings = snapshot_settings(snapshot), .whole = true};
    all.hash = hash_stream_open();
    demand(all.hash != NULL, "out of memory");
    read_settings(&all);
    if (parts & READ_LISTS)
        read_lists(&all);
    if (parts & READ_ARTICLES)
        read_articles(&all);
    uint64_t value = hash_stream_value(all.hash);
    hash_stream_close(all.hash);
    *whole = all.whole;
    return value;
}

uint64_t read_all(const struct snapshot *snapshot, bool *whole)
{
    return read_parts(snapshot, READ_ALL, whole);
}
