/* The best articles found by bounds against all of them scored: the same articles, scores and order
 * to the last tie, and the same totals. Random questions of every shape over random files: of few
 * articles and of many blocks, of few lengths so that many scores are equal, with titles, with
 * lists for runs of words, numbered anew, in several files that hide each other's articles; ranked
 * by plain BM25 and by all bonuses, of words with inflections and without; patterns as well.
 *
 * VERBATIM_LONG=N asks N times as many questions; under a sanitizer a quarter are asked. */
#include <stdlib.h>

#include "build/builder.h"
#include "query/query.h"
#include "random.h"
#include "rank/leader.h"
#include "rank/list.h"
#include "rank/scorer.h"
#include "scratch.h"
#include "search/bare_words.h"
#include "search/collect.h"
#include "search/collection.h"
#include "search/mixing.h"
#include "search/plan.h"
#include "search/workspace.h"
#include "test_build.h"
#include "unit/unit.h"

enum { FILES_MOST = 3, WORDS_MOST = 400, WRONG_MOST = 3 };

struct library {
    uint64_t state;
    uint32_t vocabulary; /* words are w0 … , the lower the more frequent */
    uint32_t lengths;    /* an article's is one of so many */
    bool inflects;       /* words are forms of fewer stems */
    bool common;         /* some words stand everywhere: scores of them are 0, 1, 2 … parts */
    struct scratch scratch;
    struct collection collection;
    struct workspace_shelf shelf;
    struct workspace *workspace;
};

static uint64_t below(struct library *library, uint64_t limit)
{
    return random_below(&library->state, limit);
}

/* --- Files -------------------------------------------------------------------------------------*/

/* Low numbers are likely: the least of several, or one over and over. */
static uint32_t random_word(struct library *library)
{
    uint32_t word = (uint32_t)below(library, library->vocabulary);
    for (uint64_t tries = below(library, 5); tries > 0; tries--) {
        uint32_t other = (uint32_t)below(library, library->vocabulary);
        word = other < word ? other : word;
    }
    return word;
}

/* Into out, zero-terminated; returns its size. Forms of a stem are numbers side by side. */
static size_t write_word(const struct library *library, uint32_t word, char *out)
{
    static const char *const endings[] = {"", "s", "ing"};
    static const char consonants[] = "bdfgklmnprt";
    if (!library->inflects)
        return (size_t)sprintf(out, "w%u", word);
    uint32_t stem = word / 3, bases = sizeof consonants - 1;
    return (size_t)sprintf(out, "z%ca%ca%cok%s", consonants[stem % bases],
                           consonants[stem / bases % bases],
                           consonants[stem / bases / bases % bases], endings[word % 3]);
}

static struct slice random_text(struct library *library, uint32_t words, char *out)
{
    size_t size = 0;
    uint32_t word = random_word(library);
    for (uint32_t i = 0; i < words; i++) {
        size += write_word(library, word, out + size);
        out[size++] = ' ';
        if (below(library, 6))
            word = random_word(library);
    }
    return (struct slice){out, size};
}

static void add_article(struct library *library, struct builder *builder, uint32_t id)
{
    static char title[16 * 8 * 2], body[16 + 16 * WORDS_MOST], name[16];
    struct article article = {.id = {name, (size_t)sprintf(name, "%u", id)}};
    uint32_t length =
        1 + (uint32_t)(below(library, library->lengths) * (WORDS_MOST - 1) / library->lengths);
    if (below(library, 3) == 0)
        article.title = random_text(library, 1 + (uint32_t)below(library, 5), title);
    article.body = random_text(library, length, body + sizeof "w0 w1 w2");
    if (library->common) {
        memcpy(body, "w0 w1 w2  ", sizeof "w0 w1 w2");
        article.body = (struct slice){body, article.body.size + sizeof "w0 w1 w2"};
    }
    if (below(library, 2))
        article.date = (struct date){.year = 2015, .month = 10, .day = 1, .precision = DATE_MONTH};
    test_build_add(builder, &article);
}

/* Every third id of a later file is one of an earlier file. */
static void build_file(struct library *library, const char *path, size_t file, uint32_t articles)
{
    struct builder_options options = test_build_options();
    options.no_grams = below(library, 3) == 0;
    options.reorder = below(library, 2);
    options.gram_bound = 1 + below(library, 100000);
    options.class_bound = 1 + below(library, 100000);
    options.gram_least_df = 1 + (uint32_t)below(library, 50);
    options.title_weight = below(library, 3) ? 3 : 1;
    struct builder *builder = test_build_open(path, &options);
    for (uint32_t i = 0; i < articles; i++)
        add_article(library, builder, i % 3 || file == 0 ? i + 1000000 * (uint32_t)file : i);
    test_build_commit(builder);
}

static void open_files(struct library *library, const char *const *paths, size_t files)
{
    struct error error = {0};
    assert_int_equal(collection_open(&library->collection, paths, files, &error), STATUS_OK);
    workspace_shelf_init(&library->shelf);
    library->workspace = workspace_take(&library->shelf, &library->collection, &error);
    assert_non_null(library->workspace);
}

static void library_open(struct library *library, uint64_t seed, size_t files, uint32_t articles)
{
    static char names[FILES_MOST][PATH_MAX];
    const char *paths[FILES_MOST];
    *library = (struct library){.state = seed};
    library->vocabulary = 3 + (uint32_t)below(library, articles < 100 ? 20 : 300);
    library->lengths = 1 + (uint32_t)below(library, 12);
    library->inflects = below(library, 2);
    library->common = !library->inflects && below(library, 2);
    scratch_open(&library->scratch);
    for (size_t i = 0; i < files; i++) {
        snprintf(names[i], sizeof names[i], "%s/%zu.vbt", library->scratch.folder, i);
        build_file(library, names[i], i, articles / (uint32_t)(i + 1) + 1);
        paths[i] = names[i];
    }
    open_files(library, paths, files);
}

static void library_close(struct library *library)
{
    workspace_give(&library->shelf, library->workspace);
    workspace_shelf_release(&library->shelf);
    collection_close(&library->collection);
    scratch_close(&library->scratch);
}

struct asked { /* beside a plan */
    struct question question;
    struct query query;
    struct bare_words bare;
};

/* As people ask, for inflections; best: with all bonuses. */
static void make_best_plan(struct library *library, const char *text, bool best,
                           struct arena *arena, struct asked *asked, struct plan *plan)
{
    struct error error = {0};
    struct query_options options = {false, false, false};
    struct match_budget budget;
    match_budget_init(&budget, 0, 0);
    question_init(&asked->question);
    asked->question.ranking = best ? RANKING_BEST : RANKING_BM25;
    assert_int_equal(query_parse(slice_of_string(text), &options, library->workspace->analyzer,
                                 arena, &asked->query, &error),
                     STATUS_OK);
    bare_words_read(&asked->bare, &asked->question, &library->collection, asked->query.root, arena);
    assert_int_equal(plan_init(plan, &library->collection, asked->bare.root, &budget, arena),
                     STATUS_OK);
    plan->mixing = mixing_new(&asked->question, plan, asked->query.root, arena);
    assert_true(best == (plan->mixing != NULL));
}

static void make_plan(struct library *library, const char *text, struct arena *arena,
                      struct query *query, struct plan *plan)
{
    struct error error = {0};
    struct query_options options = {false, false, false};
    struct match_budget budget;
    match_budget_init(&budget, 0, 0);
    assert_int_equal(query_parse(slice_of_string(text), &options, library->workspace->analyzer,
                                 arena, query, &error),
                     STATUS_OK);
    assert_int_equal(plan_init(plan, &library->collection, query->root, &budget, arena), STATUS_OK);
}

/* --- Questions ---------------------------------------------------------------------------------*/

static char *add_word(struct library *library, char *out)
{
    uint32_t word = random_word(library) + (below(library, 40) == 0 ? 10000 : 0);
    if (library->common && below(library, 3) == 0)
        word = (uint32_t)below(library, 3);
    return out + write_word(library, word, out);
}

static char *add_phrase(struct library *library, char *out)
{
    *out++ = '"';
    for (uint64_t words = 2 + below(library, 3); words > 0; words--) {
        out = add_word(library, out);
        *out++ = ' ';
    }
    *out++ = '"';
    return out;
}

static char *add_leaf(struct library *library, bool phrases, char *out)
{
    if (below(library, 25) == 0)
        out += sprintf(out, "title:");
    return phrases && below(library, 3) == 0 ? add_phrase(library, out) : add_word(library, out);
}

/* Leaves with something between them, now and then one leaf over and over. */
static char *add_leaves(struct library *library, const char *between, bool phrases, char *out)
{
    bool same = below(library, 8) == 0;
    uint64_t seed = library->state;
    for (uint64_t leaves = 2 + below(library, 6), i = 0; i < leaves; i++) {
        if (same && i)
            library->state = seed;
        out += sprintf(out, "%s", i ? between : "");
        out = add_leaf(library, phrases, out);
    }
    library->state += same;
    return out;
}

static void ask(struct library *library, char *out)
{
    bool phrases = below(library, 4) == 0;
    switch (below(library, 8)) {
    case 0:
        out = add_word(library, out);
        break;
    case 1:
        out = add_phrase(library, out);
        break;
    case 2:
    case 3:
        out = add_leaves(library, " ", phrases, out);
        break;
    case 4:
    case 5:
        out = add_leaves(library, " OR ", phrases, out);
        break;
    case 6:
        *out++ = '(';
        out = add_leaves(library, " OR ", phrases, out);
        out += sprintf(out, ") ");
        out = add_leaf(library, phrases, out);
        break;
    default:
        out = add_leaves(library, below(library, 2) ? " " : " OR ", phrases, out);
        break;
    }
    if (below(library, 6) == 0)
        out += sprintf(out, " date:2015");
    if (below(library, 6) == 0) {
        out += sprintf(out, " -");
        out = add_leaf(library, phrases, out);
    }
    *out = '\0';
}

/* --- All of them scored ------------------------------------------------------------------------*/

struct all { /* that match, the best first */
    struct top_entry *entries;
    size_t count, room;
};

static void add_entry(struct all *all, struct top_entry entry)
{
    if (all->count == all->room) {
        all->room = 2 * all->room + 64;
        all->entries = realloc(all->entries, all->room * sizeof *all->entries);
    }
    all->entries[all->count++] = entry;
}

static void score_file(struct library *library, const struct plan *plan, uint32_t at, bool hidden,
                       struct all *all)
{
    const struct collection_file *file = &library->collection.files[at];
    struct arena arena = {0};
    struct match_budget budget;
    match_budget_init(&budget, 0, 0);
    struct match_source source = {
        .snapshot = file->snapshot, .columns = &file->columns, .budget = &budget, .arena = &arena};
    struct scorer scorer;
    struct matcher *root = plan_matcher(plan, at, &source, &library->workspace->documents[at]);
    const struct mixture *mixture;
    assert_non_null(root);
    assert_true(scorer_init(&scorer, &source, &file->model, plan->idf, plan->leaf_count, 1 << 20));
    assert_true(mixing_of_file(plan->mixing, at, &budget, &mixture));
    assert_true(scorer_mix(&scorer, mixture));
    while (matcher_next(root) != NO_MORE_DOCS && budget.status == STATUS_OK) {
        struct top_entry entry = {.file = at, .doc = root->doc};
        scorer_score(&scorer, root, &entry.key);
        assert_int_equal(columns_place(&file->columns, root->doc, &entry.place), STATUS_OK);
        if (hidden || !collection_hides(file, root->doc))
            add_entry(all, entry);
    }
    assert_int_equal(budget.status, STATUS_OK);
    scorer_release(&scorer);
    matcher_release(root);
    arena_release(&arena);
}

static int by_rank(const void *a, const void *b)
{
    const struct top_entry *left = a, *right = b;
    if (left->key != right->key)
        return left->key > right->key ? -1 : 1;
    if (left->file != right->file)
        return left->file < right->file ? -1 : 1;
    return left->place < right->place ? -1 : left->place > right->place;
}

static struct all score_all(struct library *library, const struct plan *plan, bool shown_in_order)
{
    struct all all = {0};
    for (uint32_t i = 0; i < library->collection.file_count; i++)
        score_file(library, plan, i, !shown_in_order, &all);
    if (all.count && shown_in_order)
        qsort(all.entries, all.count, sizeof *all.entries, by_rank);
    return all;
}

/* --- Bounds ------------------------------------------------------------------------------------*/

struct bounded { /* a word's list, and the parts of all its articles */
    struct ranking ranking;
    struct ranked_list *list;
    uint64_t *parts;
    size_t count;
};

static void check_seeds(const struct bounded *word)
{
    for (size_t most = 1; most <= 1000; most *= 10) {
        uint64_t seed = ranked_list_seed(word->list, most);
        size_t reached = 0;
        for (size_t i = 0; i < word->count; i++)
            reached += word->parts[i] >= seed;
        assert_true(seed == 0 || reached >= most);
    }
}

static void check_least_bound(const struct bounded *word, uint64_t need)
{
    uint32_t least = ranked_list_least_bound(word->list, need);
    if (least > UINT16_MAX)
        assert_true(need > word->list->most);
    else
        assert_true(ranked_list_part(word->list, least / 65535.0) >= need);
    if (least && least <= UINT16_MAX)
        assert_true(ranked_list_part(word->list, (least - 1) / 65535.0) < need);
}

/* No article that reaches `need` is left out of its block, and none is far from it. */
static void check_sift(struct bounded *word, struct leader *leader, uint64_t need, size_t first)
{
    bool kept[POSTINGS_BLOCK] = {false};
    leader_sift(leader, need);
    for (uint32_t i = 0; i < leader->count; i++)
        kept[leader->at[i]] = true;
    for (uint32_t i = 0; i < leader->postings->count; i++) {
        uint64_t part = word->parts[first + i];
        assert_int_equal(leader_part(leader, (uint8_t)i), part);
        assert_true(kept[i] ? part + 2 + part / 1000000 >= need : part < need);
    }
}

static void check_bounds(struct library *library, struct bounded *word)
{
    struct leader leader;
    const struct postings *postings = word->list->postings;
    leader_init(&leader, word->list, &word->ranking);
    check_seeds(word);
    for (size_t first = 0; leader_enter(&leader, 0); first += postings->count) {
        uint16_t bound = postings_block_bound(postings, postings->block);
        uint64_t most = ranked_list_part(word->list, bound / 65535.0);
        assert_true(leader_weigh(&leader) && most <= word->list->most);
        for (uint32_t i = 0; i < postings->count; i++)
            assert_true(word->parts[first + i] <= most);
        uint64_t need = word->parts[first + below(library, postings->count)] + below(library, 2);
        check_least_bound(word, need);
        check_least_bound(word, most + below(library, 2));
        check_sift(word, &leader, need, first);
    }
}

static void take_parts(struct bounded *word, const struct all *all, uint32_t file)
{
    word->parts = calloc(all->count + 1, sizeof *word->parts);
    for (size_t i = 0; i < all->count; i++)
        if (all->entries[i].file == file)
            word->parts[word->count++] = all->entries[i].key;
}

static void check_word(struct library *library, const struct plan *plan, const struct all *all,
                       uint32_t at)
{
    const struct collection_file *file = &library->collection.files[at];
    struct arena arena = {0};
    struct match_budget budget;
    match_budget_init(&budget, 0, 0);
    struct match_source source = {
        .snapshot = file->snapshot, .columns = &file->columns, .budget = &budget, .arena = &arena};
    struct matcher *root = plan_matcher(plan, at, &source, &library->workspace->documents[at]);
    struct bounded word = {
        .ranking = {.source = &source, .budget = &budget, .idf = plan->idf, .model = &file->model}};
    struct ranked_lists lists;
    assert_true(root && ranked_lists_init(&lists, &word.ranking, &root, 1));
    if (lists.count) {
        word.list = &lists.items[0];
        take_parts(&word, all, at);
        check_bounds(library, &word);
        free(word.parts);
    }
    matcher_release(root);
    arena_release(&arena);
}

/* --- Comparison --------------------------------------------------------------------------------*/

static bool is_total_right(const struct collected *collected, const struct all *all, bool uncounted)
{
    if (!uncounted && collected->pruned)
        return false;
    if (collected->pruned) /* some, if there are any */
        return collected->total <= all->count && collected->total >= collected->top.count;
    return collected->total == all->count;
}

static bool is_right(const struct collected *collected, const struct all *all, size_t most,
                     bool uncounted)
{
    size_t count = all->count < most ? all->count : most;
    if (collected->top.count != count || !is_total_right(collected, all, uncounted))
        return false;
    for (size_t i = 0; i < count; i++)
        if (by_rank(&collected->top.entries[i], &all->entries[i]) != 0)
            return false;
    return true;
}

static bool check(struct library *library, const struct plan *plan, const struct all *all,
                  size_t most, bool uncounted)
{
    struct collect_options options = {SORT_SCORE, most, uncounted, NULL};
    struct match_budget budget;
    struct arena arena = {0};
    struct collected collected;
    match_budget_init(&budget, 0, 0);
    collect(plan, &options, library->workspace, &budget, &arena, &collected);
    bool right = budget.status == STATUS_OK && is_right(&collected, all, most, uncounted);
    if (!right)
        fprintf(stderr, "the best %zu%s: total %llu%s of %zu\n", most,
                uncounted ? ", uncounted" : "", (unsigned long long)collected.total,
                collected.pruned ? "+" : "", all->count);
    arena_release(&arena);
    return right;
}

static bool check_question(struct library *library)
{
    static const size_t mosts[] = {0, 1, 3, 10, 100, 1000}, best_mosts[] = {1, 10};
    char text[1024];
    struct arena arena = {0};
    struct query query;
    struct asked asked;
    struct plan plan;
    ask(library, text);
    uint64_t kind = below(library, 4);
    if (kind == 0)
        make_plan(library, text, &arena, &query, &plan);
    else
        make_best_plan(library, text, kind > 1, &arena, &asked, &plan);
    struct all all = score_all(library, &plan, true);
    bool right = true;
    const size_t *each = kind ? best_mosts : mosts;
    size_t count = kind ? sizeof best_mosts / sizeof *best_mosts : sizeof mosts / sizeof *mosts;
    for (size_t i = 0; i < 2 * count && right; i++)
        right = check(library, &plan, &all, each[i / 2], i % 2);
    if (!right)
        fprintf(stderr, "  %s%s\n", text,
                plan.mixing ? ", with bonuses"
                : kind      ? ", inflected"
                            : "");
    free(all.entries);
    arena_release(&arena);
    return right;
}

/* A word alone, also where so little of its impacts is left that many parts are equal. */
static void check_idfs(struct library *library, struct plan *plan)
{
    static const double idfs[] = {3e-5, 1e-3};
    static const size_t mosts[] = {3, 10};
    for (size_t i = 0; i < sizeof idfs / sizeof *idfs; i++) {
        plan->idf[0] = idfs[i];
        struct all all = score_all(library, plan, true);
        for (size_t k = 0; k < sizeof mosts / sizeof *mosts; k++)
            assert_true(check(library, plan, &all, mosts[k], k % 2));
        free(all.entries);
    }
}

static void check_words(struct library *library)
{
    for (uint32_t number = 0; number < library->vocabulary; number = number * 2 + 1) {
        char text[16];
        struct arena arena = {0};
        struct query query;
        struct plan plan;
        text[write_word(library, number, text)] = '\0';
        make_plan(library, text, &arena, &query, &plan);
        struct all all = score_all(library, &plan, false);
        for (uint32_t i = 0; i < library->collection.file_count; i++)
            check_word(library, &plan, &all, i);
        free(all.entries);
        if (number < 3)
            check_idfs(library, &plan);
        arena_release(&arena);
    }
}

static void make_pattern(struct library *library, char *text)
{
    enum { KINDS = 6 };
    size_t size = write_word(library, random_word(library), text);
    char second = text[1];
    switch (below(library, KINDS)) {
    case 0:
        sprintf(text, "%c*", text[0]);
        break;
    case 1:
        sprintf(text + size - 1, "*");
        break;
    case 2:
        text[1] = '?';
        break;
    case 3:
        sprintf(text, "*%c*", second);
        break;
    default:
        sprintf(text + size, "~%u", 1 + (unsigned)below(library, 2));
    }
}

/* Each search has a plan of its own: in one that scored all a pattern's articles are added up. */
static void check_pattern(struct library *library, const char *text, bool best, double idf)
{
    static const size_t mosts[] = {1, 3, 10, 11, 100, 200};
    struct all all = {0};
    for (size_t i = 0; i <= 2 * sizeof mosts / sizeof *mosts; i++) {
        struct arena arena = {0};
        struct query query;
        struct asked asked;
        struct plan plan;
        if (best)
            make_best_plan(library, text, true, &arena, &asked, &plan);
        else
            make_plan(library, text, &arena, &query, &plan);
        plan.idf[0] = idf > 0 ? idf : plan.idf[0];
        if (i == 0)
            all = score_all(library, &plan, true);
        else if (!check(library, &plan, &all, mosts[(i - 1) / 2], i % 2))
            fail_msg("%s%s", text, best ? ", with bonuses" : "");
        arena_release(&arena);
    }
    free(all.entries);
}

static void check_patterns(struct library *library, size_t patterns)
{
    static const double idfs[] = {0, 0, 0, 3e-5, 1e-3};
    for (size_t i = 0; i < patterns; i++) {
        char text[32];
        make_pattern(library, text);
        check_pattern(library, text, i % 3 == 2, idfs[i % (sizeof idfs / sizeof *idfs)]);
    }
}

static void check_library(uint64_t seed, size_t files, uint32_t articles, size_t questions)
{
    const char *given = getenv("VERBATIM_LONG");
    size_t times = given && *given ? strtoul(given, NULL, 10) : 1, wrong = 0;
    struct library library;
    library_open(&library, seed, files, articles);
    check_words(&library);
    size_t fewer = getenv("VERBATIM_SANITIZED") ? 4 : 1;
    for (size_t i = 0; i < questions * times / fewer && wrong < WRONG_MOST; i++)
        wrong += !check_question(&library);
    check_patterns(&library, questions * times / fewer / 12);
    library_close(&library);
    assert_int_equal(wrong, 0);
}

static void test_few_articles(void **state)
{
    (void)state;
    for (uint32_t articles = 1; articles < 400; articles = articles * 3 / 2 + 1)
        check_library(articles, 1, articles, 100);
}

static void test_many_blocks(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++)
        check_library(seed, 1, 4000 * (uint32_t)seed, 60);
}

static void test_files(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++)
        check_library(seed, 2 + seed % 2, 200 * (uint32_t)(seed * seed), 60);
}

/* Where longer articles count for nearly nothing, those stored first are no longer the best: a file
 * that says so contradicts itself. */
static void check_refused(struct library *library, const struct plan *plan)
{
    enum { LENGTH = 5 };
    struct collect_options options = {SORT_SCORE, 10, false, NULL};
    struct match_budget budget;
    struct arena arena = {0};
    struct collected collected;
    library->collection.files[0].model.saturation[LENGTH] = 1000;
    match_budget_init(&budget, 0, 0);
    collect(plan, &options, library->workspace, &budget, &arena, &collected);
    assert_int_equal(budget.status, STATUS_CORRUPT);
    arena_release(&arena);
}

/* The last articles have the greatest impact, but not the greatest part: the list's ten best are
 * not the ten to be found. */
static void test_rounded_alike(void **state)
{
    (void)state;
    struct library library = {0};
    struct builder_options options;
    struct arena arena = {0};
    struct query query;
    struct plan plan;
    char path[PATH_MAX + 16], id[16];
    scratch_open(&library.scratch);
    snprintf(path, sizeof path, "%s/file.vbt", library.scratch.folder);
    const char *paths[] = {path};
    builder_options_init(&options);
    struct builder *builder = test_build_open(path, &options);
    for (uint32_t i = 0; i <= 1200; i++) {
        struct article article = {.id = {id, (size_t)sprintf(id, "%u", i)}};
        article.body = slice_of_string(i >= 1196 ? "w w w x x" : i % 3 ? "w w x x" : "w x x x");
        if (i == 1200)
            article.body = SLICE("v v v v v wv");
        test_build_add(builder, &article);
    }
    test_build_commit(builder);
    open_files(&library, paths, 1);
    make_plan(&library, "w", &arena, &query, &plan);
    for (double idf = 0.25 / BM25_POINT; idf < 100.0 / BM25_POINT; idf *= 1.1) {
        plan.idf[0] = idf;
        struct all all = score_all(&library, &plan, true);
        for (size_t most = 1; most <= 12; most++)
            assert_true(check(&library, &plan, &all, most, false));
        free(all.entries);
        check_pattern(&library, "w*", false, idf);
    }
    check_refused(&library, &plan);
    arena_release(&arena);
    library_close(&library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_articles), cmocka_unit_test(test_many_blocks),
        cmocka_unit_test(test_files), cmocka_unit_test(test_rounded_alike)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
