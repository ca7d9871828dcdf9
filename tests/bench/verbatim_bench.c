/* Verbatim under the contract that all engines of the benchmark share:
 *
 *     verbatim-bench index BENCH.jsonl DIR          {"id","text"} lines into DIR; prints seconds
 * and bytes. STORE=1 stores the text too; MEMORY=bytes is the budget verbatim-bench query DIR
 * QUERIES.tsv ROUNDS   COMMAND<TAB>KIND<TAB>QUERY lines; prints COMMAND KIND QUERY COUNT
 * BEST_MICROSECONDS ids
 *
 * One thread, no cache of results; the best time of all rounds counts, parsing included. */
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

/* --- index -------------------------------------------------------------------------------------*/

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
    options.b = 0.75; /* what the other engines are set to */
    options.title_weight = 1;
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
    printf("index_s\t%.2f\tmerged_s\t%.2f\tbytes\t%llu\n", took, took,
           (unsigned long long)totals.file_bytes);
    return 0;
}

/* --- query -------------------------------------------------------------------------------------*/

struct row {
    char *command, *kind, *query; /* as they stand in the file */
    struct question question;
    char *text; /* the query in the query language */
    long long count;
    double best;
    char ids[1024];
};

/* The words themselves, so each is asked for as it is; a phrase is a phrase by the mode. */
static void make_question(struct row *row)
{
    question_init(&row->question);
    row->text = calloc(strlen(row->query) * 2 + 2, 1);
    char *at = row->text;
    row->question.phrase = strcmp(row->kind, "phrase") == 0;
    for (const char *c = row->query; *c; c++) {
        if (!row->question.phrase && (c == row->query || c[-1] == ' '))
            *at++ = '=';
        *at++ = *c;
    }
    row->question.text = slice_of_string(row->text);
    row->question.op = strcmp(row->kind, "or") == 0 ? OP_OR : OP_AND;
    row->question.limit = strcmp(row->command, "COUNT") == 0     ? 0
                          : strcmp(row->command, "TOP_100") == 0 ? 100
                                                                 : 10;
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

static int ask(const struct searcher *searcher, struct row *row, bool keep)
{
    struct answer answer;
    struct error error = {0};
    double start = seconds();
    enum status status = searcher_ask(searcher, &row->question, &answer, &error);
    double took = (seconds() - start) * 1e6;
    if (took < row->best)
        row->best = took;
    row->count = (long long)answer.total;
    if (keep)
        keep_ids(row, &answer);
    answer_release(&answer);
    return status == STATUS_OK ? 0 : fail(&error);
}

static int run_query(const char *folder, const char *queries, int rounds)
{
    struct error error = {0};
    const char *path = index_path(folder);
    size_t count;
    struct row *rows = read_rows(queries, &count);
    if (!rows) {
        error_set_errno(&error, errno, "cannot open '%s'", queries);
        return fail(&error);
    }
    struct searcher *searcher = searcher_open("bench", &path, 1, &error);
    if (!searcher)
        return fail(&error);
    int bad = 0;
    for (int round = 0; round < rounds && !bad; round++)
        for (size_t i = 0; i < count && !bad; i++)
            bad = ask(searcher, &rows[i], round == 0);
    for (size_t i = 0; i < count && !bad; i++)
        printf("%s\t%s\t%s\t%lld\t%.2f\t%s\n", rows[i].command, rows[i].kind, rows[i].query,
               rows[i].count, rows[i].best, rows[i].ids);
    searcher_unref(searcher);
    return bad;
}

int main(int argc, char **argv)
{
    log_set_program("verbatim-bench");
    if (argc == 4 && strcmp(argv[1], "index") == 0)
        return run_index(argv[2], argv[3]);
    if (argc == 5 && strcmp(argv[1], "query") == 0)
        return run_query(argv[2], argv[3], atoi(argv[4]));
    log_error("usage: verbatim-bench index BENCH.jsonl DIR | query DIR QUERIES.tsv ROUNDS");
    return 2;
}
