/* Groups of near-copies as they are built, against all pairs compared in full: on generated copies
 * with words changed, parts moved, cut and put in front; on the five reports of one event; and on
 * corpora, where these are: their short articles and the first of the others, all with
 * VERBATIM_LONG. */
#include "base/json_read.h"
#include "build/builder.h"
#include "corpora.h"
#include "model/copies.h"
#include "model/fixture.h"
#include "random.h"
#include "store/groups_read.h"
#include "store/settings.h"
#include "store/snapshot.h"
#include "test_build.h"
#include "unit/unit.h"

struct built { /* a file, and what brute force says */
    struct scratch scratch;
    struct builder *builder;
    struct copies *copies;
    struct snapshot *snapshot;
    struct groups groups;
    size_t *first; /* by article, as the file has it */
};

static void built_open(struct built *built)
{
    struct builder_options options;
    *built = (struct built){.copies = copies_open()};
    scratch_open(&built->scratch);
    builder_options_init(&options);
    options.no_grams = options.no_classes = options.no_compounds = options.no_titles = true;
    options.no_completions = true;
    options.memory_bytes = BUILDER_MEMORY_LEAST;
    built->builder = test_build_open(scratch_path(&built->scratch, "a.vbt"), &options);
}

static void built_add(struct built *built, struct slice title, struct slice body)
{
    char id[24];
    snprintf(id, sizeof id, "%zu", copies_count(built->copies));
    struct article article = {.id = slice_of_string(id), .title = title, .body = body};
    test_build_add(built->builder, &article);
    copies_add(built->copies, &article);
}

/* Who is whose copy, by the file. */
static void read_firsts(struct built *built)
{
    size_t count = copies_count(built->copies);
    built->first = calloc(count + 1, sizeof *built->first);
    for (uint32_t doc = 0, begin, first; doc < count; doc++) {
        bool last;
        built->first[doc] = doc;
        if (groups_find(&built->groups, doc, &begin) != STATUS_OK)
            continue;
        assert_int_equal(groups_member(&built->groups, begin, &first, &last), STATUS_OK);
        built->first[doc] = first;
    }
}

static void built_finish(struct built *built)
{
    struct error error = {0};
    test_build_commit(built->builder);
    built->snapshot = snapshot_open(scratch_path(&built->scratch, "a.vbt"), &error);
    assert_non_null(built->snapshot);
    assert_int_equal(groups_open(&built->groups, built->snapshot), STATUS_OK);
    assert_true(built->groups.present);
    read_firsts(built);
}

static void built_close(struct built *built)
{
    free(built->first);
    snapshot_unref(built->snapshot);
    copies_close(built->copies);
    scratch_close(&built->scratch);
}

struct measure {
    size_t claimed, right; /* copies by the file, and those that are */
    size_t wanted, found;  /* copies by brute force, and those that the file has too */
    size_t same;           /* with the same first */
};

static struct measure measure(const struct built *built, const char *what)
{
    struct measure m = {0};
    for (size_t i = 0; i < copies_count(built->copies); i++) {
        size_t first = built->first[i], expected = copies_first(built->copies, i);
        m.claimed += first != i;
        m.right += first != i && built->first[first] == first && first < i &&
                   copies_are(built->copies, i, first);
        m.wanted += expected != i;
        m.found += expected != i && first != i;
        m.same += expected != i && first == expected;
    }
    printf("%s: %zu articles; copies: %zu by brute force, %zu in the file, %zu rightly, %zu of the "
           "former, %zu of the same first\n",
           what, copies_count(built->copies), m.wanted, m.claimed, m.right, m.found, m.same);
    return m;
}

static void demand_good(const struct built *built, const char *what)
{
    struct measure m = measure(built, what);
    assert_true(m.right >= m.claimed * 0.99);
    assert_true(m.found >= m.wanted * 0.95);
}

/* --- Generated ---------------------------------------------------------------------------------*/

enum { VOCABULARY = 5000, TEXTS = 260, COPIES_MOST = 9, PARAGRAPH = 40 };

struct writing {
    uint64_t seed;
    struct bytes text, other;
};

/* Some words are frequent. */
static void write_word(struct writing *writing, struct bytes *out)
{
    uint64_t limit = random_below(&writing->seed, VOCABULARY) + 1;
    bytes_format(out, "w%llu ", (unsigned long long)random_below(&writing->seed, limit));
}

static void write_words(struct writing *writing, struct bytes *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        write_word(writing, out);
}

/* Copies the words of the text, a permille of them changed. */
static void change_words(struct writing *writing, uint64_t permille)
{
    const char *at = (const char *)writing->text.data, *end = at + writing->text.size;
    bytes_clear(&writing->other);
    while (at < end) {
        const char *behind = memchr(at, ' ', (size_t)(end - at));
        behind = behind ? behind + 1 : end;
        if (random_below(&writing->seed, 1000) < permille)
            write_word(writing, &writing->other);
        else
            bytes_append(&writing->other, at, (size_t)(behind - at));
        at = behind;
    }
}

/* Another order, another beginning, less of it. */
static void move_parts(struct writing *writing, struct bytes *out)
{
    struct slice all = bytes_slice(&writing->other);
    bytes_clear(out);
    if (random_below(&writing->seed, 3) == 0)
        write_words(writing, out, random_below(&writing->seed, 60));
    size_t cut = random_below(&writing->seed, 2) ? random_below(&writing->seed, all.size + 1) : 0;
    while (cut && cut < all.size && all.data[cut - 1] != ' ')
        cut++;
    size_t size = all.size;
    if (random_below(&writing->seed, 4) == 0)
        size = cut + random_below(&writing->seed, all.size - cut + 1);
    bytes_append(out, all.data + cut, size > cut ? size - cut : 0);
    if (random_below(&writing->seed, 3))
        bytes_append(out, all.data, cut);
}

static void add_copies(struct built *built, struct writing *writing)
{
    static const char navigation[] = "home news world politics business culture sport weather "
                                     "sign in subscribe now to read more ";
    struct bytes body = {0};
    size_t words = 3 + random_below(&writing->seed, random_below(&writing->seed, 900) + 30);
    bytes_clear(&writing->text);
    if (random_below(&writing->seed, 2))
        bytes_append_string(&writing->text, navigation);
    write_words(writing, &writing->text, words);
    static const uint64_t most_changed[] = {1, 20, 50, 80, 400};
    for (uint64_t i = random_below(&writing->seed, COPIES_MOST); i <= COPIES_MOST; i++) {
        uint64_t most = most_changed[random_below(&writing->seed, 5)];
        change_words(writing, random_below(&writing->seed, most));
        bytes_clear(&body);
        if (random_below(&writing->seed, 3))
            bytes_append_slice(&body, bytes_slice(&writing->other));
        else
            move_parts(writing, &body);
        built_add(built, i % 3 ? SLICE("A title") : SLICE("Another title"), bytes_slice(&body));
    }
    bytes_release(&body);
}

static void test_generated(void **state)
{
    struct built built;
    struct writing writing = {.seed = 6};
    (void)state;
    built_open(&built);
    for (size_t i = 0; i < TEXTS; i++)
        add_copies(&built, &writing);
    built_finish(&built);
    assert_true(measure(&built, "generated").wanted > 2 * TEXTS);
    demand_good(&built, "generated");
    built_close(&built);
    bytes_release(&writing.text);
    bytes_release(&writing.other);
}

/* --- The five reports --------------------------------------------------------------------------*/

static void test_reports(void **state)
{
    struct built built;
    struct dirent **names;
    char folder[PATH_MAX], path[PATH_MAX + 300];
    const char *shared = getenv("VERBATIM_SHARED");
    (void)state;
    snprintf(folder, sizeof folder, "%s/articles", shared ? shared : "../shared");
    int count = access(folder, R_OK) ? 0 : scandir(folder, &names, NULL, alphasort);
    if (count == 0)
        skip();
    built_open(&built);
    for (int i = 0; i < count; free(names[i++])) {
        size_t size = 0;
        if (names[i]->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        char *text = scratch_get(path, &size);
        built_add(&built, (struct slice){0}, slice_of(text, size));
        free(text);
    }
    free(names);
    built_finish(&built);
    for (size_t i = 0; i < copies_count(built.copies); i++)
        for (size_t j = 0; j < i; j++) {
            size_t counts[3];
            copies_common(built.copies, j, i, counts);
            printf("reports %zu and %zu: %zu runs in common of %zu and %zu\n", j, i, counts[0],
                   counts[1], counts[2]);
        }
    for (size_t i = 0; i < copies_count(built.copies); i++)
        assert_int_equal(built.first[i], copies_first(built.copies, i));
    built_close(&built);
}

/* --- Corpora -----------------------------------------------------------------------------------*/

enum { SHORT_BYTES = 600, FIRST_ARTICLES = 400 };

static void add_line(struct built *built, struct slice line, size_t number)
{
    struct error error = {0};
    struct json_document *doc = json_parse(line, &error);
    assert_non_null(doc);
    const struct json_value *root = json_document_root(doc);
    struct slice body = json_as_string(json_get(root, "body"));
    if (getenv("VERBATIM_LONG") || number < FIRST_ARTICLES || body.size < SHORT_BYTES)
        built_add(built, json_as_string(json_get(root, "title")), body);
    json_document_close(doc);
}

static void try_corpus(const char *name)
{
    struct built built;
    char path[PATH_MAX], *line = NULL;
    size_t capacity = 0;
    if (!corpora_find(path, name))
        return;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    built_open(&built);
    ssize_t size;
    for (size_t number = 0; (size = getline(&line, &capacity, file)) > 0; number++)
        add_line(&built, slice_of(line, (size_t)size), number);
    free(line);
    fclose(file);
    built_finish(&built);
    demand_good(&built, name);
    built_close(&built);
}

static void test_corpora(void **state)
{
    static const char *const names[] = {"enwiki2015.jsonl", "cppreference.jsonl",
                                        "cia_factbook.jsonl", "dict_foldoc.jsonl"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        try_corpus(names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_generated),
        cmocka_unit_test(test_reports),
        cmocka_unit_test(test_corpora),
    };
    return cmocka_run_group_tests_name("copies", tests, NULL, NULL);
}
