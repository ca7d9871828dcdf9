/* verbatim-index: articles in, one index file out; and what is done with such files afterwards. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json_write.h"
#include "base/log.h"
#include "base/memory.h"
#include "build/builder.h"
#include "build/stored.h"
#include "input/input.h"
#include "store/check.h"
#include "store/snapshot.h"

enum { EXIT_RAN = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, MAX_FIELDS = 64 };

static const char help_text[] =
    "Usage: verbatim-index COMMAND [OPTION]... [ARGUMENT]...\n"
    "Builds and keeps the index files that verbatim-search and verbatim-serve answer from.\n"
    "\n"
    "  build -o INDEX ARTICLES...    a new index of files, folders, archives, or - for\n"
    "                                standard input\n"
    "  append INDEX ARTICLES...      the same articles and more; one whose id was there\n"
    "                                takes the older one's place\n"
    "  merge -o INDEX INDEXES...     one index of several; a later article of an id\n"
    "                                takes the earlier one's place\n"
    "  delete INDEX ID...            the same index without these articles\n"
    "  check INDEX                   every checksum and invariant; names what is damaged\n"
    "  info INDEX                    articles, words, bytes of each part, settings\n"
    "\n"
    "The index is replaced in one step, or stays as it was.\n"
    "\n"
    "  -o, --output=INDEX        the file to write (build, merge)\n"
    "      --memory=SIZE         a budget of memory, such as 64MB or 1GB (256MB)\n"
    "      --threads=N           as many workers (as many as there are processors)\n"
    "      --no-text             store no bodies: no snippets, no append, merge, delete\n"
    "      --lang=CODE           the language of queries that name none (en)\n"
    "      --k1=N --b=N          BM25's settings (1.2 and 0.6)\n"
    "      --title-weight=N      how much a word counts that stands in the title (3)\n"
    "      --kind=KIND           read all input as this kind: ";

static const char help_rest[] =
    "\n"
    "      --field=OURS=THEIRS   an article's field and its name in the input, such as\n"
    "                            title=headline; may be given often\n"
    "      --html=whole          leave nothing of an HTML page out but scripts and styles\n"
    "      --max-article=SIZE    refuse larger articles (an eighth of the memory)\n"
    "      --strict              stop at the first bad article\n"
    "      --json                print JSON (info)\n"
    "  -q, --quiet               print errors alone\n"
    "      --help                print this and exit\n"
    "      --version             print the version and exit\n"
    "\n"
    "Exit status: 0 all went well, 1 it failed, 2 the command line is wrong.\n";

struct command_line {
    const char *output;
    struct builder_options build;
    struct input_options input;
    struct input_field fields[MAX_FIELDS];
    bool json, max_article_given, memory_given;
    char **arguments; /* behind the options */
    int count;
};

/* --- Numbers for people -------------------------------------------------------------------------------*/

/* "30,539"; out has room for 32 bytes. */
static const char *with_commas(uint64_t n, char *out)
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, n);
    char *at = out;
    for (int i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0)
            *at++ = ',';
        *at++ = digits[i];
    }
    *at = '\0';
    return out;
}

static double megabytes(uint64_t bytes)
{
    return (double)bytes / 1e6;
}

/* "64MB", "1GiB", "1000000": binary multiples, as memory comes. */
static bool parse_size(const char *text, size_t *out)
{
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    if (end == text || errno || *text == '-')
        return false;
    const char *unit = *end ? strchr(units, *end >= 'a' ? *end - 32 : *end) : NULL;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;
    if (unit && strcmp(end + 1, "") && strcmp(end + 1, "B") && strcmp(end + 1, "iB"))
        return false;
    if ((!unit && *end) || n > SIZE_MAX >> shift)
        return false;
    *out = (size_t)n << shift;
    return true;
}

static bool parse_number(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end != text && *end == '\0';
}

static bool parse_count(const char *text, size_t *out)
{
    char *end;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    *out = n;
    return end != text && *end == '\0' && *text != '-' && !errno && n > 0;
}

/* --- The command line ---------------------------------------------------------------------------------*/

enum option_id {
    OPTION_MEMORY = 256,
    OPTION_THREADS,
    OPTION_NO_TEXT,
    OPTION_LANG,
    OPTION_K1,
    OPTION_B,
    OPTION_TITLE_WEIGHT,
    OPTION_KIND,
    OPTION_FIELD,
    OPTION_HTML,
    OPTION_MAX_ARTICLE,
    OPTION_STRICT,
    OPTION_JSON,
    OPTION_HELP,
    OPTION_VERSION
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"memory", required_argument, NULL, OPTION_MEMORY},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"no-text", no_argument, NULL, OPTION_NO_TEXT},
    {"lang", required_argument, NULL, OPTION_LANG},
    {"k1", required_argument, NULL, OPTION_K1},
    {"b", required_argument, NULL, OPTION_B},
    {"title-weight", required_argument, NULL, OPTION_TITLE_WEIGHT},
    {"kind", required_argument, NULL, OPTION_KIND},
    {"field", required_argument, NULL, OPTION_FIELD},
    {"html", required_argument, NULL, OPTION_HTML},
    {"max-article", required_argument, NULL, OPTION_MAX_ARTICLE},
    {"strict", no_argument, NULL, OPTION_STRICT},
    {"json", no_argument, NULL, OPTION_JSON},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};

static bool usage(const char *format, const char *subject)
{
    log_error(format, subject);
    log_error("try 'verbatim-index --help'");
    return false;
}

static void print_help(void)
{
    fputs(help_text, stdout);
    for (const char *const *kind = input_kinds(); *kind; kind++)
        printf("%s%s", kind == input_kinds() ? "" : " ", *kind);
    fputs(help_rest, stdout);
}

static bool known_kind(const char *name)
{
    for (const char *const *kind = input_kinds(); *kind; kind++)
        if (strcmp(*kind, name) == 0)
            return true;
    return false;
}

static bool add_field(struct command_line *line, char *text)
{
    static const char *const ours[] = {"id",     "title", "body", "url", "source",
                                       "author", "date",  "lang", "tag"};
    char *equals = strchr(text, '=');
    if (!equals || !equals[1] || line->input.field_count == MAX_FIELDS)
        return usage("bad field '%s': write it as title=headline", text);
    *equals = '\0';
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcmp(ours[i], text) == 0) {
            line->fields[line->input.field_count++] = (struct input_field){text, equals + 1};
            return true;
        }
    return usage("unknown field '%s': one of id title body url source author date lang tag", text);
}

static bool take_build_option(struct command_line *line, int option, char *value)
{
    switch (option) {
    case OPTION_MEMORY:
        line->memory_given = true;
        return parse_size(value, &line->build.memory_bytes) || usage("bad memory size '%s'", value);
    case OPTION_THREADS:
        return parse_count(value, &line->build.threads) ||
               usage("bad number of threads '%s'", value);
    case OPTION_NO_TEXT:
        return line->build.no_text = true;
    case OPTION_LANG:
        line->build.lang = value;
        return true;
    case OPTION_K1:
        return parse_number(value, &line->build.k1) || usage("bad number '%s' for --k1", value);
    case OPTION_B:
        return parse_number(value, &line->build.b) || usage("bad number '%s' for --b", value);
    default:
        return parse_number(value, &line->build.title_weight) ||
               usage("bad number '%s' for --title-weight", value);
    }
}

static bool take_option(struct command_line *line, int option, char *value)
{
    switch (option) {
    case 'o':
        line->output = value;
        return true;
    case 'q':
        log_set_quiet(true);
        return true;
    case OPTION_KIND:
        line->input.kind = value;
        return known_kind(value) || usage("unknown kind '%s'", value);
    case OPTION_FIELD:
        return add_field(line, value);
    case OPTION_HTML:
        line->input.html_whole = strcmp(value, "whole") == 0;
        return line->input.html_whole ||
               usage("bad value '%s' for --html: only 'whole' is known", value);
    case OPTION_MAX_ARTICLE:
        line->max_article_given = true;
        return parse_size(value, &line->input.max_article_bytes) ||
               usage("bad article size '%s'", value);
    case OPTION_STRICT:
        return line->input.strict = true;
    case OPTION_JSON:
        return line->json = true;
    case '?':
        return usage("%s", "unknown or incomplete option");
    default:
        return take_build_option(line, option, value);
    }
}

static bool parse_command_line(struct command_line *line, int argc, char **argv)
{
    builder_options_init(&line->build);
    line->input.fields = line->fields;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "o:q", long_options, NULL)) != -1;) {
        if (option == '?')
            return usage("unknown or incomplete option '%s'", argv[optind - 1]);
        if (!take_option(line, option, optarg))
            return false;
    }
    if (!line->max_article_given)
        line->input.max_article_bytes = builder_max_article_bytes(&line->build);
    line->arguments = argv + optind;
    line->count = argc - optind;
    return true;
}

/* --- Building -----------------------------------------------------------------------------------------*/

struct building {
    struct builder *builder;
    struct input_totals totals;
    uint64_t started, shown, size, articles;
    struct error *error;
};

/* Builder and reader both know why an article cannot be taken; the reader knows where it stands. */
static enum status take_article(void *context, const struct article *article,
                                const struct input_place *place)
{
    struct building *building = context;
    struct error cause = {0};
    enum status status = builder_add(building->builder, article, &cause);
    if (status == STATUS_INVALID) {
        log_warning("%s:%" PRIu64 ": %s", place->name, place->line, cause.text);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        error_set(building->error, status, "%s", cause.text);
    building->articles++;
    return status;
}

static void skip_article(void *context, const struct input_place *place, const char *reason)
{
    (void)context;
    if (place->line)
        log_warning("%s:%" PRIu64 ": %s", place->name, place->line, reason);
    else
        log_warning("%s: %s", place->name, reason);
}

static void show_progress(void *context, uint64_t bytes)
{
    struct building *building = context;
    uint64_t now = clock_microseconds();
    if (now - building->shown < 200000)
        return;
    building->shown = now;
    char articles[32];
    double seconds = (double)(now - building->started) / 1e6, rate = megabytes(bytes) / seconds;
    with_commas(building->articles, articles);
    if (building->size > bytes && rate > 0)
        log_progress("reading: %s articles, %.0f of %.0f MB, %.0f MB/s, %.0f s left", articles,
                     megabytes(bytes), megabytes(building->size), rate,
                     megabytes(building->size - bytes) / rate);
    else
        log_progress("reading: %s articles, %.0f MB, %.0f MB/s", articles, megabytes(bytes), rate);
}

static void show_writing(void *context, double done)
{
    struct building *building = context;
    uint64_t now = clock_microseconds();
    if (now - building->shown < 200000)
        return;
    building->shown = now;
    log_progress("writing: %.0f %%", done * 100);
}

static enum status read_articles(struct building *building, const struct command_line *line,
                                 char **sources, int count, struct error *error)
{
    struct input_sink sink = {building, take_article, skip_article, show_progress};
    const char *const *names = (const char *const *)sources;
    building->size = input_size(names, (size_t)count);
    building->error = error;
    return input_read(names, (size_t)count, &line->input, &sink, &building->totals, error);
}

static void report(const struct building *building, const struct builder_totals *totals,
                   const char *path)
{
    char articles[32], words[32], skipped[32], replaced[32];
    double seconds = (double)(clock_microseconds() - building->started) / 1e6;
    log_progress_end();
    log_info("'%s': %s articles, %s words, %.1f MB", path, with_commas(totals->articles, articles),
             with_commas(totals->words, words), megabytes(totals->file_bytes));
    log_info("read %.1f MB of text in %.1f s, %.1f MB/s; skipped %s, replaced %s",
             megabytes(totals->text_bytes), seconds, megabytes(totals->text_bytes) / seconds,
             with_commas(building->totals.skipped, skipped),
             with_commas(totals->replaced, replaced));
}

/* Commits or abandons, and reports; the builder is gone afterwards. */
static enum status finish(struct building *building, const char *path, struct error *error)
{
    struct builder_totals totals;
    if (error->status != STATUS_OK) {
        builder_abandon(building->builder);
        return error->status;
    }
    if (builder_commit(building->builder, &totals, show_writing, building, error) == STATUS_OK)
        report(building, &totals, path);
    return error->status;
}

static int done(struct error *error)
{
    log_progress_end();
    if (error->status != STATUS_OK)
        log_error("%s", error->text);
    return error->status == STATUS_OK ? EXIT_RAN : EXIT_FAILED;
}

static int run_build(struct command_line *line)
{
    struct error error = {0};
    struct building building = {.started = clock_microseconds()};
    if (!line->output || line->count == 0) {
        usage("%s", "build takes -o INDEX and what to read");
        return EXIT_USAGE;
    }
    building.builder = builder_open(line->output, &line->build, &error);
    if (building.builder) {
        read_articles(&building, line, line->arguments, line->count, &error);
        finish(&building, line->output, &error);
    }
    return done(&error);
}

/* --- From indexes that exist --------------------------------------------------------------------------*/

/* A build that goes on with the settings of the first index. */
static struct builder *open_from(struct command_line *line, const char *output,
                                 const struct snapshot *first, struct error *error)
{
    stored_options(first, &line->build);
    if (line->build.no_text) {
        error_set(error, STATUS_UNSUPPORTED,
                  "'%s' was built with --no-text: its articles cannot be read again",
                  snapshot_path(first));
        return NULL;
    }
    return builder_open(output, &line->build, error);
}

static int run_append(struct command_line *line)
{
    struct error error = {0};
    struct building building = {.started = clock_microseconds()};
    if (line->count < 2) {
        usage("%s", "append takes an index and what to read");
        return EXIT_USAGE;
    }
    struct snapshot *old = snapshot_open(line->arguments[0], &error);
    if (old)
        building.builder = open_from(line, line->arguments[0], old, &error);
    if (building.builder) {
        if (stored_feed(building.builder, old, NULL, NULL, NULL, &error) == STATUS_OK)
            read_articles(&building, line, line->arguments + 1, line->count - 1, &error);
        finish(&building, line->arguments[0], &error);
    }
    snapshot_unref(old);
    return done(&error);
}

static int run_merge(struct command_line *line)
{
    struct error error = {0};
    struct building building = {.started = clock_microseconds()};
    struct snapshot *first = NULL;
    if (!line->output || line->count == 0) {
        usage("%s", "merge takes -o INDEX and the indexes");
        return EXIT_USAGE;
    }
    for (int i = 0; i < line->count && error.status == STATUS_OK; i++) {
        struct snapshot *old = snapshot_open(line->arguments[i], &error);
        if (old && !first) {
            first = snapshot_ref(old);
            building.builder = open_from(line, line->output, old, &error);
        }
        if (building.builder && error.status == STATUS_OK)
            stored_feed(building.builder, old, NULL, NULL, NULL, &error);
        snapshot_unref(old);
    }
    if (building.builder)
        finish(&building, line->output, &error);
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
    if (line->count < 2) {
        usage("%s", "delete takes an index and ids");
        return EXIT_USAGE;
    }
    deletion.met = memory_allocate_zeroed((size_t)deletion.count, sizeof *deletion.met);
    if (!deletion.met)
        error_set(&error, STATUS_NO_MEMORY, "out of memory");
    struct snapshot *old = deletion.met ? snapshot_open(line->arguments[0], &error) : NULL;
    if (old)
        building.builder = open_from(line, line->arguments[0], old, &error);
    if (building.builder) {
        if (stored_feed(building.builder, old, &filter, NULL, NULL, &error) == STATUS_OK)
            check_all_met(&deletion, &error);
        finish(&building, line->arguments[0], &error);
    }
    snapshot_unref(old);
    memory_free(deletion.met);
    return done(&error);
}

/* --- Looking at one -----------------------------------------------------------------------------------*/

static int run_check(struct command_line *line)
{
    struct error error = {0};
    if (line->count != 1) {
        usage("%s", "check takes one index");
        return EXIT_USAGE;
    }
    struct snapshot *snapshot = snapshot_open(line->arguments[0], &error);
    if (snapshot && store_check(snapshot, &error) == STATUS_OK)
        log_info("'%s' is sound: %" PRIu32 " articles", line->arguments[0],
                 snapshot_settings(snapshot)->article_count);
    snapshot_unref(snapshot);
    return done(&error);
}

static void info_text(const struct snapshot *snapshot)
{
    const struct settings *s = snapshot_settings(snapshot);
    char number[32];
    printf("%-14s %s\n", "file", snapshot_path(snapshot));
    printf("%-14s %016" PRIx64 "\n", "checksum", snapshot_checksum(snapshot));
    printf("%-14s %s\n", "articles", with_commas(s->article_count, number));
    printf("%-14s %s\n", "words", with_commas(s->word_count, number));
    printf("%-14s %s\n", "in titles", with_commas(s->title_word_count, number));
    printf("%-14s k1 %g, b %g, title weight %g, language %.*s%s\n", "settings",
           s->k1_thousandths / 1e3, s->b_thousandths / 1e3, s->title_weight_thousandths / 1e3,
           STORE_LANG_BYTES, s->lang, s->has_text ? "" : ", no text");
    printf("%-14s %s\n", "bytes", with_commas(snapshot_file_bytes(snapshot), number));
    for (int id = 0; id < CHUNK_COUNT; id++)
        if (snapshot_has(snapshot, (enum chunk_id)id))
            printf("  %-12s %s\n", chunk_names[id],
                   with_commas(snapshot_chunk_bytes(snapshot, (enum chunk_id)id), number));
}

static void info_json(const struct snapshot *snapshot, struct bytes *out)
{
    const struct settings *s = snapshot_settings(snapshot);
    struct json_writer w = {.out = out};
    char checksum[17];
    snprintf(checksum, sizeof checksum, "%016" PRIx64, snapshot_checksum(snapshot));
    json_begin_object(&w);
    json_key(&w, "file"), json_string(&w, slice_of_string(snapshot_path(snapshot)));
    json_key(&w, "checksum"), json_string(&w, slice_of_string(checksum));
    json_key(&w, "articles"), json_uint(&w, s->article_count);
    json_key(&w, "words"), json_uint(&w, s->word_count);
    json_key(&w, "title_words"), json_uint(&w, s->title_word_count);
    json_key(&w, "k1"), json_number(&w, s->k1_thousandths / 1e3, 3);
    json_key(&w, "b"), json_number(&w, s->b_thousandths / 1e3, 3);
    json_key(&w, "title_weight"), json_number(&w, s->title_weight_thousandths / 1e3, 3);
    json_key(&w, "lang"), json_string(&w, slice_of(s->lang, strnlen(s->lang, STORE_LANG_BYTES)));
    json_key(&w, "text"), json_bool(&w, s->has_text);
    json_key(&w, "bytes"), json_uint(&w, snapshot_file_bytes(snapshot));
    json_key(&w, "chunks"), json_begin_object(&w);
    for (int id = 0; id < CHUNK_COUNT; id++)
        if (snapshot_has(snapshot, (enum chunk_id)id))
            json_key(&w, chunk_names[id]),
                json_uint(&w, snapshot_chunk_bytes(snapshot, (enum chunk_id)id));
    json_end_object(&w);
    json_end_object(&w);
    bytes_append_string(out, "\n");
}

static int run_info(struct command_line *line)
{
    struct error error = {0};
    struct bytes out = {0};
    if (line->count != 1) {
        usage("%s", "info takes one index");
        return EXIT_USAGE;
    }
    struct snapshot *snapshot = snapshot_open(line->arguments[0], &error);
    if (snapshot && line->json)
        info_json(snapshot, &out);
    else if (snapshot)
        info_text(snapshot);
    fwrite(out.data, 1, out.size, stdout);
    bytes_release(&out);
    snapshot_unref(snapshot);
    if (error.status == STATUS_OK && fflush(stdout) != 0)
        error_set_errno(&error, errno, "cannot write to standard output");
    return done(&error);
}

/* --- Commands -----------------------------------------------------------------------------------------*/

static const struct command {
    const char *name;
    int (*run)(struct command_line *line);
} commands[] = {
    {"build", run_build},   {"append", run_append}, {"merge", run_merge},
    {"delete", run_delete}, {"check", run_check},   {"info", run_info},
};

int main(int argc, char **argv)
{
    struct command_line line = {0};
    log_set_program("verbatim-index");
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is an error to report, not a death */
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        if (strcmp(argv[i], "--help") == 0)
            return print_help(), EXIT_RAN;
        if (strcmp(argv[i], "--version") == 0)
            return puts("verbatim-index " VERBATIM_VERSION), EXIT_RAN;
    }
    if (argc < 2)
        return usage("%s", "a command is missing"), EXIT_USAGE;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, argv[1]) == 0)
            return parse_command_line(&line, argc - 1, argv + 1) ? commands[i].run(&line)
                                                                 : EXIT_USAGE;
    return usage("unknown command '%s'", argv[1]), EXIT_USAGE;
}
