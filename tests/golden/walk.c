/* Prints all that stands in an index, through the read side of the store, in the words of
 * decode.py. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/endian.h"
#include "base/error.h"
#include "store/classes_read.h"
#include "store/columns_read.h"
#include "store/completions_read.h"
#include "store/compounds_read.h"
#include "store/documents_read.h"
#include "store/grams_read.h"
#include "store/groups_read.h"
#include "store/lexicon_read.h"
#include "store/list_top.h"
#include "store/postings_read.h"
#include "store/settings.h"
#include "store/titles_read.h"

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "walk: %s\n", what);
    exit(1);
}

static void print_hex(struct slice s)
{
    for (size_t i = 0; i < s.size; i++)
        printf("%02x", (unsigned)(uint8_t)s.data[i]);
}

static void print_top(struct postings *postings)
{
    struct list_top top;
    if (!postings_top(postings, &top))
        return;
    printf("top");
    for (uint32_t i = 0; i < LIST_TOP; i++)
        printf(" %u:%u:%u", (unsigned)top.articles[i].doc, (unsigned)top.articles[i].tf,
               (unsigned)top.articles[i].title_tf);
    printf(" %u:%u:%u %d\n", (unsigned)top.next.norm, (unsigned)top.next.tf,
           (unsigned)top.next.title_tf, top.ties);
}

static void print_sides(struct postings *postings)
{
    printf("bounds");
    for (uint32_t block = 0; block < postings->block_count; block++)
        printf(" %u", (unsigned)postings_block_bound(postings, block));
    printf(" best %u %u", (unsigned)postings_best(postings, 10),
           (unsigned)postings_best(postings, 100));
    if (postings->list->df >= 1000)
        printf(" %u", (unsigned)postings_best(postings, 1000));
    printf("\n");
    print_top(postings);
}

static void print_list(const struct snapshot *snapshot, const struct term *term, bool titles)
{
    struct postings postings;
    struct bytes positions = {0};
    must(postings_open(&postings, snapshot, term, titles) == STATUS_OK, "a list cannot be opened");
    if (postings.block_count == 0)
        return;
    printf("%s %u %" PRIu64 "\n", titles ? "titles" : "all", (unsigned)postings.list->df,
           postings.list->cf);
    while (postings_next_block(&postings)) {
        for (uint32_t i = 0; i < postings.count; i++) {
            must(postings_read_positions(&postings, i, &positions), "positions cannot be read");
            const uint32_t *at = (const uint32_t *)(const void *)positions.data;
            printf("%u:", (unsigned)postings.docs[i]);
            for (uint32_t p = 0; p < postings.tfs[i]; p++)
                printf(" %u", (unsigned)at[p]);
            printf("\n");
        }
    }
    must(postings.status == STATUS_OK, "a list cannot be read");
    if (postings.block_count > 1)
        print_sides(&postings);
    postings_release(&postings);
    bytes_release(&positions);
}

static void print_terms(const struct snapshot *snapshot)
{
    struct lexicon lexicon;
    struct lexicon_cursor cursor = {0};
    must(lexicon_open(&lexicon, snapshot) == STATUS_OK, "the lexicon cannot be opened");
    lexicon_seek(&cursor, &lexicon, (struct slice){0});
    while (lexicon_next(&cursor)) {
        printf("term ");
        print_hex(bytes_slice(&cursor.key));
        printf("\n");
        print_list(snapshot, &cursor.term, false);
        print_list(snapshot, &cursor.term, true);
    }
    must(cursor.status == STATUS_OK, "the lexicon cannot be read");
    lexicon_cursor_release(&cursor);
}

static void print_gram_list(const struct grams_cursor *cursor, const struct term *words,
                            const struct gram *gram, bool titles)
{
    struct postings postings, leader;
    const struct term *leading = &words[gram->leader];
    const struct snapshot *snapshot = cursor->grams->snapshot;
    must(postings_open(&leader, snapshot, leading, false) == STATUS_OK &&
             postings_open_gram(&postings, snapshot, gram, titles, &leader) == STATUS_OK,
         "a gram's list cannot be opened");
    if (postings.block_count == 0)
        return;
    printf("%s %u %" PRIu64 "\n", titles ? "titles" : "all", (unsigned)postings.list->df,
           postings.list->cf);
    while (postings_next_block(&postings)) {
        must(postings_read_tfs(&postings), "a gram's counts cannot be read");
        for (uint32_t i = 0; i < postings.count; i++) {
            printf("%u %u", (unsigned)postings.docs[i], (unsigned)postings.tfs[i]);
            if (gram->one_article)
                printf(" %u", (unsigned)gram->title_tf);
            printf("\n");
        }
    }
    must(postings.status == STATUS_OK, "a gram's list cannot be read");
    if (postings.block_count > 1)
        print_sides(&postings);
    postings_release(&postings);
}

static void print_gram(const struct grams_cursor *cursor, const struct lexicon *lexicon)
{
    struct term words[GRAM_WORDS_MOST];
    const struct term *found[GRAM_WORDS_MOST];
    struct gram gram;
    printf("gram");
    for (uint32_t i = 0; i < cursor->count; i++) {
        printf(" %u", (unsigned)cursor->terms[i]);
        must(lexicon_read_at(lexicon, cursor->terms[i], &words[i]) == STATUS_OK,
             "a gram's word cannot be read");
        found[i] = &words[i];
    }
    printf("\n");
    must(grams_find(cursor->grams, found, cursor->count, &gram) == STATUS_OK,
         "a gram cannot be found");
    print_gram_list(cursor, words, &gram, false);
    print_gram_list(cursor, words, &gram, true);
}

static void print_grams(const struct snapshot *snapshot)
{
    static struct grams_cursor cursor;
    struct grams grams;
    struct lexicon lexicon;
    must(grams_open(&grams, snapshot) == STATUS_OK, "the grams cannot be opened");
    must(lexicon_open(&lexicon, snapshot) == STATUS_OK, "the lexicon cannot be opened");
    if (!grams.present)
        return;
    const struct gram_rule *rule = &grams.rule;
    printf("rule %u %u %" PRIu64 " %" PRIu64 " %" PRIu64 " %u %u\n", (unsigned)rule->words_most,
           (unsigned)rule->least_df, rule->bound, rule->look_up, rule->candidate,
           (unsigned)rule->ranked_words, (unsigned)rule->dense);
    cursor.grams = &grams;
    while (grams_next(&cursor))
        print_gram(&cursor, &lexicon);
    must(cursor.status == STATUS_OK, "the grams cannot be read");
}

static void print_class_list(const struct snapshot *snapshot, const struct gram *list, bool titles)
{
    struct postings postings;
    must(postings_open_class(&postings, snapshot, list, titles) == STATUS_OK,
         "a class's list cannot be opened");
    if (postings.block_count == 0)
        return;
    printf("%s %u %" PRIu64 "\n", titles ? "titles" : "all", (unsigned)postings.list->df,
           postings.list->cf);
    while (postings_next_block(&postings)) {
        must(postings_read_tfs(&postings), "a class's counts cannot be read");
        for (uint32_t i = 0; i < postings.count; i++)
            printf("%u %u\n", (unsigned)postings.docs[i], (unsigned)postings.tfs[i]);
    }
    must(postings.status == STATUS_OK, "a class's list cannot be read");
    if (postings.block_count > 1)
        print_sides(&postings);
    postings_release(&postings);
}

static void print_class(const struct class_language *language, const struct word_class *class)
{
    struct class_members members = class_members_of(class);
    struct word_class found;
    uint32_t term;
    printf("class %u:", (unsigned)class->df);
    while (class_members_next(&members, &term)) {
        printf(" %u", (unsigned)term);
        must(class_language_find(language, term, &found) == STATUS_OK &&
                 found.number == class->number,
             "a class cannot be found");
    }
    must(members.status == STATUS_OK, "a class's words cannot be read");
    printf("\n");
    if (!class->has_list)
        return;
    print_class_list(language->classes->snapshot, &class->list, false);
    print_class_list(language->classes->snapshot, &class->list, true);
}

static void print_classes(const struct snapshot *snapshot)
{
    struct classes classes;
    struct class_language language;
    must(classes_open(&classes, snapshot) == STATUS_OK, "the classes cannot be opened");
    for (uint32_t i = 0; i < classes.language_count; i++) {
        must(classes_language_at(&classes, i, &language) == STATUS_OK, "a language cannot be read");
        printf("classes %s %" PRIu64 " %" PRIu64 "\n", language.code, classes.rule.bound,
               classes.rule.cost);
        for (uint64_t number = 0; number < language.class_count; number++) {
            struct word_class class;
            must(class_language_read(&language, number, &class) == STATUS_OK,
                 "a class cannot be read");
            print_class(&language, &class);
        }
    }
}

static void find_compound(const struct compounds *compounds, const struct compound *compound)
{
    struct compound found;
    enum status status = compounds_pair(compounds, compound->left, compound->right, &found);
    must(status == STATUS_OK && found.left == compound->left && found.right == compound->right,
         "a compound cannot be found");
    bool met = compound->closed == COMPOUND_NO_TERM;
    for (uint32_t i = 0; !met; i++) {
        must(compounds_closed(compounds, compound->closed, i, &found) == STATUS_OK,
             "a compound cannot be found by its closed word");
        met = found.left == compound->left && found.right == compound->right;
    }
}

static void print_compounds(const struct snapshot *snapshot)
{
    struct compounds compounds;
    struct compound compound;
    must(compounds_open(&compounds, snapshot) == STATUS_OK, "the compounds cannot be opened");
    for (uint32_t i = 0; compounds_at(&compounds, i, &compound) == STATUS_OK; i++) {
        printf("compound %u %u ", (unsigned)compound.left, (unsigned)compound.right);
        if (compound.closed == COMPOUND_NO_TERM)
            printf("-");
        else
            printf("%u", (unsigned)compound.closed);
        printf(" %u %u %u\n", (unsigned)compound.joined, (unsigned)compound.apart,
               (unsigned)compound.kind);
        find_compound(&compounds, &compound);
    }
}

static void print_groups(const struct snapshot *snapshot)
{
    struct groups groups;
    must(groups_open(&groups, snapshot) == STATUS_OK, "the groups cannot be opened");
    bool last = true;
    for (uint32_t at = 0, begin = 0, doc, found; at < groups.count; at++) {
        printf(last ? "group" : "");
        begin = last ? at : begin;
        must(groups_member(&groups, at, &doc, &last) == STATUS_OK, "a group has no member");
        must(groups_find(&groups, doc, &found) == STATUS_OK && found == begin,
             "a member is of no group");
        printf(last ? " %u\n" : " %u", (unsigned)doc);
    }
}

static void print_value(struct slice value)
{
    printf(" ");
    print_hex(value);
    if (value.size == 0)
        printf("-");
}

static void print_field(const char *name, const struct slice *values, size_t count)
{
    printf("%s", name);
    for (size_t i = 0; i < count; i++)
        print_value(values[i]);
    printf("\n");
}

static void print_fields(const struct fields *fields)
{
    static const char *const lists[] = {"source", "author", "tag", "lang"};
    print_field("id", &fields->id, 1);
    print_field("title", &fields->title, 1);
    print_field("url", &fields->url, 1);
    print_field("shown", &fields->shown_title, 1);
    for (int i = 0; i < FIELDS_LISTS; i++)
        print_field(lists[i], fields->lists[i].values, fields->lists[i].count);
    print_field("extra", &fields->extra, 1);
}

static void print_article(const struct columns *columns, struct documents *documents, uint32_t doc)
{
    struct arena arena = {0};
    struct fields fields;
    uint32_t title_words;
    uint64_t date;
    uint8_t norm;
    must(columns_norm(columns, doc, &norm) == STATUS_OK &&
             columns_date(columns, doc, &date) == STATUS_OK &&
             columns_title_words(columns, doc, &title_words) == STATUS_OK,
         "columns cannot be read");
    must(documents_fields(documents, doc, &arena, &fields) == STATUS_OK, "fields cannot be read");
    must(fields.date == date, "dates differ");
    printf("article %u norm %u title words %u date %" PRIx64 "\n", (unsigned)doc, (unsigned)norm,
           (unsigned)title_words, date);
    print_fields(&fields);
    arena_release(&arena);
}

static void print_body(struct documents *documents, uint32_t doc)
{
    struct text_piece piece;
    enum status status = documents_first_piece(documents, doc, &piece);
    while (status == STATUS_OK) {
        printf("piece %u %" PRIu64 " %u ", (unsigned)doc, piece.byte, (unsigned)piece.position);
        print_hex(piece.text);
        printf("\n");
        status = documents_piece_after(documents, doc, &piece);
    }
    must(status == STATUS_NOT_FOUND, "a body cannot be read");
}

static void print_articles(const struct snapshot *snapshot)
{
    struct columns columns;
    struct documents documents;
    uint64_t hash;
    uint32_t doc;
    must(columns_open(&columns, snapshot) == STATUS_OK, "the columns cannot be opened");
    must(documents_open(&documents, snapshot) == STATUS_OK, "the documents cannot be opened");
    for (doc = 0; doc < columns.article_count; doc++)
        print_article(&columns, &documents, doc);
    for (doc = 0; doc < columns.article_count; doc++)
        print_body(&documents, doc);
    for (uint32_t at = 0; at < columns.article_count; at++) {
        must(columns_id_entry(&columns, at, &hash, &doc) == STATUS_OK, "the ids cannot be read");
        printf("hash %016" PRIx64 " %u\n", hash, (unsigned)doc);
    }
    for (doc = 0; columns.has_order && doc < columns.article_count; doc++) {
        uint32_t place;
        must(columns_place(&columns, doc, &place) == STATUS_OK, "the order cannot be read");
        printf("place %u\n", (unsigned)place);
    }
    documents_release(&documents);
}

/* Each entry, and that it is found by its hash. */
static void print_titles(const struct snapshot *snapshot)
{
    struct titles titles;
    uint64_t hash;
    uint32_t doc, found;
    must(titles_open(&titles, snapshot) == STATUS_OK, "the titles cannot be opened");
    for (uint64_t at = 0; at < titles.count; at++) {
        must(titles_entry(&titles, at, &hash, &doc) == STATUS_OK, "a title cannot be read");
        printf("title %016" PRIx64 " %u\n", hash, (unsigned)doc);
        struct title_docs docs = titles_find(&titles, hash);
        do
            must(title_docs_next(&docs, &found), "a title cannot be found");
        while (found != doc);
    }
}

static void print_text(struct slice text)
{
    putchar(' ');
    for (size_t i = 0; i < text.size; i++)
        printf("%02x", (unsigned)(uint8_t)text.data[i]);
}

/* Each entry, and that it is found by its text; then what is told of blocks. */
static void print_completions(const struct snapshot *snapshot)
{
    struct completions completions;
    struct lexicon lexicon;
    struct completion_cursor cursor = {0}, found = {0};
    const uint8_t *best;
    must(lexicon_open(&lexicon, snapshot) == STATUS_OK, "the lexicon cannot be opened");
    must(completions_open(&completions, snapshot, lexicon.block_count) == STATUS_OK,
         "the completions cannot be opened");
    for (int kind = 0; kind < COMPLETION_KINDS; kind++)
        for (uint32_t i = 0; i < completions.tables[kind].block_count; i++) {
            completion_cursor_block(&cursor, &completions, (enum completion_kind)kind, i);
            while (completion_cursor_next(&cursor)) {
                printf("completion %d %u %u", kind, (unsigned)cursor.weight, (unsigned)cursor.doc);
                print_text(bytes_slice(&cursor.text));
                print_text(cursor.shown);
                putchar('\n');
                must(completions_find(&completions, (enum completion_kind)kind,
                                      bytes_slice(&cursor.text), &found) == STATUS_OK,
                     "a completion cannot be found");
            }
            must(cursor.status == STATUS_OK, "a completion cannot be read");
            must(completions_best(&completions, (enum completion_kind)kind, i, 1, &best) ==
                     STATUS_OK,
                 "a weight cannot be read");
            printf("best %u\n", (unsigned)load_le32(best));
        }
    for (uint32_t i = 0; i < completions.word_blocks; i++) {
        must(completions_word_best(&completions, i, 1, &best) == STATUS_OK,
             "a weight cannot be read");
        printf("best %u\n", (unsigned)load_le32(best));
    }
    completion_cursor_release(&cursor);
    completion_cursor_release(&found);
}

int main(int argc, char **argv)
{
    struct error error = {0};
    must(argc == 2, "one argument is wanted: the index");
    struct snapshot *snapshot = snapshot_open(argv[1], &error);
    must(snapshot != NULL, error.text);
    const struct settings *s = snapshot_settings(snapshot);
    printf("checksum %016" PRIx64 "\n", snapshot_checksum(snapshot));
    printf("settings %u %d %" PRIu64 " %" PRIu64 " %" PRIu64 " %u %u %u %s\n",
           (unsigned)s->article_count, s->has_text, s->word_count, s->title_word_count,
           s->length_sum, (unsigned)s->k1_thousandths, (unsigned)s->b_thousandths,
           (unsigned)s->title_weight_thousandths, s->lang);
    print_terms(snapshot);
    print_grams(snapshot);
    print_classes(snapshot);
    print_compounds(snapshot);
    print_titles(snapshot);
    print_completions(snapshot);
    print_groups(snapshot);
    print_articles(snapshot);
    snapshot_unref(snapshot);
    return 0;
}
