/* Verbatim under the contract that all engines of the benchmark share:
 *
 *     verbatim-bench index BENCH.jsonl DIR
 *         {"id","text"} lines into DIR; prints seconds, bytes and the most memory held. By the
 *         environment: STORE=1 stores the text too, NO_GRAMS=1 makes no lists of runs of words,
 *         REORDER=1 numbers articles anew,
 *         MEMORY=BYTES is the budget (1 GiB), WHOLE=1 makes all that a build makes but the text
 *     verbatim-bench query DIR QUERIES.tsv ROUNDS
 *         COMMAND<TAB>KIND<TAB>QUERY lines; prints COMMAND KIND QUERY COUNT BEST_MICROSECONDS ids
 *         KIND is phrase, and, or, term: plain words; or query: as it would be typed
 *         By the environment: DEFAULT=1 asks as people do, for inflections, with all bonuses
 *     verbatim-bench open DIR QUERIES.tsv
 *         prints how long opening took, and then the answer to the first row
 *
 * One thread, no cache of results; the best time of all rounds counts, parsing included. As with
 * the other engines, a row that asks for no count gets none, and ids are fetched outside the time:
 * by a second question in the first round. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/log.h"
#include "build/builder.h"
#include "input/input.h"
#include "search/searcher.h"

enum { PATH_BYTES = 4096, DEFAULT_MEMORY = 1 << 30 };

static int fail(const struct error *error)
{
    log_error("%s", error->text);
    return 1;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const char *index_path(const char *folder)
{
    static char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/bench.vbt", folder);
    return path;
}

/* The most memory that this process ever held: VmHWM. 0 where the system does not tell. */
static unsigned long long peak_bytes(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    unsigned long long kibibytes = 0;
    char line[256];
    while (file && fgets(line, sizeof line, file) &&
           sscanf(line, "VmHWM: %llu kB", &kibibytes) != 1)
        continue;
    if (file)
        fclose(file);
    return kibibytes * 1024;
}

/* --- Index -------------------------------------------------------------------------------------*/

static enum status take(void *context, const struct article *article,
                        const struct input_place *place)
{
    struct error error = {0};
    enum status status = builder_add(context, article, &error);
    if (status != STATUS_OK)
        log_error("%s: %s", place->name, error.text);
    return status;
}

static void skip(void *context, const struct input_place *place, const char *reason)
{
    (void)context;
    log_error("%s:%llu: %s", place->name, (unsigned long long)place->line, reason);
}

/* All that a build makes unless told otherwise, but no text. */
static void set_as_people_build(struct builder_options *options)
{
    uint64_t memory = options->memory_bytes;
    builder_options_init(options);
    options->memory_bytes = memory;
    options->no_text = options->forget_bodies = true;
}

static int run_index(const char *source, const char *folder)
{
    struct error error = {0};
    struct builder_options options;
    struct builder_totals totals;
    struct input_totals read;
    const char *memory = getenv("MEMORY");
    builder_options_init(&options);
    options.memory_bytes = memory ? strtoull(memory, NULL, 10) : DEFAULT_MEMORY;
    options.no_text = !getenv("STORE");
    options.forget_bodies = options.no_text; /* no id meets twice */
    options.reorder = getenv("REORDER");
    options.no_grams = getenv("NO_GRAMS") != NULL;
    options.no_classes = getenv("CLASSES") == NULL;         /* which no other engine has here */
    options.no_compounds = true;                            /* the text has none */
    options.no_titles = true;                               /* nor titles */
    options.no_completions = getenv("COMPLETIONS") == NULL; /* which no other engine has */
    options.no_groups = getenv("COPIES") == NULL;           /* likewise */
    options.b = 0.75;                                       /* what the other engines are set to */
    options.title_weight = 1;
    if (getenv("WHOLE"))
        set_as_people_build(&options);
    struct input_options input = {.kind = "jsonl", .strict = true};
    input.max_article_bytes = builder_max_article_bytes(&options);
    double start = seconds();
    mkdir(folder, 0777);
    struct builder *builder = builder_open(index_path(folder), &options, &error);
    if (!builder)
        return fail(&error);
    struct input_sink sink = {builder, take, skip, NULL};
    if (input_read(&source, 1, &input, &sink, &read, &error) != STATUS_OK) {
        builder_abandon(builder);
        return fail(&error);
    }
    if (builder_commit(builder, &totals, NULL, NULL, &error) != STATUS_OK)
        return fail(&error);
    double took = seconds() - start;
    printf("index_s\t%.3f\tmerged_s\t%.3f\tbytes\t%llu\tpeak_bytes\t%llu\n", took, took,
           (unsigned long long)totals.file_bytes, peak_bytes());
    return 0;
}

/* --- Query -------------------------------------------------------------------------------------*/

struct row {
    char *command, *kind, *query; /* as they stand in the file */
    struct question question;
    char *text; /* the query in the query language */
    long long count;
    double best;
    char ids[1024];
};

/* The words themselves, so each is asked for as it is, and ranked as the other engines rank; a
 * phrase is a phrase by the mode. */
static void make_question(struct row *row)
{
    bool as_people_ask = getenv("DEFAULT") != NULL, typed = strcmp(row->kind, "query") == 0;
    question_init(&row->question);
    row->text = calloc(strlen(row->query) * 2 + 2, 1);
    char *at = row->text;
    row->question.phrase = strcmp(row->kind, "phrase") == 0;
    for (const char *c = row->query; *c; c++) {
        bool begins = c == row->query || c[-1] == ' ';
        if (begins && !as_people_ask && !typed && !row->question.phrase)
            *at++ = '=';
        *at++ = *c;
    }
    row->question.text = slice_of_string(row->text);
    row->question.ranking = as_people_ask ? RANKING_BEST : RANKING_BM25;
    row->question.op = strcmp(row->kind, "or") == 0 ? OP_OR : OP_AND;
    row->question.limit = strcmp(row->command, "COUNT") == 0     ? 0
                          : strcmp(row->command, "TOP_100") == 0 ? 100
                                                                 : 10;
    row->question.uncounted = strstr(row->command, "COUNT") == NULL;
    row->question.bare = true;
    row->question.snippets = 0;
    row->question.budget_us = 0;
}

static struct row *read_rows(const char *path, size_t *count)
{
    FILE *file = fopen(path, "r");
    struct row *rows = NULL;
    char *line = NULL;
    size_t capacity = 0;
    if (!file)
        return NULL;
    for (*count = 0; getline(&line, &capacity, file) > 0;) {
        line[strcspn(line, "\n")] = '\0';
        if (!*line)
            continue;
        rows = realloc(rows, (*count + 1) * sizeof *rows);
        struct row *row = &rows[(*count)++];
        char *rest = strdup(line);
        *row = (struct row){.best = 1e18, .count = -1};
        row->command = strsep(&rest, "\t");
        row->kind = strsep(&rest, "\t");
        row->query = rest ? rest : strdup("");
        make_question(row);
    }
    free(line);
    fclose(file);
    return rows;
}

static void keep_ids(struct row *row, const struct answer *answer)
{
    size_t used = 0;
    for (size_t i = 0; i < answer->hit_count && i < 10; i++)
        used += (size_t)snprintf(row->ids + used, sizeof row->ids - used, "%s%.*s:%.4f",
                                 i ? " " : "", (int)answer->hits[i].id.size,
                                 answer->hits[i].id.data, answer->hits[i].score);
}

/* Untimed: the same question again, with the stored fields of its hits. */
static int fetch_ids(const struct searcher *searcher, struct row *row)
{
    struct question question = row->question;
    struct answer answer;
    struct error error = {0};
    question.bare = false;
    enum status status = searcher_ask(searcher, &question, &answer, &error);
    keep_ids(row, &answer);
    answer_release(&answer);
    return status == STATUS_OK ? 0 : fail(&error);
}

static int ask(const struct searcher *searcher, struct row *row)
{
    struct answer answer;
    struct error error = {0};
    double start = seconds();
    enum status status = searcher_ask(searcher, &row->question, &answer, &error);
    double took = (seconds() - start) * 1e6;
    if (took < row->best)
        row->best = took;
    if (!row->question.uncounted)
        row->count = (long long)answer.total;
    bool whole = row->question.uncounted || answer.relation == TOTAL_EQ;
    if (status == STATUS_OK && !whole)
        status = error_set(&error, STATUS_LIMIT, "no exact count of '%s'", row->query);
    answer_release(&answer);
    return status == STATUS_OK ? 0 : fail(&error);
}

/* Times first: fetching ids in between would warm what the next row is to read. */
static int ask_all(const struct searcher *searcher, struct row *rows, size_t count, int rounds)
{
    int bad = 0;
    for (int round = 0; round < rounds && !bad; round++)
        for (size_t i = 0; i < count && !bad; i++)
            bad = ask(searcher, &rows[i]);
    for (size_t i = 0; i < count && !bad; i++)
        bad = fetch_ids(searcher, &rows[i]);
    return bad;
}

static struct searcher *open_folder(const char *folder)
{
    struct error error = {0};
    const char *path = index_path(folder);
    struct searcher *searcher = searcher_open("bench", &path, 1, &error);
    if (!searcher)
        fail(&error);
    return searcher;
}

static int run_query(const char *folder, struct row *rows, size_t count, int rounds)
{
    struct searcher *searcher = open_folder(folder);
    if (!searcher)
        return 1;
    int bad = ask_all(searcher, rows, count, rounds);
    for (size_t i = 0; i < count && !bad; i++)
        printf("%s\t%s\t%s\t%lld\t%.2f\t%s\n", rows[i].command, rows[i].kind, rows[i].query,
               rows[i].count, rows[i].best, rows[i].ids);
    searcher_unref(searcher);
    return bad;
}

static int run_open(const char *folder, struct row *first)
{
    double start = seconds();
    struct searcher *searcher = open_folder(folder);
    double took = seconds() - start;
    if (!searcher)
        return 1;
    int bad = ask(searcher, first);
    printf("open_us\t%.1f\tfirst_us\t%.1f\n", took * 1e6, first->best);
    searcher_unref(searcher);
    return bad;
}

static int answer_rows(int argc, char **argv)
{
    struct error error = {0};
    size_t count;
    struct row *rows = read_rows(argv[3], &count);
    if (!rows || count == 0) {
        error_set_errno(&error, errno, "no rows in '%s'", argv[3]);
        return fail(&error);
    }
    return argc == 5 ? run_query(argv[2], rows, count, atoi(argv[4])) : run_open(argv[2], rows);
}

int main(int argc, char **argv)
{
    log_set_program("verbatim-bench");
    if (argc == 4 && strcmp(argv[1], "index") == 0)
        return run_index(argv[2], argv[3]);
    if ((argc == 5 && strcmp(argv[1], "query") == 0) || (argc == 4 && strcmp(argv[1], "open") == 0))
        return answer_rows(argc, argv);
    log_error("usage: verbatim-bench index BENCH.jsonl DIR | query DIR QUERIES.tsv ROUNDS | "
              "open DIR QUERIES.tsv");
    return 2;
}
