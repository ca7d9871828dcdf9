#include "command_line.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/usage.h"

static const char help_text[] =
    "Usage: verbatim-index COMMAND [OPTION]... [ARGUMENT]...\n"
    "Makes and keeps the index files that verbatim-search and verbatim-serve read.\n"
    "\n"
    "  build -o INDEX ARTICLES...  a new index of files, folders, archives, or - for\n"
    "                              standard input\n"
    "  append INDEX ARTICLES...    the same articles and more; one whose id was there\n"
    "                              takes the older one's place\n"
    "  merge -o INDEX INDEXES...   one index of several; a later article of an id\n"
    "                              takes the earlier one's place\n"
    "  delete INDEX ID...          the same index without these articles\n"
    "  check INDEX                 every checksum and invariant; names the damage\n"
    "  info INDEX                  articles, words, bytes of each part, settings\n"
    "\n"
    "The index is replaced in one step, or stays as it was.\n"
    "\n"
    "  -o, --output=INDEX       the file to write (build, merge)\n"
    "      --memory=SIZE        a budget of memory, such as 64MB or 1GB (256MB)\n"
    "      --threads=N          as many workers (as many as there are processors)\n"
    "      --no-text            no bodies: no snippets, no append, merge or delete\n"
    "      --no-grams           no lists of runs of words: smaller, slower to search\n"
    "      --reorder            articles that are like each other stand together:\n"
    "                           phrases are counted faster, building is slower\n"
    "      --no-classes         no classes of words of one stem: smaller\n"
    "      --no-compounds       no table of spellings such as e-mail and email\n"
    "      --no-titles          no table of whole titles, by which they are found\n"
    "      --no-completions     no phrases and titles to suggest while one types\n"
    "      --no-groups          no groups of near-copies\n"
    "      --lang=CODE          the language of queries that name none (en)\n"
    "      --k1=N --b=N         BM25's settings (1.2 and 0.6)\n"
    "      --title-weight=N     how much a word counts that stands in the title (3)\n"
    "      --kind=KIND          read all input as this kind, one of:\n"
    "                           ";

static const char help_rest[] =
    "\n"
    "      --field=OURS=THEIRS  an article's field and its name in the input, such as\n"
    "                           title=headline; may be given often\n"
    "      --html=whole         leave only scripts and styles out of an HTML page\n"
    "      --max-article=SIZE   refuse larger articles (an eighth of the memory)\n"
    "      --strict             stop at the first bad article\n"
    "      --json               print JSON (info)\n"
    "  -q, --quiet              print errors alone\n"
    "  -h, --help               print this and exit\n"
    "  -V, --version            print the version and exit\n"
    "\n"
    "Exit status: 0 all went well, 1 it failed, 2 the command line is wrong.\n";

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

/* --- The command line --------------------------------------------------------------------------*/

enum option_id {
    OPTION_MEMORY = 256,
    OPTION_THREADS,
    OPTION_NO_TEXT,
    OPTION_NO_GRAMS,
    OPTION_REORDER,
    OPTION_NO_CLASSES,
    OPTION_NO_COMPOUNDS,
    OPTION_NO_TITLES,
    OPTION_NO_COMPLETIONS,
    OPTION_NO_GROUPS,
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
    OPTION_HELP = 'h',
    OPTION_VERSION = 'V'
};

static const char short_options[] = ":o:qhV";
static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"memory", required_argument, NULL, OPTION_MEMORY},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"no-text", no_argument, NULL, OPTION_NO_TEXT},
    {"no-grams", no_argument, NULL, OPTION_NO_GRAMS},
    {"reorder", no_argument, NULL, OPTION_REORDER},
    {"no-classes", no_argument, NULL, OPTION_NO_CLASSES},
    {"no-compounds", no_argument, NULL, OPTION_NO_COMPOUNDS},
    {"no-titles", no_argument, NULL, OPTION_NO_TITLES},
    {"no-completions", no_argument, NULL, OPTION_NO_COMPLETIONS},
    {"no-groups", no_argument, NULL, OPTION_NO_GROUPS},
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

/* Says what is wrong, and that the command line is not good. */
#define refuse(...) (usage_error(__VA_ARGS__), false)

int command_line_help(void)
{
    fputs(help_text, stdout);
    for (const char *const *kind = input_kinds(); *kind; kind++)
        printf("%s%s", kind == input_kinds() ? "" : " ", *kind);
    return usage_print(help_rest);
}

static bool known_kind(const char *name)
{
    char names[128] = "";
    for (const char *const *kind = input_kinds(); *kind; kind++) {
        size_t used = strlen(names);
        if (strcmp(*kind, name) == 0)
            return true;
        snprintf(names + used, sizeof names - used, " %s", *kind);
    }
    return refuse("unknown kind '%s': one of%s", name, names);
}

static bool add_field(struct command_line *line, char *text)
{
    static const char *const ours[] = {"id",     "title", "body", "url", "source",
                                       "author", "date",  "lang", "tag"};
    char *equals = strchr(text, '=');
    if (!equals || !equals[1] || line->input.field_count == COMMAND_LINE_FIELDS)
        return refuse("bad field '%s': write it as title=headline", text);
    *equals = '\0';
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcmp(ours[i], text) == 0) {
            line->fields[line->input.field_count++] = (struct input_field){text, equals + 1};
            return true;
        }
    return refuse("unknown field '%s': one of id title body url source author date lang tag", text);
}

/* What the built file keeps, so that only a build may set it. */
static const struct setting {
    int option;
    const char *name; /* of a number; NULL: a flag */
    size_t place;     /* in struct builder_options */
} settings[] = {
    {OPTION_NO_TEXT, NULL, offsetof(struct builder_options, no_text)},
    {OPTION_NO_GRAMS, NULL, offsetof(struct builder_options, no_grams)},
    {OPTION_REORDER, NULL, offsetof(struct builder_options, reorder)},
    {OPTION_NO_CLASSES, NULL, offsetof(struct builder_options, no_classes)},
    {OPTION_NO_COMPOUNDS, NULL, offsetof(struct builder_options, no_compounds)},
    {OPTION_NO_TITLES, NULL, offsetof(struct builder_options, no_titles)},
    {OPTION_NO_COMPLETIONS, NULL, offsetof(struct builder_options, no_completions)},
    {OPTION_NO_GROUPS, NULL, offsetof(struct builder_options, no_groups)},
    {OPTION_K1, "k1", offsetof(struct builder_options, k1)},
    {OPTION_B, "b", offsetof(struct builder_options, b)},
    {OPTION_TITLE_WEIGHT, "title-weight", offsetof(struct builder_options, title_weight)},
};

static bool take_setting(struct command_line *line, int option, const char *value)
{
    const struct setting *setting = settings;
    while (setting->option != option)
        setting++;
    void *place = (char *)&line->build + setting->place;
    if (setting->name)
        return parse_number(value, place) ||
               refuse("bad number '%s' for --%s", value, setting->name);
    return *(bool *)place = true;
}

static bool take_size(const char *name, const char *value, size_t *size)
{
    return (parse_size(value, size) && *size) ||
           refuse("bad size '%s' for --%s: write it as 64MB or 1GB", value, name);
}

static bool take_option(struct command_line *line, int option, char *value)
{
    switch (option) {
    case OPTION_MEMORY:
        return take_size("memory", value, &line->build.memory_bytes);
    case OPTION_THREADS:
        return parse_count(value, &line->build.threads) ||
               refuse("bad number of threads '%s': a whole number from 1 on", value);
    case 'o':
        line->output = value;
        return true;
    case 'q':
        log_set_quiet(true);
        return true;
    case OPTION_LANG:
        line->build.lang = value;
        return true;
    case OPTION_KIND:
        line->input.kind = value;
        return known_kind(value);
    case OPTION_FIELD:
        return add_field(line, value);
    case OPTION_HTML:
        line->input.html_whole = strcmp(value, "whole") == 0;
        return line->input.html_whole ||
               refuse("bad value '%s' for --html: only 'whole' is known", value);
    case OPTION_MAX_ARTICLE:
        line->max_article_given = true;
        return take_size("max-article", value, &line->input.max_article_bytes);
    case OPTION_STRICT:
        return line->input.strict = true;
    case OPTION_JSON:
        return line->json = true;
    case OPTION_HELP:
        return line->help = true;
    case OPTION_VERSION:
        return line->version = true;
    default:
        return take_setting(line, option, value);
    }
}

static unsigned use_of(int option)
{
    switch (option) {
    case 'o':
        return COMMAND_LINE_OUTPUT;
    case OPTION_MEMORY:
    case OPTION_THREADS:
        return COMMAND_LINE_WORK;
    case OPTION_KIND:
    case OPTION_FIELD:
    case OPTION_HTML:
    case OPTION_MAX_ARTICLE:
    case OPTION_STRICT:
        return COMMAND_LINE_INPUT;
    case OPTION_JSON:
        return COMMAND_LINE_JSON;
    case 'q':
    case OPTION_HELP:
    case OPTION_VERSION:
        return 0;
    default:
        return COMMAND_LINE_SETTINGS;
    }
}

bool command_line_allows(const struct command_line *line, unsigned uses)
{
    static const struct {
        unsigned use;
        const char *refusal;
    } refusals[] = {
        {COMMAND_LINE_SETTINGS,
         "--no-text, --no-grams, --no-classes, --no-compounds, --no-titles, --no-groups, "
         "--no-completions, --reorder, --lang, --k1, --b and --title-weight are for 'build' "
         "alone: what goes on with an index keeps its settings"},
        {COMMAND_LINE_OUTPUT,
         "-o is for 'build' and 'merge' alone: 'append' and 'delete' replace the index they name"},
        {COMMAND_LINE_INPUT, "--kind, --field, --html, --max-article and --strict are for 'build' "
                             "and 'append' alone, which read articles"},
        {COMMAND_LINE_WORK, "--memory and --threads are for what writes an index"},
        {COMMAND_LINE_JSON, "--json is for 'info' alone"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (line->uses & refusals[i].use & ~uses)
            return refuse("%s", refusals[i].refusal);
    return true;
}

bool command_line_parse(struct command_line *line, int argc, char **argv)
{
    struct error error = {0};
    builder_options_init(&line->build);
    line->input.fields = line->fields;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, short_options, long_options, NULL)) != -1;) {
        if (option == '?' || option == ':') {
            usage_refuse_option(option, argv[optind - 1], short_options, &error);
            return refuse("%s", error.text);
        }
        if (!take_option(line, option, optarg))
            return false;
        line->uses |= use_of(option);
    }
    if (builder_options_check(&line->build, &error) != STATUS_OK)
        return refuse("%s", error.text);
    if (!line->max_article_given)
        line->input.max_article_bytes = builder_max_article_bytes(&line->build);
    line->arguments = argv + optind;
    line->count = argc - optind;
    return true;
}
