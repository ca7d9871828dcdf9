#include "search_command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/usage.h"

enum { THREADS_MOST = 256 };

static const char help[] =
    "Usage: verbatim-search [OPTION]... INDEX QUERY...\n"
    "       verbatim-search [OPTION]... INDEX --batch=FILE\n"
    "       verbatim-search [OPTION]... INDEX --quote=FILE\n"
    "Finds the articles of INDEX that hold exactly what QUERY says.\n"
    "\n"
    "INDEX is a file that verbatim-index made, or several as one collection, such as\n"
    "old.vbt,new.vbt. Several QUERY arguments are one query. After -- a query may\n"
    "begin with a '-'.\n"
    "\n"
    "      --batch=FILE      one query a line of FILE, - for standard input: a query,\n"
    "                        ID<TAB>query, or JSON: {\"q\":\"homs\",\"limit\":3}\n"
    "      --quote=FILE      which runs of the text in FILE (-: standard input) stand\n"
    "                        verbatim in which articles, and where it differs\n"
    "      --min=N           runs of a quotation have N words at least, 3 to 50 (4)\n"
    "      --runs=N          at most N runs of it, 0 to 1000 (10; 100 as json)\n"
    "      --output=OUT      the answers of a batch into OUT, and how far it has come\n"
    "                        into OUT.state\n"
    "      --resume          go on where OUT ended, however it was stopped\n"
    "      --skip-lines=N    without the first N lines\n"
    "      --threads=N       as many threads for a batch (one a processor)\n"
    "      --format=FORMAT   text, json, tsv, csv, trec, counts (text; json for a\n"
    "                        batch)\n"
    "      --color=WHEN      matches in bold: auto, always, never (auto)\n"
    "      --limit=N         at most N hits, 0 to 1000 (10)\n"
    "      --offset=N        without the first N hits (0)\n"
    "      --sort=ORDER      score, date (oldest first), -date (newest first)\n"
    "      --mode=MODE       query, or phrase: the whole input is one phrase\n"
    "      --op=OP           and: all words; or: any; auto: all, and any of them\n"
    "                        where no article holds all (auto)\n"
    "      --ranking=BY      best, or bm25: without any bonus (best)\n"
    "      --snippets=N      at most N snippets a hit, 0 to 10 (1)\n"
    "      --kwic            a line for every occurrence instead of hits; limit and\n"
    "                        offset count lines\n"
    "      --timeline[=UNIT] a chart of how many articles are of each day, month or\n"
    "                        year instead of hits\n"
    "      --facets=NAMES    count all by source, author, tag, lang, year, month\n"
    "      --total=0         the best hits alone, faster: the total may be too small\n"
    "      --suggest         what the query may become: completions, corrections\n"
    "      --highlight=0     matches are not marked\n"
    "      --variants=0      only the written spelling, not email for e-mail\n"
    "      --collapse=0      every article by itself, not one of its near-copies\n"
    "      --group=ID        the article ID and its near-copies alone\n"
    "      --from=DATE       articles of DATE or later\n"
    "      --to=DATE         articles of DATE or earlier\n"
    "      --source=SOURCE   articles of this source\n"
    "      --lang=LANGUAGE   articles in this language\n"
    "      --k1=N --b=N --title-weight=N\n"
    "                        BM25's settings instead of the index's own\n"
    "      --explain         with every number that made a score\n"
    "      --strict          a mistake in the query is an error at its place\n"
    "  -q, --quiet           print errors alone\n"
    "  -h, --help            print this and exit\n"
    "  -V, --version         print the version and exit\n"
    "\n"
    "Exit status: 0 also where nothing was found, 1 where a query or a line of a\n"
    "batch failed, 2 where the command line is wrong. The query language is told in\n"
    "verbatim-search(1).\n";

enum option_code {
    OPTION_PARAM = 256,
    OPTION_FLAG,
    OPTION_BATCH,
    OPTION_SKIP,
    OPTION_OUTPUT,
    OPTION_RESUME,
    OPTION_THREADS,
    OPTION_QUOTE,
    OPTION_QUOTE_PARAM,
    OPTION_COLOR,
    OPTION_TIMELINE,
    OPTION_SUGGEST,
    OPTION_TITLE_WEIGHT,
    OPTION_HELP,
    OPTION_VERSION
};

static const char letters[] = "q";
/* The options that take the value of a parameter of search/params.h, and those that mean "1". */
static const struct option options[] = {
    {"format", required_argument, NULL, OPTION_PARAM},
    {"limit", required_argument, NULL, OPTION_PARAM},
    {"offset", required_argument, NULL, OPTION_PARAM},
    {"sort", required_argument, NULL, OPTION_PARAM},
    {"mode", required_argument, NULL, OPTION_PARAM},
    {"op", required_argument, NULL, OPTION_PARAM},
    {"snippets", required_argument, NULL, OPTION_PARAM},
    {"from", required_argument, NULL, OPTION_PARAM},
    {"to", required_argument, NULL, OPTION_PARAM},
    {"source", required_argument, NULL, OPTION_PARAM},
    {"ranking", required_argument, NULL, OPTION_PARAM},
    {"k1", required_argument, NULL, OPTION_PARAM},
    {"b", required_argument, NULL, OPTION_PARAM},
    {"title-weight", required_argument, NULL, OPTION_TITLE_WEIGHT},
    {"title_weight", required_argument, NULL, OPTION_TITLE_WEIGHT}, /* as the parameter is called */
    {"lang", required_argument, NULL, OPTION_PARAM},
    {"total", required_argument, NULL, OPTION_PARAM},
    {"highlight", required_argument, NULL, OPTION_PARAM},
    {"collapse", required_argument, NULL, OPTION_PARAM},
    {"group", required_argument, NULL, OPTION_PARAM},
    {"variants", required_argument, NULL, OPTION_PARAM},
    {"facets", required_argument, NULL, OPTION_PARAM},
    {"timeline", optional_argument, NULL, OPTION_TIMELINE},
    {"kwic", no_argument, NULL, OPTION_FLAG},
    {"explain", no_argument, NULL, OPTION_FLAG},
    {"strict", no_argument, NULL, OPTION_FLAG},
    {"batch", required_argument, NULL, OPTION_BATCH},
    {"skip-lines", required_argument, NULL, OPTION_SKIP},
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"resume", no_argument, NULL, OPTION_RESUME},
    {"quote", required_argument, NULL, OPTION_QUOTE},
    {"suggest", no_argument, NULL, OPTION_SUGGEST},
    {"min", required_argument, NULL, OPTION_QUOTE_PARAM},
    {"runs", required_argument, NULL, OPTION_QUOTE_PARAM},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};

static int bad_value(const char *name, const char *value, const char *allowed)
{
    return usage_error("bad value '%s' for option '--%s': allowed is %s", value, name, allowed);
}

static bool read_color(const char *text, enum color *color)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(text, names[i]) == 0) {
            *color = (enum color)i;
            return true;
        }
    return false;
}

static int set_param(struct search_command *command, const char *name, const char *value)
{
    struct error error = {0};
    struct slice parameter = slice_of_string(name);
    if (search_params_set(&command->params, parameter, slice_of_string(value), &error) == STATUS_OK)
        return SEARCH_COMMAND_RUN;
    return bad_value(name, value, search_param_allowed(parameter));
}

static int set_quote_param(struct search_command *command, const char *name, const char *value)
{
    struct error error = {0};
    struct slice parameter = slice_of_string(name);
    command->runs_given = command->runs_given || strcmp(name, "runs") == 0;
    command->quote_param_given = command->quote_param_given || strcmp(name, "limit") != 0;
    if (quote_params_set(&command->quote_params, parameter, slice_of_string(value), &error) ==
        STATUS_OK)
        return SEARCH_COMMAND_RUN;
    return bad_value(name, value, quote_param_allowed(parameter));
}

static int set_timeline(struct search_command *command, const char *unit)
{
    struct error error = {0};
    struct slice by = slice_of_string(unit ? unit : "auto");
    command->timeline = true;
    if (search_params_set(&command->params, SLICE("by"), by, &error) == STATUS_OK)
        return SEARCH_COMMAND_RUN;
    return bad_value("timeline", unit, search_param_allowed(SLICE("by")));
}

static int set_skip(struct search_command *command, const char *value)
{
    if (decimal_parse(slice_of_string(value), UINT64_MAX, &command->skip_lines))
        return SEARCH_COMMAND_RUN;
    return bad_value("skip-lines", value, "a whole number");
}

static int set_threads(struct search_command *command, const char *value)
{
    if (decimal_parse(slice_of_string(value), THREADS_MOST, &command->threads) && command->threads)
        return SEARCH_COMMAND_RUN;
    return usage_error("bad value '%s' for option '--%s': allowed is a whole number from 1 to %d",
                       value, "threads", THREADS_MOST);
}

static int set_color(struct search_command *command, const char *value)
{
    if (read_color(value, &command->color))
        return SEARCH_COMMAND_RUN;
    return bad_value("color", value, "auto, always, never");
}

/* One option; SEARCH_COMMAND_RUN to go on. */
static int set_option(struct search_command *command, int code, const char *name, const char *value)
{
    switch (code) {
    case OPTION_PARAM:
        if (strcmp(name, "limit") == 0)
            command->limit = value;
        return set_param(command, name, value);
    case OPTION_TITLE_WEIGHT:
        return set_param(command, "title_weight", value);
    case OPTION_FLAG:
        return set_param(command, name, "1");
    case OPTION_QUOTE_PARAM:
        return set_quote_param(command, name, value);
    case OPTION_TIMELINE:
        return set_timeline(command, value);
    case OPTION_SKIP:
        return set_skip(command, value);
    case OPTION_THREADS:
        return set_threads(command, value);
    case OPTION_COLOR:
        return set_color(command, value);
    case OPTION_QUOTE:
        command->quote_file = value;
        break;
    case OPTION_BATCH:
        command->batch = value;
        break;
    case OPTION_OUTPUT:
        command->output = value;
        break;
    case OPTION_RESUME:
        command->resume = true;
        break;
    case OPTION_SUGGEST:
        command->suggest = true;
        break;
    case 'q':
        command->quiet = true;
        break;
    }
    return SEARCH_COMMAND_RUN;
}

static int refuse_option(int code, const char *argument)
{
    struct error error = {0};
    if (usage_refuse_option(code, argument, letters, &error) == STATUS_NOT_FOUND)
        return usage_error("%s; a query that begins with a '-' goes after --", error.text);
    return usage_error("%s", error.text);
}

/* SEARCH_COMMAND_RUN to go on, else the exit status. */
static int read_options(struct search_command *command, int count, char **arguments)
{
    int code, which = 0;
    opterr = 0;
    while ((code = getopt_long(count, arguments, ":q", options, &which)) != -1) {
        if (code == '?' && strcmp(arguments[optind - 1], "-h") == 0)
            code = OPTION_HELP; /* but "-homs" is a query without its "--" */
        if (code == '?' && strcmp(arguments[optind - 1], "-V") == 0)
            code = OPTION_VERSION;
        if (code == '?' || code == ':')
            return refuse_option(code, arguments[optind - 1]);
        if (code == OPTION_HELP)
            return usage_print(help);
        if (code == OPTION_VERSION)
            return usage_print("verbatim-search " VERBATIM_VERSION "\n");
        int status = set_option(command, code, options[which].name, optarg);
        if (status != SEARCH_COMMAND_RUN)
            return status;
    }
    return SEARCH_COMMAND_RUN;
}

/* What holds over several options. */
static int check_together(const struct search_command *command)
{
    struct error error = {0};
    if (search_params_check(&command->params, &error) != STATUS_OK)
        return usage_error("%s", error.text);
    enum render_format format = command->params.format;
    if (command->timeline && format == RENDER_TREC)
        return usage_error("a timeline has no format 'trec'");
    if (command->suggest && format != RENDER_TEXT && format != RENDER_JSON)
        return usage_error("with --suggest the format is text or json");
    if (command->suggest && command->batch)
        return usage_error("both --suggest and --batch are given");
    if (command->timeline && command->batch)
        return usage_error(
            "both --timeline and --batch are given: --facets=year counts for each line");
    if (command->quote_param_given)
        return usage_error("--min and --runs are for a --quote");
    if (command->skip_lines && !command->batch)
        return usage_error("--skip-lines is for a --batch");
    if (command->timeline && command->params.question.kwic)
        return usage_error("both --timeline and --kwic are given");
    return SEARCH_COMMAND_RUN;
}

/* What --quote shares with queries; text shows fewer runs. */
static int check_quote(struct search_command *command, bool has_query)
{
    struct quote_params *params = &command->quote_params;
    if (command->batch)
        return usage_error("both --batch and --quote are given");
    if (has_query)
        return usage_error("both --quote and a query are given");
    params->format = command->params.format;
    if (params->format != RENDER_TEXT && params->format != RENDER_JSON)
        return usage_error("with --quote the format is text or json");
    if (params->format == RENDER_TEXT && !command->runs_given)
        params->quotation.runs = 10;
    return command->limit ? set_quote_param(command, "limit", command->limit) : SEARCH_COMMAND_RUN;
}

int search_command_read(struct search_command *command, int count, char **arguments)
{
    *command = (struct search_command){0};
    search_params_init(&command->params);
    quote_params_init(&command->quote_params);
    command->params.format = RENDER_TEXT;
    int status = read_options(command, count, arguments);
    if (status != SEARCH_COMMAND_RUN)
        return status;
    if (optind == count)
        return usage_error("no index is named");
    command->index_files = arguments[optind++];
    for (int i = optind; i < count; i++) {
        bytes_append_string(&command->query, i > optind ? " " : "");
        bytes_append_string(&command->query, arguments[i]);
    }
    if (command->quote_file)
        return check_quote(command, optind < count);
    if (command->batch && optind < count)
        return usage_error("both --batch and a query are given: '%s'", arguments[optind]);
    if (!command->batch && optind == count)
        return usage_error("no query is given");
    if (command->output && !command->batch)
        return usage_error("--output is for the answers of a --batch");
    if (command->resume && !command->output)
        return usage_error("--resume needs an --output");
    return check_together(command);
}

void search_command_release(struct search_command *command)
{
    bytes_release(&command->query);
}
