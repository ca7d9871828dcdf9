/* Every run of words that the rule demands has a list, and what the lists tell is what a walk
 * through all words of all articles finds; nothing else is listed.
 *
 *     model_grams [INDEX]     with an index, that one: it needs its text stored
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build/builder.h"
#include "model/fixture.h"
#include "random.h"
#include "store/columns_read.h"
#include "store/documents_read.h"
#include "store/grams_read.h"
#include "store/lexicon_read.h"
#include "store/postings_read.h"
#include "store/settings.h"
#include "test_build.h"
#include "unit/unit.h"

struct run { /* an occurrence, or all of a gram in an article */
    uint32_t terms[GRAM_WORDS_MOST];
    uint32_t doc, tf, title_tf;
};

struct listed { /* a gram of the length before that has a list */
    uint32_t terms[GRAM_WORDS_MOST];
    uint32_t df;
};

struct plain { /* an index's articles as term numbers */
    struct snapshot *snapshot;
    struct lexicon lexicon;
    struct grams grams;
    uint32_t article_count;
    struct bytes words; /* uint32_t, article by article */
    uint64_t *starts;   /* of each article in words, and behind the last */
    uint32_t *title_counts;
    uint32_t *dfs; /* of each term */
    struct grams_cursor cursor;
    uint64_t seen;
};

/* --- The words of an index, from its stored text -----------------------------------------------*/

static void add_words(struct plain *plain, struct analyzer *analyzer, struct slice text)
{
    struct word words[64];
    analyzer_begin(analyzer, text);
    for (size_t n; (n = analyzer_read(analyzer, words, 64)) > 0;)
        for (size_t i = 0; i < n; i++) {
            struct term term;
            assert_int_equal(lexicon_find(&plain->lexicon, words[i].text, &term), STATUS_OK);
            bytes_append(&plain->words, &term.number, sizeof term.number);
        }
}

static void add_article(struct plain *plain, struct analyzer *analyzer, struct documents *documents,
                        uint32_t doc)
{
    struct arena arena = {0};
    struct bytes body = {0};
    struct fields fields;
    plain->starts[doc] = plain->words.size / sizeof(uint32_t);
    assert_int_equal(documents_fields(documents, doc, &arena, &fields), STATUS_OK);
    assert_int_equal(documents_body(documents, doc, &body), STATUS_OK);
    add_words(plain, analyzer, fields.title);
    plain->title_counts[doc] =
        (uint32_t)(plain->words.size / sizeof(uint32_t) - plain->starts[doc]);
    add_words(plain, analyzer, bytes_slice(&body));
    bytes_release(&body);
    arena_release(&arena);
}

static const uint32_t *words_of(const struct plain *plain, uint32_t doc, size_t *count)
{
    *count = (size_t)(plain->starts[doc + 1] - plain->starts[doc]);
    return (const uint32_t *)(const void *)plain->words.data + plain->starts[doc];
}

static void count_dfs(struct plain *plain)
{
    uint32_t *last = calloc((size_t)plain->lexicon.term_count, sizeof *last);
    plain->dfs = calloc((size_t)plain->lexicon.term_count, sizeof *plain->dfs);
    for (uint32_t doc = 0; doc < plain->article_count; doc++) {
        size_t count;
        const uint32_t *words = words_of(plain, doc, &count);
        for (size_t i = 0; i < count; i++) {
            plain->dfs[words[i]] += last[words[i]] != doc + 1;
            last[words[i]] = doc + 1;
        }
    }
    free(last);
}

static void plain_open(struct plain *plain, const char *path)
{
    struct error error = {0};
    struct documents documents;
    struct analyzer *analyzer = analyzer_open();
    *plain = (struct plain){.snapshot = snapshot_open(path, &error)};
    if (!plain->snapshot)
        fail_msg("%s", error.text);
    plain->article_count = snapshot_settings(plain->snapshot)->article_count;
    plain->starts = calloc((size_t)plain->article_count + 1, sizeof *plain->starts);
    plain->title_counts = calloc(plain->article_count, sizeof *plain->title_counts);
    assert_int_equal(lexicon_open(&plain->lexicon, plain->snapshot), STATUS_OK);
    assert_int_equal(grams_open(&plain->grams, plain->snapshot), STATUS_OK);
    assert_true(plain->grams.present);
    assert_int_equal(documents_open(&documents, plain->snapshot), STATUS_OK);
    for (uint32_t doc = 0; doc < plain->article_count; doc++)
        add_article(plain, analyzer, &documents, doc);
    plain->starts[plain->article_count] = plain->words.size / sizeof(uint32_t);
    plain->cursor.grams = &plain->grams;
    documents_release(&documents);
    analyzer_close(analyzer);
    count_dfs(plain);
}

static void plain_close(struct plain *plain)
{
    bytes_release(&plain->words);
    free(plain->starts);
    free(plain->title_counts);
    free(plain->dfs);
    snapshot_unref(plain->snapshot);
}

/* --- What the rule demands ---------------------------------------------------------------------*/

static uint32_t length; /* of the grams at hand, for comparing */

static int compare_terms(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    for (uint32_t i = 0; i < length; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static int compare_runs(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    int order = compare_terms(x->terms, y->terms);
    return order ? order : (x->doc > y->doc) - (x->doc < y->doc);
}

static const struct listed *find_listed(const struct bytes *listed, const uint32_t *terms)
{
    if (!listed->size)
        return NULL;
    length--;
    const struct listed *found =
        bsearch(terms, listed->data, listed->size / sizeof *found, sizeof *found, compare_terms);
    length++;
    return found;
}

static bool is_demanded(const struct plain *plain, const struct bytes *shorter,
                        const uint32_t *terms)
{
    const struct gram_rule *rule = &plain->grams.rule;
    if (length == 2)
        return gram_rule_pair(rule, plain->article_count, plain->dfs[terms[0]],
                              plain->dfs[terms[1]]);
    const struct listed *first = find_listed(shorter, terms);
    const struct listed *second = first ? find_listed(shorter, terms + 1) : NULL;
    return second && first->df >= rule->least_df && second->df >= rule->least_df;
}

static void add_runs(const struct plain *plain, const struct bytes *shorter, uint32_t doc,
                     struct bytes *runs)
{
    size_t count, titles = plain->title_counts[doc];
    const uint32_t *words = words_of(plain, doc, &count);
    for (size_t i = 0; i + length <= count; i++) {
        struct run run = {.doc = doc, .tf = 1, .title_tf = i < titles};
        if (i < titles && i + length > titles)
            continue; /* no gram runs from title into body */
        if (!is_demanded(plain, shorter, words + i))
            continue;
        memcpy(run.terms, words + i, length * sizeof *words);
        bytes_append(runs, &run, sizeof run);
    }
}

/* One for each article of each gram, in the order of the grams. */
static struct run *demanded(const struct plain *plain, const struct bytes *shorter,
                            struct bytes *bytes, size_t *count)
{
    for (uint32_t doc = 0; doc < plain->article_count; doc++)
        add_runs(plain, shorter, doc, bytes);
    struct run *runs = (struct run *)(void *)bytes->data;
    size_t all = bytes->size / sizeof *runs;
    *count = 0;
    if (all)
        qsort(runs, all, sizeof *runs, compare_runs);
    for (size_t i = 0; i < all; i++) {
        if (*count && compare_runs(&runs[*count - 1], &runs[i]) == 0) {
            runs[*count - 1].tf++;
            runs[*count - 1].title_tf += runs[i].title_tf;
        } else {
            runs[(*count)++] = runs[i];
        }
    }
    return runs;
}

/* --- What the file tells -----------------------------------------------------------------------*/

static void check_list(const struct plain *plain, const struct gram *gram, const struct run *runs,
                       size_t count, bool titles)
{
    struct term leading;
    struct postings leader, postings;
    size_t at = 0;
    if (gram->ranked) {
        assert_int_equal(lexicon_read_at(&plain->lexicon, runs->terms[gram->leader], &leading),
                         STATUS_OK);
        assert_int_equal(postings_open(&leader, plain->snapshot, &leading, false), STATUS_OK);
    }
    assert_int_equal(
        postings_open_gram(&postings, plain->snapshot, gram, titles, gram->ranked ? &leader : NULL),
        STATUS_OK);
    while (postings_next_block(&postings)) {
        assert_true(postings_read_tfs(&postings));
        for (uint32_t i = 0; i < postings.count; i++, at++) {
            while (at < count && titles && runs[at].title_tf == 0)
                at++;
            assert_true(at < count);
            assert_int_equal(postings.docs[i], runs[at].doc);
            assert_int_equal(postings.tfs[i], titles ? runs[at].title_tf : runs[at].tf);
        }
    }
    assert_int_equal(postings.status, STATUS_OK);
    while (at < count && titles && runs[at].title_tf == 0)
        at++;
    assert_int_equal(at, count);
    postings_release(&postings);
    if (gram->ranked)
        postings_release(&leader);
}

static void check_gram(struct plain *plain, const struct run *runs, size_t count)
{
    struct term terms[GRAM_WORDS_MOST];
    const struct term *words[GRAM_WORDS_MOST];
    struct gram gram;
    uint64_t cf = 0, title_cf = 0, title_df = 0;
    for (size_t i = 0; i < count; i++) {
        cf += runs[i].tf;
        title_cf += runs[i].title_tf;
        title_df += runs[i].title_tf > 0;
    }
    assert_true(grams_next(&plain->cursor));
    assert_int_equal(plain->cursor.count, length);
    assert_int_equal(compare_terms(plain->cursor.terms, runs->terms), 0);
    for (uint32_t i = 0; i < length; i++) {
        assert_int_equal(lexicon_read_at(&plain->lexicon, runs->terms[i], &terms[i]), STATUS_OK);
        words[i] = &terms[i];
    }
    assert_int_equal(grams_find(&plain->grams, words, length, &gram), STATUS_OK);
    assert_int_equal(gram.all.df, count);
    assert_int_equal(gram.all.cf, cf);
    assert_int_equal(gram.one_article ? gram.title_tf : gram.titles.cf, title_cf);
    assert_int_equal(gram.one_article ? gram.title_tf > 0 : gram.titles.df, title_df);
    check_list(plain, &gram, runs, count, false);
    if (gram.titles.df)
        check_list(plain, &gram, runs, count, true);
    plain->seen++;
}

/* Returns how many grams of the length there are; `listed` becomes those. */
static uint64_t check_length(struct plain *plain, struct bytes *listed)
{
    struct bytes bytes = {0}, made = {0};
    size_t count;
    const struct run *runs = demanded(plain, listed, &bytes, &count);
    for (size_t i = 0, behind; i < count; i = behind) {
        struct listed one;
        for (behind = i + 1; behind < count && !compare_terms(runs[i].terms, runs[behind].terms);)
            behind++;
        check_gram(plain, runs + i, behind - i);
        memcpy(one.terms, runs[i].terms, sizeof one.terms);
        one.df = (uint32_t)(behind - i);
        bytes_append(&made, &one, sizeof one);
    }
    assert_int_equal(made.status, STATUS_OK);
    bytes_release(&bytes);
    bytes_release(listed);
    *listed = made;
    return made.size / sizeof(struct listed);
}

static void check_index(const char *path, const uint64_t *least)
{
    struct plain plain;
    struct bytes listed = {0};
    plain_open(&plain, path);
    for (length = 2; length <= plain.grams.rule.words_most; length++) {
        uint64_t count = check_length(&plain, &listed);
        assert_int_equal(plain.grams.counts[length - 2], count);
        if (least)
            assert_true(count >= least[length - 2]);
    }
    assert_false(grams_next(&plain.cursor));
    assert_int_equal(plain.cursor.status, STATUS_OK);
    print_message("%s: %llu grams as they should be\n", path, (unsigned long long)plain.seen);
    bytes_release(&listed);
    plain_close(&plain);
}

/* --- Tests -------------------------------------------------------------------------------------*/

static void check_generated(uint64_t seed, size_t count, struct fixture_rule rule,
                            const uint64_t least[GRAM_WORDS_MOST - 1])
{
    struct fixture fixture;
    fixture_open_by_rule(&fixture, seed, count, 1, rule);
    check_index(scratch_path(&fixture.scratch, "0.vbt"), least);
    fixture_close(&fixture);
}

static void test_every_run(void **state)
{
    (void)state;
    static const uint64_t least[] = {1000, 1000, 1000, 1000, 1000, 1000, 1000};
    check_generated(1, 60, (struct fixture_rule){1, 1}, least);
    check_generated(2, 200, (struct fixture_rule){1, 1}, least);
}

static void test_some_runs(void **state)
{
    (void)state;
    static const uint64_t few[] = {100, 10, 1, 0, 0, 0, 0}, none[] = {0, 0, 0, 0, 0, 0, 0};
    check_generated(3, 600, (struct fixture_rule){2000, 10}, few);
    check_generated(4, 600, (struct fixture_rule){500, 40}, few);
    check_generated(5, 300, (struct fixture_rule){1, 1000000}, none);
    check_generated(6, 300, (struct fixture_rule){0, 0}, none);
}

/* More words than a range has, and one whose pairs cannot be held in the least memory, of
 * which one pair alone cannot. */
static void write_text(struct bytes *out, uint64_t *state, uint32_t article)
{
    bytes_clear(out);
    for (uint32_t i = 0; i < (article % 100 ? 180 : 16000); i++) {
        uint64_t word = random_below(state, random_below(state, 400) + 1);
        bytes_format(out, "w%u ", article % 100 || i % 8 == 0 ? (unsigned)word : 0);
    }
}

static void build_much(const char *path, size_t memory, size_t threads, bool by_ranges)
{
    struct builder_options options;
    struct bytes text = {0}, title = {0};
    uint64_t state = 7;
    builder_options_init(&options);
    options.memory_bytes = memory;
    options.threads = threads;
    options.gram_bound = 20000;
    options.gram_least_df = 100;
    options.gram_text_bytes = by_ranges; /* of which no text has room in one */
    struct builder *builder = test_build_open(path, &options);
    for (uint32_t i = 0; i < 6000; i++) {
        char id[16];
        snprintf(id, sizeof id, "%u", i);
        write_text(&text, &state, i);
        bytes_clear(&title);
        for (uint32_t word = 0; word < i % 7; word++)
            bytes_format(&title, "w%u ", (unsigned)random_below(&state, 4));
        struct article article = {
            .id = slice_of_string(id), .title = bytes_slice(&title), .body = bytes_slice(&text)};
        test_build_add(builder, &article);
    }
    test_build_commit(builder);
    bytes_release(&text);
    bytes_release(&title);
}

static void test_any_memory_and_threads(void **state)
{
    (void)state;
    static const uint64_t least[] = {1000, 100, 1, 0, 0, 0, 0};
    struct scratch scratch;
    struct bytes first = {0};
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "much.vbt");
    for (size_t i = 0; i < 9; i++) {
        build_much(path, i / 3 % 2 ? (size_t)1 << 30 : (size_t)64 << 20, (size_t)1 << i % 3,
                   i >= 6);
        if (i == 0)
            check_index(path, least);
        struct bytes file = {0};
        FILE *in = fopen(path, "rb");
        assert_non_null(in);
        fseek(in, 0, SEEK_END);
        size_t size = (size_t)ftell(in);
        rewind(in);
        assert_int_equal(fread(bytes_extend(&file, size), 1, size, in), size);
        fclose(in);
        if (i == 0)
            first = file;
        else {
            assert_true(slice_equal(bytes_slice(&first), bytes_slice(&file)));
            bytes_release(&file);
        }
    }
    bytes_release(&first);
    scratch_close(&scratch);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_run),
        cmocka_unit_test(test_some_runs),
        cmocka_unit_test(test_any_memory_and_threads),
    };
    if (argc < 2)
        return cmocka_run_group_tests(tests, NULL, NULL);
    check_index(argv[1], NULL);
    return 0;
}
