/* Bare words against a model that knows no file: it counts how each word is written, stems every
 * one of them with libstemmer, and looks through plain arrays of words. Totals, articles,
 * occurrences and what is echoed are equal; in quotation marks and behind = a word is itself.
 *
 * VERBATIM_LONG=N asks N times as many questions. */
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "build/builder.h"
#include "random.h"
#include "scratch.h"
#include "search/searcher.h"
#include "test_build.h"
#include "text/analyzer.h"
#include "unit/unit.h"

enum {
    ARTICLES_MOST = 240,
    FILES_MOST = 3,
    WORDS_MOST = 400,
    LENGTH_MOST = 24,
    WORLDS = 30,
    QUESTIONS = 100
};

struct spelled {
    char written[64]; /* as a body may have it: in lower case, with its marks */
    char folded[64];
};

struct article_words {
    uint32_t title_count, count, words[2 * LENGTH_MOST]; /* places in the vocabulary */
    bool german;
};

struct world {
    uint64_t state;
    uint32_t word_count, article_count, file_count;
    uint32_t ends[FILES_MOST];
    struct spelled words[WORDS_MOST];
    struct article_words articles[ARTICLES_MOST];
    const char *lang[FILES_MOST];                  /* each file's own */
    uint32_t counts[FILES_MOST][WORDS_MOST];       /* how often a file has the written form */
    const char *commonest[FILES_MOST][WORDS_MOST]; /* of the same folded word; NULL: not there */
    struct sb_stemmer *english, *german;
    struct scratch scratch;
    struct searcher *searcher;
};

static struct world world;

static uint32_t below(uint32_t limit)
{
    return (uint32_t)random_below(&world.state, limit);
}

/* --- What is written ---------------------------------------------------------------------------*/

static const char *const roots[] = {
    "strike", "walk",        "nation", "relat",   "happi",       "studi",         "govern",
    "report", "peace",       "bomb",   "deny",    "h\xC3\xA4us", "haus",          "sch\xC3\xB6n",
    "schon",  "caf\xC3\xA9", "cafe",   "kind",    "frau",        "b\xC3\xBCrger", "burger",
    "russia", "minist",      "2015",   "zeitung", "a\xC3\xB1o"};
static const char *const endings[] = {"",    "s",  "e",   "ed",  "ing",   "er",
                                      "ers", "en", "ly",  "al",  "ation", "es",
                                      "ern", "y",  "ies", "ism", "ung",   "ungen"};

static void fold(struct analyzer *analyzer, struct spelled *word)
{
    struct bytes out = {0};
    analyzer_fold_value(analyzer, slice_of_string(word->written), &out);
    snprintf(word->folded, sizeof word->folded, "%.*s", (int)out.size, out.data);
    bytes_release(&out);
}

static void make_words(void)
{
    struct analyzer *analyzer = analyzer_open();
    size_t root_count = sizeof roots / sizeof *roots,
           ending_count = sizeof endings / sizeof *endings;
    world.word_count = 20 + below(WORDS_MOST - 20);
    for (uint32_t i = 0; i < world.word_count; i++) {
        struct spelled *word = &world.words[i];
        snprintf(word->written, sizeof word->written, "%s%s", roots[below((uint32_t)root_count)],
                 endings[below((uint32_t)ending_count)]);
        fold(analyzer, word);
    }
    analyzer_close(analyzer);
}

static void write_text(struct bytes *out, const uint32_t *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *written = world.words[words[i]].written;
        bytes_append_string(out, i ? below(9) ? " " : ", " : "");
        size_t at = out->size;
        bytes_append_string(out, written);
        if (below(6) == 0 && out->data[at] >= 'a' && out->data[at] <= 'z')
            out->data[at] = (char)(out->data[at] - 'a' + 'A');
    }
}

static void add_article(struct builder *builder, uint32_t at)
{
    struct article_words *made = &world.articles[at];
    struct bytes title = {0}, body = {0};
    struct slice lang = SLICE("de");
    char id[16];
    made->title_count = below(3) ? below(6) : 0;
    made->count = made->title_count + 1 + below(LENGTH_MOST);
    made->german = below(3) == 0;
    for (uint32_t i = 0; i < made->count; i++) {
        uint32_t one = below(world.word_count), other = below(world.word_count);
        made->words[i] = one < other ? one : other;
    }
    write_text(&title, made->words, made->title_count);
    write_text(&body, made->words + made->title_count, made->count - made->title_count);
    struct article article = {.id = {id, (size_t)sprintf(id, "%u", at)},
                              .title = bytes_slice(&title),
                              .body = bytes_slice(&body)};
    if (made->german)
        article.lists[ARTICLE_LANG] = (struct article_values){&lang, 1};
    test_build_add(builder, &article);
    bytes_release(&title);
    bytes_release(&body);
}

static void build_file(uint32_t file, const char *path)
{
    struct builder_options options = test_build_options();
    options.lang = world.lang[file] = below(4) ? "en" : "de";
    options.class_bound = below(3) ? 1 + below(3000) : 0;
    options.no_compounds = true;
    struct builder *builder = test_build_open(path, &options);
    for (uint32_t i = file ? world.ends[file - 1] : 0; i < world.ends[file]; i++)
        add_article(builder, i);
    test_build_commit(builder);
}

/* --- The model ---------------------------------------------------------------------------------*/

static uint32_t file_of(uint32_t article)
{
    uint32_t file = 0;
    while (article >= world.ends[file])
        file++;
    return file;
}

static uint32_t first_of(uint32_t file)
{
    return file ? world.ends[file - 1] : 0;
}

/* How often a file has each written form. */
static void count_written(uint32_t file)
{
    for (uint32_t a = first_of(file); a < world.ends[file]; a++)
        for (uint32_t i = 0; i < world.articles[a].count; i++)
            for (uint32_t w = 0; w < world.word_count; w++)
                world.counts[file][w] += strcmp(world.words[world.articles[a].words[i]].written,
                                                world.words[w].written) == 0;
}

/* The commonest written form of a folded word; of equal ones the folded, else the first bytewise.
 * NULL where the file has it not. */
static const char *find_commonest(uint32_t file, const char *folded)
{
    const char *best = NULL;
    uint32_t most = 0;
    for (uint32_t w = 0; w < world.word_count; w++) {
        const char *written = world.words[w].written;
        if (strcmp(world.words[w].folded, folded) != 0)
            continue;
        uint32_t count = world.counts[file][w];
        bool is_folded = strcmp(written, folded) == 0, best_is = best && strcmp(best, folded) == 0;
        if (count > most ||
            (count && count == most && !best_is && (is_folded || strcmp(written, best) < 0))) {
            best = written;
            most = count;
        }
    }
    return best;
}

static const char *commonest(uint32_t file, const char *folded)
{
    for (uint32_t w = 0; w < world.word_count; w++)
        if (strcmp(world.words[w].folded, folded) == 0)
            return world.commonest[file][w];
    return NULL;
}

static void count_words(void)
{
    for (uint32_t file = 0; file < world.file_count; file++) {
        count_written(file);
        for (uint32_t w = 0; w < world.word_count; w++)
            world.commonest[file][w] = find_commonest(file, world.words[w].folded);
    }
}

static void world_open(uint64_t seed)
{
    static char names[FILES_MOST][PATH_MAX];
    const char *paths[FILES_MOST];
    struct error error = {0};
    world = (struct world){.state = seed,
                           .english = sb_stemmer_new("english", NULL),
                           .german = sb_stemmer_new("german", NULL)};
    scratch_open(&world.scratch);
    make_words();
    world.file_count = 1 + below(FILES_MOST);
    for (uint32_t i = 0; i < world.file_count; i++) {
        snprintf(names[i], sizeof names[i], "%s/%u.vbt", world.scratch.folder, i);
        world.article_count += 1 + below(ARTICLES_MOST / world.file_count);
        world.ends[i] = world.article_count;
        build_file(i, names[i]);
        paths[i] = names[i];
    }
    count_words();
    world.searcher = searcher_open("test", paths, world.file_count, &error);
    assert_non_null(world.searcher);
}

static void world_close(void)
{
    searcher_unref(world.searcher);
    scratch_close(&world.scratch);
    sb_stemmer_delete(world.english);
    sb_stemmer_delete(world.german);
}

static const char *stem(bool german, const char *word)
{
    static char kept[4][64];
    static unsigned turn;
    struct sb_stemmer *stemmer = german ? world.german : world.english;
    const sb_symbol *made =
        sb_stemmer_stem(stemmer, (const sb_symbol *)(const void *)word, (int)strlen(word));
    return strcpy(kept[turn++ % 4], (const char *)made);
}

static bool names_german(uint32_t file)
{
    for (uint32_t a = first_of(file); a < world.ends[file]; a++)
        if (world.articles[a].german)
            return true;
    return false;
}

/* Whose classes a question has in a file. */
static bool is_german(uint32_t file, bool asked)
{
    if (asked && (names_german(file) || strcmp(world.lang[file], "de") == 0))
        return true;
    return strcmp(world.lang[file], "de") == 0;
}

/* The word of the file whose class is meant: itself, or where the file has it not the first that
 * begins alike and has its stem. NULL where there is none. */
static const char *meant(uint32_t file, bool german, const char *folded)
{
    const char *best = NULL, *wanted;
    char own[64];
    size_t alike = 0;
    if (commonest(file, folded))
        return folded;
    strcpy(own, stem(german, folded));
    while (own[alike] && own[alike] == folded[alike])
        alike++;
    for (uint32_t w = 0; w < world.word_count && alike; w++) {
        wanted = world.words[w].folded;
        if (strncmp(wanted, folded, alike) == 0 && strcmp(stem(german, wanted), own) == 0 &&
            (!best || strcmp(wanted, best) < 0) && commonest(file, wanted))
            best = wanted;
    }
    return best;
}

enum leaf_kind { BARE, QUOTED, EXACT };

struct leaf {
    enum leaf_kind kind;
    bool title;
    const char *folded;
    bool holds[FILES_MOST][WORDS_MOST]; /* whether it stands for a word there */
};

static void find_words(struct leaf *leaf, uint32_t file, bool asked)
{
    bool german = is_german(file, asked);
    const char *of = leaf->kind == BARE ? meant(file, german, leaf->folded) : leaf->folded;
    char wanted[64] = "";
    if (of && commonest(file, of))
        strcpy(wanted, stem(german, commonest(file, of)));
    for (uint32_t w = 0; w < world.word_count; w++) {
        const char *written = world.commonest[file][w];
        leaf->holds[file][w] = leaf->kind == BARE
                                   ? of && written && strcmp(stem(german, written), wanted) == 0
                                   : strcmp(leaf->folded, world.words[w].folded) == 0;
    }
}

static bool stands_for(const struct leaf *leaf, uint32_t file, const char *folded)
{
    for (uint32_t w = 0; w < world.word_count; w++)
        if (strcmp(world.words[w].folded, folded) == 0)
            return world.commonest[file][w] && leaf->holds[file][w];
    return false;
}

static uint32_t occurrences(const struct leaf *leaf, uint32_t article)
{
    const struct article_words *in = &world.articles[article];
    uint32_t count = 0, file = file_of(article);
    for (uint32_t i = 0; i < (leaf->title ? in->title_count : in->count); i++)
        count += leaf->holds[file][in->words[i]];
    return count;
}

/* --- Questions ---------------------------------------------------------------------------------*/

enum { LEAVES_MOST = 3 };

struct asked {
    struct leaf leaves[LEAVES_MOST];
    uint32_t leaf_count;
    char joint; /* ' ': all; '|': any; '-': the first without the others */
    bool german;
    char text[512];
};

static void draw_leaf(struct leaf *leaf, char *text)
{
    static const char *const opens[] = {"", "\"", "="}, *const closes[] = {"", "\"", ""};
    *leaf = (struct leaf){.kind = below(3) ? BARE : 1 + below(2),
                          .title = below(6) == 0,
                          .folded = world.words[below(world.word_count)].folded};
    strcat(text, leaf->title ? "title:" : "");
    strcat(text, opens[leaf->kind]);
    strcat(text, leaf->folded);
    strcat(text, closes[leaf->kind]);
}

static void draw(struct asked *asked)
{
    *asked = (struct asked){.joint = " |-"[below(3)], .german = below(4) == 0};
    asked->leaf_count = below(2) ? 1 : 1 + below(LEAVES_MOST);
    for (uint32_t i = 0; i < asked->leaf_count; i++) {
        strcat(asked->text, !i                    ? ""
                            : asked->joint == ' ' ? " "
                            : asked->joint == '|' ? " OR "
                                                  : " -");
        draw_leaf(&asked->leaves[i], asked->text);
        for (uint32_t file = 0; file < world.file_count; file++)
            find_words(&asked->leaves[i], file, asked->german);
    }
}

static bool matches(const struct asked *asked, uint32_t article)
{
    bool result = occurrences(&asked->leaves[0], article) > 0;
    for (uint32_t i = 1; i < asked->leaf_count; i++) {
        bool holds = occurrences(&asked->leaves[i], article) > 0;
        result = asked->joint == ' '   ? result && holds
                 : asked->joint == '|' ? result || holds
                                       : result && !holds;
    }
    return result && (!asked->german || world.articles[article].german);
}

/* What a leaf alone tells of its word. */
static void check_echo(const struct asked *asked, const struct answer *answer)
{
    struct leaf leaf = asked->leaves[0];
    uint64_t articles = 0;
    leaf.title = false;
    assert_int_equal(answer->word_count, 1);
    for (uint32_t a = 0; a < world.article_count; a++)
        articles += occurrences(&leaf, a) > 0;
    assert_int_equal(answer->words[0].articles, articles);
    assert_true(leaf.kind == BARE || answer->words[0].form_count == 0);
    for (size_t i = 0; i < answer->words[0].form_count; i++) {
        const char *form = strndup(answer->words[0].forms[i].data, answer->words[0].forms[i].size);
        bool stands = false;
        for (uint32_t f = 0; f < world.file_count; f++)
            stands = stands || stands_for(&leaf, f, form);
        assert_true(stands && strcmp(form, leaf.folded) != 0);
        free((void *)(uintptr_t)form);
    }
}

static void check_hit(const struct asked *asked, const struct hit *hit, bool *seen)
{
    char id[16];
    snprintf(id, sizeof id, "%.*s", (int)hit->id.size, hit->id.data);
    uint32_t article = (uint32_t)strtoul(id, NULL, 10);
    assert_true(article < world.article_count && !seen[article] && matches(asked, article));
    seen[article] = true;
    if (asked->leaf_count == 1)
        assert_int_equal(hit->phrase_count, occurrences(&asked->leaves[0], article));
}

static void ask(const struct asked *asked)
{
    struct question question;
    struct answer answer;
    struct error error = {0};
    bool seen[ARTICLES_MOST] = {false};
    uint32_t total = 0;
    question_init(&question);
    question.text = slice_of_string(asked->text);
    question.op = OP_AND;
    question.limit = QUESTION_LIMIT_MOST;
    question.budget_us = 0;
    question.ranking = below(2) ? RANKING_BM25 : RANKING_BEST;
    question.lang = asked->german ? SLICE("de") : (struct slice){0};
    assert_int_equal(searcher_ask(world.searcher, &question, &answer, &error), STATUS_OK);
    for (uint32_t a = 0; a < world.article_count; a++)
        total += matches(asked, a);
    if (answer.total != total)
        print_message("'%s': %u expected\n", asked->text, total);
    assert_int_equal(answer.total, total);
    assert_int_equal(answer.relation, TOTAL_EQ);
    for (size_t i = 0; i < answer.hit_count; i++)
        check_hit(asked, &answer.hits[i], seen);
    assert_int_equal(answer.hit_count, total);
    if (asked->leaf_count == 1)
        check_echo(asked, &answer);
    answer_release(&answer);
}

static void test_questions(void **state)
{
    const char *given = getenv("VERBATIM_LONG");
    unsigned long more = given && *given ? strtoul(given, NULL, 10) : 1;
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS * (more ? more : 1); seed++) {
        world_open(seed);
        for (size_t i = 0; i < QUESTIONS; i++) {
            struct asked asked;
            draw(&asked);
            ask(&asked);
        }
        world_close();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_questions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
