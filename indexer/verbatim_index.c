/* verbatim-index: articles in, one index file out; and what is done with such files afterwards. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"
#include "info.h"

#include "base/clock.h"
#include "base/grouped.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/standard_streams.h"
#include "base/usage.h"
#include "build/stored.h"
#include "store/check.h"
#include "store/settings.h"
#include "store/snapshot.h"

/* --- Numbers for people ------------------------------------------------------------------------*/

/* "1 article", "30,539 articles"; out has room for 48 bytes. */
static const char *counted(uint64_t n, const char *thing, char *out)
{
    char number[32];
    snprintf(out, 48, "%s %s%s", number_grouped(n, number), thing, n == 1 ? "" : "s");
    return out;
}

/* "302.9 MB" or "32.4 kB"; out has room for 32 bytes. */
static const char *as_size(uint64_t bytes, char *out)
{
    bool large = bytes >= 1000000;
    snprintf(out, 32, "%.1f %s", (double)bytes / (large ? 1e6 : 1e3), large ? "MB" : "kB");
    return out;
}

static double megabytes(uint64_t bytes)
{
    return (double)bytes / 1e6;
}

/* --- Building ----------------------------------------------------------------------------------*/

struct building {
    struct builder *builder;
    struct input_totals totals;
    uint64_t started, shown, size, articles;
    bool strict, again; /* again: what is bad in the input has been told */
    struct error *error;
};

static void skip_article(void *context, const struct input_place *place, const char *reason)
{
    const struct building *building = context;
    if (building->again)
        return;
    if (place->line)
        log_warning("%s:%" PRIu64 ": %s", place->name, place->line, reason);
    else
        log_warning("%s: %s", place->name, reason);
}

/* Builder and reader both know why an article cannot be taken; the reader knows where it stands. */
static enum status take_article(void *context, const struct article *article,
                                const struct input_place *place)
{
    struct building *building = context;
    struct error cause = {0};
    enum status status = builder_add(building->builder, article, &cause);
    if (status == STATUS_OK) {
        building->articles++;
    } else if (status != STATUS_INVALID) {
        error_set(building->error, status, "%s", cause.text);
    } else if (building->strict) {
        error_set(building->error, status, "%s:%" PRIu64 ": %s", place->name, place->line,
                  cause.text);
    } else {
        building->totals.skipped++;
        skip_article(building, place, cause.text);
        status = STATUS_OK;
    }
    return status;
}

static bool is_due(struct building *building)
{
    uint64_t now = clock_microseconds();
    bool due = now - building->shown >= 200000;
    if (due)
        building->shown = now;
    return due;
}

static void show_progress(void *context, uint64_t bytes)
{
    struct building *building = context;
    if (!is_due(building))
        return;
    char articles[32];
    double seconds = (double)(building->shown - building->started) / 1e6;
    double rate = megabytes(bytes) / seconds;
    number_grouped(building->articles, articles);
    if (building->size > bytes && rate > 0)
        log_progress("reading: %s articles, %.0f of %.0f MB, %.0f MB/s, %.0f s left", articles,
                     megabytes(bytes), megabytes(building->size), rate,
                     megabytes(building->size - bytes) / rate);
    else
        log_progress("reading: %s articles, %.0f MB, %.0f MB/s", articles, megabytes(bytes), rate);
}

static void show_writing(void *context, double done)
{
    if (is_due(context))
        log_progress("writing: %.0f %%", done * 100);
}

static void show_taking_over(void *context, uint32_t done, uint32_t all)
{
    char done_text[32], all_text[32];
    if (is_due(context))
        log_progress("taking over: %s of %s articles", number_grouped(done, done_text),
                     number_grouped(all, all_text));
}

static enum status read_articles(struct building *building, const struct command_line *line,
                                 char **sources, int count, struct error *error)
{
    struct input_sink sink = {building, take_article, skip_article, show_progress};
    const char *const *names = (const char *const *)sources;
    building->size = input_size(names, (size_t)count);
    building->error = error;
    building->strict = line->input.strict;
    return input_read(names, (size_t)count, &line->input, &sink, &building->totals, error);
}

/* Easily missed else: an article without a date sorts last and is in no timeline. */
static void report_dates(const struct input_totals *totals)
{
    char dates[48];
    if (totals->undated)
        log_info("did not understand the date of %s, which stays an extra field; the first is %s",
                 counted(totals->undated, "article", dates), totals->first_undated.text);
}

static void report(const struct building *building, const struct builder_totals *totals,
                   const char *path)
{
    char articles[48], words[48], skipped[32], replaced[32], file[32], text[32], dropped[48];
    double seconds = (double)(clock_microseconds() - building->started) / 1e6;
    log_progress_end();
    log_info("'%s': %s, %s, %s", path, counted(totals->articles, "article", articles),
             counted(totals->words, "word", words), as_size(totals->file_bytes, file));
    log_info("read %s of text in %.1f s, %.1f MB/s; skipped %s, replaced %s",
             as_size(totals->text_bytes, text), seconds, megabytes(totals->text_bytes) / seconds,
             number_grouped(building->totals.skipped, skipped),
             number_grouped(totals->replaced, replaced));
    if (building->totals.html_dropped)
        log_info("left %s of HTML pages out, such as navigation; --html=whole keeps them",
                 counted(building->totals.html_dropped, "element", dropped));
    report_dates(&building->totals);
}

/* Commits or abandons; the builder is gone afterwards. */
static enum status finish(struct building *building, struct builder_totals *totals,
                          struct error *error)
{
    if (error->status != STATUS_OK)
        builder_abandon(building->builder);
    else
        builder_commit(building->builder, totals, show_writing, building, error);
    return error->status;
}

/* The same, and reports. */
static void finish_and_report(struct building *building, const char *path, struct error *error)
{
    struct builder_totals totals;
    if (finish(building, &totals, error) == STATUS_OK)
        report(building, &totals, path);
}

static int done(struct error *error)
{
    log_progress_end();
    if (error->status != STATUS_OK)
        log_error("%s", error->text);
    return error->status == STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* An unmounted folder must not empty an index: what holds no article is most likely a mistake. */
static enum status demand_articles(const struct building *building, const char *path,
                                   struct error *error)
{
    if (error->status == STATUS_OK && building->articles == 0)
        error_set(error, STATUS_INVALID, "no article was read: '%s' is not written", path);
    return error->status;
}

/* Reads everything and builds the file; whether ids met twice whose bodies were forgotten. */
static bool build_once(struct building *building, struct command_line *line, struct error *error)
{
    struct builder_totals totals = {0};
    building->builder = builder_open(line->output, &line->build, error);
    if (!building->builder)
        return false;
    building->totals = (struct input_totals){0};
    building->articles = 0;
    read_articles(building, line, line->arguments, line->count, error);
    demand_articles(building, line->output, error);
    if (finish(building, &totals, error) == STATUS_OK)
        report(building, &totals, line->output);
    return totals.bodies_missed;
}

/* Bodies that the file will not have are kept aside only for what cannot be read twice. */
static int run_build(struct command_line *line)
{
    struct error error = {0};
    struct building building = {.started = clock_microseconds()};
    if (!line->output || line->count == 0)
        return usage_error("build takes -o INDEX and what to read");
    line->build.forget_bodies =
        line->build.no_text && line->build.no_groups &&
        input_size((const char *const *)line->arguments, (size_t)line->count) > 0;
    if (build_once(&building, line, &error)) {
        error = (struct error){0};
        line->build.forget_bodies = false;
        building.again = true;
        build_once(&building, line, &error);
    }
    return done(&error);
}

/* --- From indexes that exist -------------------------------------------------------------------*/

/* A build that goes on with the settings of the first index. */
static struct builder *open_from(struct command_line *line, const char *output,
                                 const struct snapshot *first, struct error *error)
{
    if (stored_options(first, &line->build, error) != STATUS_OK)
        return NULL;
    if (line->build.no_text) {
        error_set(error, STATUS_UNSUPPORTED,
                  "'%s' was built with --no-text: its articles cannot be read again",
                  snapshot_path(first));
        return NULL;
    }
    struct builder *builder = builder_open(output, &line->build, error);
    if (!builder || !snapshot_replaced(first))
        return builder;
    /* By another writer, before the target was locked: what it wrote must not be lost. */
    error_set(error, STATUS_BUSY, "'%s' was replaced by another process just now: try again",
              snapshot_path(first));
    builder_abandon(builder);
    return NULL;
}

static int run_append(struct command_line *line)
{
    struct error error = {0};
    struct building building = {.started = clock_microseconds()};
    if (line->count < 2)
        return usage_error("append takes an index and what to read");
    struct snapshot *old = snapshot_open(line->arguments[0], &error);
    if (old)
        building.builder = open_from(line, line->arguments[0], old, &error);
    if (building.builder) {
        if (stored_feed(building.builder, old, NULL, show_taking_over, &building, &error) ==
            STATUS_OK)
            read_articles(&building, line, line->arguments + 1, line->count - 1, &error);
        finish_and_report(&building, line->arguments[0], &error);
    }
    snapshot_unref(old);
    return done(&error);
}

static int run_merge(struct command_line *line)
{
    struct error error = {0};
    struct building building = {.started = clock_microseconds()};
    struct snapshot *first = NULL;
    if (!line->output || line->count == 0)
        return usage_error("merge takes -o INDEX and the indexes");
    for (int i = 0; i < line->count && error.status == STATUS_OK; i++) {
        struct snapshot *old = snapshot_open(line->arguments[i], &error);
        if (old && !first) {
            first = snapshot_ref(old);
            building.builder = open_from(line, line->output, old, &error);
        }
        if (building.builder && error.status == STATUS_OK)
            stored_feed(building.builder, old, NULL, show_taking_over, &building, &error);
        snapshot_unref(old);
    }
    if (building.builder)
        finish_and_report(&building, line->output, &error);
    snapshot_unref(first);
    return done(&error);
}

struct deletion {
    char **ids;
    bool *met;
    int count;
};

static bool is_deleted(void *context, struct slice id)
{
    struct deletion *deletion = context;
    bool found = false;
    for (int i = 0; i < deletion->count; i++)
        if (slice_equal(slice_of_string(deletion->ids[i]), id))
            found = deletion->met[i] = true;
    return found;
}

/* An id that no article has is most likely a slip of the pen: then nothing is deleted. */
static enum status check_all_met(const struct deletion *deletion, struct error *error)
{
    for (int i = 0; i < deletion->count; i++)
        if (!deletion->met[i])
            error_set(error, STATUS_NOT_FOUND, "no article has the id '%s': nothing was deleted",
                      deletion->ids[i]);
    return error->status;
}

static int run_delete(struct command_line *line)
{
    struct error error = {0};
    struct building building = {.started = clock_microseconds()};
    struct deletion deletion = {.ids = line->arguments + 1, .count = line->count - 1};
    struct stored_filter filter = {is_deleted, &deletion};
    if (line->count < 2)
        return usage_error("delete takes an index and ids");
    deletion.met = memory_allocate_zeroed((size_t)deletion.count, sizeof *deletion.met);
    if (!deletion.met)
        error_set(&error, STATUS_NO_MEMORY, "out of memory");
    struct snapshot *old = deletion.met ? snapshot_open(line->arguments[0], &error) : NULL;
    if (old)
        building.builder = open_from(line, line->arguments[0], old, &error);
    if (building.builder) {
        if (stored_feed(building.builder, old, &filter, show_taking_over, &building, &error) ==
            STATUS_OK)
            check_all_met(&deletion, &error);
        finish_and_report(&building, line->arguments[0], &error);
    }
    snapshot_unref(old);
    memory_free(deletion.met);
    return done(&error);
}

/* --- Looking at one ----------------------------------------------------------------------------*/

static void report_damage(void *context, enum chunk_id chunk, const char *what)
{
    const char *path = context;
    log_error("'%s' is damaged: chunk '%s': %s", path, chunk_names[chunk], what);
}

static int run_check(struct command_line *line)
{
    struct error error = {0};
    if (line->count != 1)
        return usage_error("check takes one index");
    char *path = line->arguments[0], articles[48];
    struct snapshot *snapshot = snapshot_open(path, &error);
    enum status status = snapshot ? store_check(snapshot, report_damage, path) : error.status;
    if (status == STATUS_OK)
        log_info("'%s' is sound: %s", path,
                 counted(snapshot_settings(snapshot)->article_count, "article", articles));
    else if (status != STATUS_CORRUPT)
        error_set(&error, status, "cannot check '%s': %s", path, status_name(status));
    snapshot_unref(snapshot);
    done(&error);
    return status == STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run_info(struct command_line *line)
{
    struct error error = {0};
    if (line->count != 1)
        return usage_error("info takes one index");
    info_print(line->arguments[0], line->json, &error);
    return done(&error);
}

/* --- Commands ----------------------------------------------------------------------------------*/

static const struct command {
    const char *name;
    int (*run)(struct command_line *line);
    unsigned uses; /* of its options */
} commands[] = {
    {"build", run_build,
     COMMAND_LINE_OUTPUT | COMMAND_LINE_SETTINGS | COMMAND_LINE_INPUT | COMMAND_LINE_WORK},
    {"append", run_append, COMMAND_LINE_INPUT | COMMAND_LINE_WORK},
    {"merge", run_merge, COMMAND_LINE_OUTPUT | COMMAND_LINE_WORK},
    {"delete", run_delete, COMMAND_LINE_WORK},
    {"check", run_check, 0},
    {"info", run_info, COMMAND_LINE_JSON},
};

/* The help, or else the version. */
static int print_about(bool help)
{
    return help ? command_line_help() : usage_print("verbatim-index " VERBATIM_VERSION "\n");
}

static int run(const struct command *command, int argc, char **argv)
{
    struct command_line line = {0};
    if (!command_line_parse(&line, argc, argv))
        return EXIT_USAGE;
    if (line.help || line.version)
        return print_about(line.help);
    return command_line_allows(&line, command->uses) ? command->run(&line) : EXIT_USAGE;
}

int main(int argc, char **argv)
{
    standard_streams_hold();
    log_set_program("verbatim-index");
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is an error to report, not a death */
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        bool help = strcmp(argv[i], "--help") == 0 || strcmp(argv[1], "-h") == 0;
        if (help || strcmp(argv[i], "--version") == 0 || strcmp(argv[1], "-V") == 0)
            return print_about(help);
    }
    if (argc < 2)
        return usage_error("a command is missing");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, argv[1]) == 0)
            return run(&commands[i], argc - 1, argv + 1);
    return usage_error("unknown command '%s'", argv[1]);
}
