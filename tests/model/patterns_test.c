/* Words with gaps, any word, patterns and nearness against a model that walks through plain arrays
 * of words: the same articles, the same counts, the same spans, whatever stands around them; and
 * the best articles found by bounds are those found by scoring all.
 *
 * VERBATIM_LONG=N asks N times as many questions. */
#include <stdlib.h>

#include "build/builder.h"
#include "model/slow.h"
#include "random.h"
#include "rank/bm25.h"
#include "rank/scorer.h"
#include "scratch.h"
#include "search/collect.h"
#include "search/collection.h"
#include "search/plan.h"
#include "search/workspace.h"
#include "test_build.h"
#include "unit/unit.h"

enum { ARTICLES_MOST = 300, FILES_MOST = 3, DEPTH_MOST = 2, QUESTIONS = 40 };

struct library {
    uint64_t state;
    char *vocabulary[4000];
    uint32_t words;
    bool is_text; /* the vocabulary is a text, of which articles are stretches */
    struct slow_article articles[ARTICLES_MOST];
    uint32_t counts[FILES_MOST]; /* of articles, by file; ids never meet */
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

static const char *const letters[] = {"a", "b", "c", "d", "\xD0\xB6", "\xD1\x8F", "1"};

static char *random_string(struct library *library, uint32_t most)
{
    char text[64] = "";
    for (uint64_t length = 1 + below(library, most); length; length--)
        strcat(text, letters[below(library, below(library, 3) ? 3 : 7)]);
    return strdup(text);
}

static uint32_t random_word(struct library *library)
{
    uint32_t word = (uint32_t)below(library, library->words);
    for (uint64_t tries = below(library, 6); tries; tries--) {
        uint32_t other = (uint32_t)below(library, library->words);
        word = other < word ? other : word;
    }
    return word;
}

static void fill(struct library *library, const char **words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        words[i] =
            i && below(library, 8) == 0 ? words[i - 1] : library->vocabulary[random_word(library)];
}

static void join(char *out, const char **words, uint32_t count)
{
    *out = 0;
    for (uint32_t i = 0; i < count; i++)
        out += sprintf(out, "%s ", words[i]);
}

static void add_article(struct library *library, struct builder *builder, uint32_t at)
{
    static char title[64 * 8], body[64 * SLOW_WORDS_MOST], id[16];
    struct slow_article *made = &library->articles[at];
    made->title_count = below(library, 3) ? 0 : 1 + (uint32_t)below(library, 6);
    made->count = made->title_count;
    made->count += below(library, 12) ? 1 + (uint32_t)below(library, 60) : 0;
    if (library->is_text)
        memcpy(made->words, library->vocabulary + (size_t)at * SLOW_WORDS_MOST,
               made->count * sizeof *made->words);
    else
        fill(library, made->words, made->count);
    join(title, made->words, made->title_count);
    join(body, made->words + made->title_count, made->count - made->title_count);
    struct article article = {.id = {id, (size_t)sprintf(id, "%u", at)},
                              .title = slice_of_string(title),
                              .body = slice_of_string(body)};
    test_build_add(builder, &article);
}

static void build_file(struct library *library, const char *path, uint32_t from, uint32_t count)
{
    struct builder_options options = test_build_options();
    options.no_grams = below(library, 3) == 0;
    options.gram_bound = 1 + below(library, 100000);
    options.gram_least_df = 1 + (uint32_t)below(library, 50);
    struct builder *builder = test_build_open(path, &options);
    for (uint32_t i = 0; i < count; i++)
        add_article(library, builder, from + i);
    test_build_commit(builder);
}

static void make_words(struct library *library)
{
    library->words = 5 + (uint32_t)below(library, below(library, 2) ? 3000 : 60);
    for (uint32_t i = 0; i < library->words; i++)
        library->vocabulary[i] = random_string(library, 2 + i % 7);
}

static void library_build(struct library *library, size_t files)
{
    static char names[FILES_MOST][PATH_MAX];
    const char *paths[FILES_MOST];
    struct error error = {0};
    uint32_t from = 0, most = ARTICLES_MOST;
    scratch_open(&library->scratch);
    if (library->is_text)
        most = library->words / SLOW_WORDS_MOST;
    for (size_t i = 0; i < files; i++) {
        snprintf(names[i], sizeof names[i], "%s/%zu.vbt", library->scratch.folder, i);
        library->counts[i] = (uint32_t)(most / files);
        if (!library->is_text)
            library->counts[i] = 1 + (uint32_t)below(library, most / files);
        build_file(library, names[i], from, library->counts[i]);
        from += library->counts[i];
        paths[i] = names[i];
    }
    assert_int_equal(collection_open(&library->collection, paths, files, &error), STATUS_OK);
    workspace_shelf_init(&library->shelf);
    library->workspace = workspace_take(&library->shelf, &library->collection, &error);
    assert_non_null(library->workspace);
}

static void library_close(struct library *library)
{
    workspace_give(&library->shelf, library->workspace);
    workspace_shelf_release(&library->shelf);
    collection_close(&library->collection);
    scratch_close(&library->scratch);
    for (uint32_t i = 0; i < library->words; i++)
        free(library->vocabulary[i]);
}

/* --- Questions ---------------------------------------------------------------------------------*/

static struct slice in_arena(struct arena *arena, const char *text)
{
    return arena_copy(arena, slice_of_string(text));
}

static const char *random_known(struct library *library)
{
    return library->vocabulary[random_word(library)];
}

static struct slice random_wildcard(struct library *library, struct arena *arena)
{
    char out[128] = "";
    const char *word = random_known(library);
    for (size_t i = 0; word[i]; i++) {
        size_t size = strlen(out);
        bool begins = ((uint8_t)word[i] & 0xC0) != 0x80;
        if (begins && below(library, 4) == 0 && (size == 0 || out[size - 1] != '*'))
            strcat(out, "*");
        if (begins && below(library, 4) == 0) {
            strcat(out, "?");
            while (((uint8_t)word[i + 1] & 0xC0) == 0x80)
                i++;
        } else {
            strncat(out, word + i, 1);
        }
    }
    if (below(library, 3) == 0 && out[strlen(out) - 1] != '*')
        strcat(out, "*");
    return in_arena(arena, out);
}

static struct query_word random_slot(struct library *library, struct arena *arena, bool any)
{
    struct query_word word = {.text = in_arena(arena, random_known(library))};
    switch (below(library, any ? 8 : 6)) {
    case 0:
        word.kind = WORD_PREFIX;
        while (word.text.size > 1 && below(library, 2))
            word.text.size--;
        while (word.text.size && ((uint8_t)word.text.data[word.text.size - 1] & 0x80))
            word.text.size--;
        if (word.text.size == 0)
            word.text = SLICE("a");
        break;
    case 1:
        word.kind = WORD_WILDCARD;
        word.text = random_wildcard(library, arena);
        break;
    case 2:
        word.kind = WORD_EDITS;
        word.edits = 1 + (uint32_t)below(library, 2);
        break;
    case 6:
    case 7:
        word = (struct query_word){.kind = WORD_ANY};
        break;
    default:
        break;
    }
    return word;
}

static struct query_node *new_node(struct arena *arena, enum query_kind kind, size_t children)
{
    struct query_node *node = arena_allocate(arena, 1, sizeof *node);
    node->kind = kind;
    node->children = arena_allocate(arena, children + 1, sizeof *node->children);
    node->child_count = children;
    return node;
}

static struct query_node *random_phrase(struct library *library, struct arena *arena)
{
    struct query_node *node = new_node(arena, QUERY_PHRASE, 0);
    node->word_count = below(library, 3) ? 1 + below(library, 4) : 1;
    node->words = arena_allocate(arena, node->word_count, sizeof *node->words);
    bool has_word = false;
    for (size_t i = 0; i < node->word_count; i++) {
        bool last = i + 1 == node->word_count;
        node->words[i] = random_slot(library, arena, has_word || !last);
        has_word = has_word || node->words[i].kind != WORD_ANY;
    }
    if (node->word_count > 1 && below(library, 2))
        node->slop = (uint32_t)below(library, below(library, 5) ? 6 : 1001);
    return node;
}

static struct query_node *random_side(struct library *library, struct arena *arena)
{
    if (below(library, 3))
        return random_phrase(library, arena);
    size_t count = 1 + below(library, 3);
    struct query_node *node = new_node(arena, QUERY_OR, count);
    for (size_t i = 0; i < count; i++)
        node->children[i] = random_phrase(library, arena);
    return node;
}

static void set_field(struct query_node *node, enum query_field field)
{
    node->field = field;
    for (size_t i = 0; i < node->child_count; i++)
        set_field(node->children[i], field);
}

static struct query_node *random_leaf(struct library *library, struct arena *arena)
{
    struct query_node *node;
    if (below(library, 3)) {
        node = random_phrase(library, arena);
    } else {
        node = new_node(arena, QUERY_NEAR, 2);
        node->children[0] = random_side(library, arena);
        node->children[1] = random_side(library, arena);
        node->distance = 1 + (uint32_t)below(library, below(library, 5) ? 8 : 1000);
        node->ordered = below(library, 2);
    }
    if (below(library, 6) == 0)
        set_field(node, FIELD_TITLE);
    if (below(library, 4) == 0)
        node->boost = 0.5 * (double)(1 + below(library, 6));
    return node;
}

static struct query_node *random_tree(struct library *library, struct arena *arena, size_t depth)
{
    enum query_kind kinds[] = {QUERY_AND, QUERY_OR, QUERY_NOT};
    if (depth == 0 || below(library, 2))
        return random_leaf(library, arena);
    struct query_node *node = new_node(arena, kinds[below(library, 3)], 2);
    node->children[0] = random_tree(library, arena, depth - 1);
    node->children[1] = random_tree(library, arena, depth - 1);
    return node;
}

/* --- Leaves ------------------------------------------------------------------------------------*/

static void check_spans(const struct slow_spans *expected, struct match_leaf *leaf)
{
    struct match_budget budget = {0};
    struct bytes spans = {0};
    assert_true(match_leaf_extents(leaf, &budget, &spans));
    const struct match_span *items = (const struct match_span *)(const void *)spans.data;
    assert_int_equal(spans.size / sizeof *items, expected->count);
    for (size_t i = 0; i < expected->count; i++) {
        assert_int_equal(items[i].start, expected->items[i].start);
        assert_int_equal(items[i].start + items[i].words, expected->items[i].end);
    }
    bytes_release(&spans);
}

/* How often a word stands in an article, from `from` on up to `end`. */
static uint32_t slow_count(const struct slow_article *article, const char *word, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < end; i++)
        count += strcmp(article->words[i], word) == 0;
    return count;
}

/* Of an article that has many words of a pattern alone a score counts the nearest, and of those the
 * one that weighs most. The default weight of a title's word is 3. */
static void check_counts(const struct query_node *node, const struct slow_article *article,
                         struct match_leaf *leaf)
{
    const struct query_word *pattern = &node->words[0];
    bool titles = node->field == FIELD_TITLE;
    uint32_t end = titles ? article->title_count : article->count;
    uint32_t nearest = UINT32_MAX, most = 0;
    struct match_counts counts;
    for (uint32_t i = 0; i < end; i++) {
        const char *word = article->words[i];
        if (!slow_fits(pattern, word))
            continue;
        uint32_t distance = slow_distance(pattern, word);
        uint32_t weight =
            slow_count(article, word, end) + 2 * slow_count(article, word, article->title_count);
        if (distance < nearest || (distance == nearest && weight > most))
            most = weight;
        nearest = distance < nearest ? distance : nearest;
    }
    assert_true(match_leaf_counts(leaf, &counts));
    assert_int_equal(counts.tf + 2 * counts.title_tf, most);
    assert_int_equal(counts.distance, nearest);
    assert_int_equal(counts.edits, pattern->kind == WORD_EDITS ? pattern->edits : 0);
}

static void check_leaf(const struct query_node *node, const struct slow_article *article,
                       struct match_leaf *leaf, bool spans)
{
    struct slow_spans expected = {0};
    uint32_t tf, title_tf, in_title = 0;
    slow_spans(node, article, &expected);
    for (size_t i = 0; i < expected.count; i++)
        in_title += expected.items[i].start < article->title_count;
    assert_true(match_leaf_frequency(leaf, &tf, &title_tf));
    assert_int_equal(tf, expected.count);
    assert_int_equal(title_tf, in_title);
    if (node->kind == QUERY_PHRASE && node->word_count == 1)
        check_counts(node, article, leaf);
    if (spans)
        check_spans(&expected, leaf);
    free(expected.items);
}

static void check_leaves(const struct plan *plan, struct matcher *root,
                         const struct slow_article *article, bool spans)
{
    struct match_leaf *room[64];
    struct match_leaves leaves = {room, 0};
    matcher_leaves(root, &leaves);
    for (size_t i = 0; i < leaves.count; i++)
        check_leaf(plan->leaves[room[i]->number].node, article, room[i], spans);
}

static struct match_source source_of(const struct library *library, size_t file,
                                     struct match_budget *budget, struct arena *arena)
{
    const struct collection_file *of = &library->collection.files[file];
    return (struct match_source){
        .snapshot = of->snapshot, .columns = &of->columns, .budget = budget, .arena = arena};
}

/* All articles in turn. */
static uint64_t walk_file(struct library *library, const struct plan *plan,
                          const struct query_node *query, size_t file,
                          const struct slow_article *articles)
{
    struct match_budget budget;
    struct arena arena = {0};
    uint64_t total = 0;
    match_budget_init(&budget, 0, 0);
    struct match_source source = source_of(library, file, &budget, &arena);
    struct matcher *root = plan_matcher(plan, file, &source, &library->workspace->documents[file]);
    assert_non_null(root);
    uint32_t doc = matcher_next(root);
    bool spans = below(library, 2);
    for (uint32_t i = 0; i < library->counts[file]; i++) {
        bool expected = slow_matches(query, &articles[i]);
        assert_int_equal(doc == i, expected);
        if (!expected)
            continue;
        check_leaves(plan, root, &articles[i], spans);
        total++;
        doc = matcher_next(root);
    }
    assert_int_equal(doc, NO_MORE_DOCS);
    assert_int_equal(budget.status, STATUS_OK);
    assert_false(budget.cut);
    matcher_release(root);
    arena_release(&arena);
    return total;
}

/* Some articles by seeking or testing, as the page of an answer asks for few. */
static void hop_file(struct library *library, const struct plan *plan,
                     const struct query_node *query, size_t file,
                     const struct slow_article *articles)
{
    struct match_budget budget;
    struct arena arena = {0};
    uint32_t docs[ARTICLES_MOST], count = 0;
    match_budget_init(&budget, 0, 0);
    struct match_source source = source_of(library, file, &budget, &arena);
    bool tests = below(library, 2);
    for (uint32_t i = 0; i < library->counts[file]; i++)
        if (below(library, 5) == 0)
            docs[count++] = i;
    if (below(library, 2)) {
        source.only = docs;
        source.only_count = count;
    }
    struct matcher *root = plan_matcher(plan, file, &source, &library->workspace->documents[file]);
    for (uint32_t i = 0; i < count; i++) {
        bool expected = slow_matches(query, &articles[docs[i]]);
        bool found = tests ? matcher_test(root, docs[i]) : matcher_seek(root, docs[i]) == docs[i];
        assert_int_equal(found, expected);
        if (found)
            check_leaves(plan, root, &articles[docs[i]], true);
    }
    assert_int_equal(budget.status, STATUS_OK);
    matcher_release(root);
    arena_release(&arena);
}

/* --- Scores ------------------------------------------------------------------------------------*/

struct scored {
    struct top_entry entries[ARTICLES_MOST];
    size_t count;
};

static void score_file(struct library *library, const struct plan *plan, uint32_t file,
                       struct scored *scored)
{
    struct match_budget budget;
    struct arena arena = {0};
    struct scorer scorer;
    match_budget_init(&budget, 0, 0);
    struct match_source source = source_of(library, file, &budget, &arena);
    struct matcher *root = plan_matcher(plan, file, &source, &library->workspace->documents[file]);
    assert_true(scorer_init(&scorer, &source, &library->collection.files[file].model, plan->idf,
                            plan->leaf_count, 1 << 20));
    while (matcher_next(root) != NO_MORE_DOCS) {
        struct top_entry *entry = &scored->entries[scored->count++];
        *entry = (struct top_entry){.file = file, .doc = root->doc};
        assert_true(scorer_score(&scorer, root, &entry->key));
    }
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
    return left->doc < right->doc ? -1 : left->doc > right->doc;
}

/* What the searcher collects is the beginning of all, scored and sorted. It has a plan of its own,
 * in which no pattern's articles were added up before. */
static void check_best(struct library *library, const struct plan *scoring,
                       const struct query_node *query)
{
    static struct scored scored;
    struct match_budget budget;
    struct arena arena = {0};
    struct collected collected;
    struct plan own, *plan = &own;
    struct collect_options options = {SORT_SCORE, 1 + below(library, 12), below(library, 2), NULL};
    match_budget_init(&budget, 0, 0);
    scored.count = 0;
    for (uint32_t i = 0; i < library->collection.file_count; i++)
        score_file(library, scoring, i, &scored);
    assert_int_equal(plan_init(plan, &library->collection, query, &budget, &arena), STATUS_OK);
    plan->workspace = library->workspace;
    qsort(scored.entries, scored.count, sizeof *scored.entries, by_rank);
    collect(plan, &options, library->workspace, &budget, &arena, &collected);
    assert_int_equal(budget.status, STATUS_OK);
    if (!collected.pruned)
        assert_int_equal(collected.total, scored.count);
    assert_int_equal(collected.top.count,
                     scored.count < options.most ? scored.count : options.most);
    for (size_t i = 0; i < collected.top.count; i++) {
        assert_int_equal(collected.top.entries[i].key, scored.entries[i].key);
        assert_int_equal(collected.top.entries[i].doc, scored.entries[i].doc);
        assert_int_equal(collected.top.entries[i].file, scored.entries[i].file);
    }
    arena_release(&arena);
}

/* --- Words -------------------------------------------------------------------------------------*/

static bool holds(const struct slow_article *article, const struct query_word *word)
{
    for (uint32_t i = 0; i < article->count; i++)
        if (slow_fits(word, article->words[i]))
            return true;
    return false;
}

/* In how many articles any of the words stands, and how many different words these are. */
static void check_word(const struct library *library, struct vocabulary_word *word)
{
    struct query_word pattern = {.text = word->text, .kind = word->kind, .edits = word->edits};
    uint64_t articles = 0, df = 0;
    struct match_budget budget;
    match_budget_init(&budget, 0, 0);
    if (word->kind != WORD_ITSELF)
        assert_true(vocabulary_count(word, &library->collection, &budget));
    for (size_t i = 0; i < library->collection.file_count; i++)
        articles += library->counts[i];
    for (size_t i = 0; i < articles; i++)
        df += holds(&library->articles[i], &pattern);
    assert_int_equal(word->kind == WORD_ITSELF ? word->df : word->articles, df);
}

static bool stands_before(const struct slow_article *article, uint32_t at)
{
    return slow_count(article, article->words[at], at) > 0;
}

/* How rare a pattern counts: the articles of its nearest words added up. */
static uint64_t slow_df(const struct library *library, const struct query_word *pattern)
{
    uint64_t articles = library->collection.article_count, sums[3] = {0};
    for (size_t i = 0; i < articles; i++) {
        const struct slow_article *article = &library->articles[i];
        for (uint32_t j = 0; j < article->count; j++)
            if (slow_fits(pattern, article->words[j]) && !stands_before(article, j))
                sums[slow_distance(pattern, article->words[j])]++;
    }
    uint64_t df = sums[0] ? sums[0] : sums[1] ? sums[1] : sums[2];
    return df < articles ? df : articles;
}

static double slow_idf(const struct library *library, const struct query_node *node)
{
    double idf = 0;
    uint64_t articles = library->collection.article_count;
    for (size_t i = 0; i < node->word_count; i++)
        if (node->words[i].kind != WORD_ANY)
            idf += bm25_idf(articles, slow_df(library, &node->words[i]));
    for (size_t i = 0; i < node->child_count; i++) {
        double child = slow_idf(library, node->children[i]);
        if (node->kind != QUERY_OR)
            idf += child;
        else
            idf = i == 0 || child < idf ? child : idf;
    }
    return node->boost > 0 ? node->boost * idf : idf;
}

static void check_words(const struct library *library, const struct plan *plan)
{
    for (size_t i = 0; i < plan->vocabulary.count; i++)
        check_word(library, &plan->vocabulary.words[i]);
    for (size_t i = 0; i < plan->leaf_count; i++) {
        double off = plan->idf[i] - slow_idf(library, plan->leaves[i].node);
        assert_true(off < 1e-9 && off > -1e-9);
    }
}

/* -----------------------------------------------------------------------------------------------*/

/* Whatever the budget is, what is found is right where nothing is excluded. */
static void check_budget(struct library *library, const struct query_node *query)
{
    struct match_budget budget;
    struct arena arena = {0}, scratch = {0};
    struct plan plan;
    match_budget_init(&budget, 0, 1 + below(library, 40));
    enum status status = plan_init(&plan, &library->collection, query, &budget, &arena);
    struct match_source source = source_of(library, 0, &budget, &scratch);
    assert_int_equal(status, budget.status);
    plan.workspace = library->workspace;
    struct matcher *root = status == STATUS_OK
                               ? plan_matcher(&plan, 0, &source, &library->workspace->documents[0])
                               : NULL;
    while (root && matcher_next(root) != NO_MORE_DOCS && budget.status == STATUS_OK)
        assert_true(slow_matches(query, &library->articles[root->doc]));
    assert_true(budget.status == STATUS_OK || budget.status == STATUS_DEADLINE);
    matcher_release(root);
    arena_release(&arena);
    arena_release(&scratch);
}

static void check_question(struct library *library)
{
    struct arena arena = {0};
    struct match_budget budget;
    struct plan plan;
    struct query_node *query = random_tree(library, &arena, DEPTH_MOST);
    const struct slow_article *articles = library->articles;
    match_budget_init(&budget, 0, 0);
    assert_int_equal(plan_init(&plan, &library->collection, query, &budget, &arena), STATUS_OK);
    plan.workspace = library->workspace;
    for (size_t i = 0; i < library->collection.file_count; i++) {
        walk_file(library, &plan, query, i, articles);
        hop_file(library, &plan, query, i, articles);
        articles += library->counts[i];
    }
    check_words(library, &plan);
    check_best(library, &plan, query);
    check_budget(library, query);
    arena_release(&arena);
}

static void test_questions(void **state)
{
    static struct library library;
    const char *times = getenv("VERBATIM_LONG");
    size_t rounds = 12 * (times ? strtoul(times, NULL, 10) : 1);
    (void)state;
    for (size_t round = 0; round < rounds; round++) {
        library = (struct library){.state = round + 1};
        make_words(&library);
        library_build(&library, 1 + round % FILES_MOST);
        for (size_t i = 0; i < QUESTIONS; i++)
            check_question(&library);
        library_close(&library);
    }
}

/* --- Reports -----------------------------------------------------------------------------------*/

static void add_text(struct library *library, struct analyzer *analyzer, struct slice text)
{
    struct word word;
    analyzer_begin(analyzer, text);
    while (library->words < sizeof library->vocabulary / sizeof *library->vocabulary &&
           analyzer_read(analyzer, &word, 1))
        if (word.text.size < 60)
            library->vocabulary[library->words++] = strndup(word.text.data, word.text.size);
}

/* The words of real reports, in order; false where there are none. */
static bool read_reports(struct library *library)
{
    const char *shared = getenv("VERBATIM_SHARED");
    char folder[PATH_MAX], path[2 * PATH_MAX];
    struct dirent **names;
    struct analyzer *analyzer = analyzer_open();
    snprintf(folder, sizeof folder, "%s/articles", shared ? shared : "../shared");
    int count = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < count; free(names[i++])) {
        size_t size;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        char *text = names[i]->d_name[0] == '.' ? NULL : scratch_get(path, &size);
        if (text)
            add_text(library, analyzer, slice_of(text, size));
        free(text);
    }
    if (count >= 0)
        free(names);
    analyzer_close(analyzer);
    return library->words >= SLOW_WORDS_MOST * FILES_MOST;
}

static void test_reports(void **state)
{
    static struct library library;
    (void)state;
    library = (struct library){.state = 1, .is_text = true};
    if (!read_reports(&library))
        skip();
    for (size_t files = 1; files <= FILES_MOST; files++) {
        library_build(&library, files);
        for (size_t i = 0; i < 2 * QUESTIONS; i++)
            check_question(&library);
        uint32_t words = library.words;
        library.words = files < FILES_MOST ? 0 : words; /* the words stay for the next round */
        library_close(&library);
        library.words = words;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_questions),
                                       cmocka_unit_test(test_reports)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
