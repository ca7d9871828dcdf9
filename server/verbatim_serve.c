/* verbatim-serve: answers over HTTP. See man/verbatim-serve.1. */
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/log.h"
#include "base/standard_streams.h"
#include "base/usage.h"
#include "http/server.h"
#include "search/question.h"

enum {
    HOSTS_MOST = 64,
    THREADS_MOST = 256,
    CONNECTIONS_MOST = 200000,
    TIMEOUT_MOST_S = 3600,
    CACHE_MOST_MIB = 1 << 20
};

enum option_code {
    OPTION_PORT = 'p',
    OPTION_HELP = 'h',
    OPTION_VERSION = 'V',
    OPTION_VERBOSE = 'v',
    OPTION_QUIET = 'q',
    OPTION_LISTEN = 256,
    OPTION_ALLOW_HOST,
    OPTION_CORS,
    OPTION_UNIX_SOCKET,
    OPTION_THREADS,
    OPTION_CONNECTIONS,
    OPTION_BUDGET,
    OPTION_CACHE,
    OPTION_TIMEOUT,
    OPTION_NO_SANDBOX,
    OPTION_ROOT_OK,
};

static const char short_options[] = ":p:vqhV";
static const struct option options[] = {
    {"port", required_argument, NULL, OPTION_PORT},
    {"listen", required_argument, NULL, OPTION_LISTEN},
    {"allow-host", required_argument, NULL, OPTION_ALLOW_HOST},
    {"cors", required_argument, NULL, OPTION_CORS},
    {"unix-socket", required_argument, NULL, OPTION_UNIX_SOCKET},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"connections", required_argument, NULL, OPTION_CONNECTIONS},
    {"budget-ms", required_argument, NULL, OPTION_BUDGET},
    {"timeout", required_argument, NULL, OPTION_TIMEOUT},
    {"cache", required_argument, NULL, OPTION_CACHE},
    {"no-sandbox", no_argument, NULL, OPTION_NO_SANDBOX},
    {"root-ok", no_argument, NULL, OPTION_ROOT_OK},
    {"verbose", no_argument, NULL, OPTION_VERBOSE},
    {"quiet", no_argument, NULL, OPTION_QUIET},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {0},
};

static const char help[] =
    "Usage: verbatim-serve [OPTION]... [NAME=]FILE[,FILE]...\n"
    "Answer questions over HTTP from index files; the first named is the default.\n"
    "\n"
    "  -p, --port=NUMBER       listen on this port; 0 takes a free one (8080)\n"
    "      --listen=ADDRESS    listen on this address; others than the loopback's\n"
    "                          need --allow-host (127.0.0.1)\n"
    "      --allow-host=HOST[:PORT]\n"
    "                          answer to this name too; may be repeated\n"
    "      --cors=ORIGIN       let pages of this origin ask, as http://example.org\n"
    "      --unix-socket=PATH  listen at this path, for this user alone, on no port\n"
    "      --threads=NUMBER    that answer (as many as processors)\n"
    "      --connections=NUMBER\n"
    "                          open at once, at most; more are told 503 (12000)\n"
    "      --budget-ms=NUMBER  time for one question, 1 to 2000 (250)\n"
    "      --timeout=SECONDS   silence that ends a connection (10)\n"
    "      --cache=MIB         memory for unpacked text, in all; 0: none (128)\n"
    "      --no-sandbox        keep what the process may do unrestricted\n"
    "      --root-ok           run as root all the same\n"
    "  -v, --verbose           log what the HTTP library says of bad requests\n"
    "  -q, --quiet             log errors only\n"
    "  -h, --help              show this and exit\n"
    "  -V, --version           show the version and exit\n"
    "\n"
    "NAME=FILE gives an index a name; FILE,FILE serves several files as one index.\n"
    "SIGHUP, or a file replaced by renaming, loads the new one; SIGTERM lets the\n"
    "replies in flight end, then stops.\n";

struct command_line {
    struct http_settings settings;
    struct arena arena;
    const char *hosts[HOSTS_MOST];
    const char *asked; /* the help or the version: nothing else is done */
};

static enum status need_number(const char *option, uint64_t least, uint64_t most, uint64_t *out,
                               struct error *error)
{
    if (decimal_parse(slice_of_string(optarg), most, out) && *out >= least)
        return STATUS_OK;
    return error_set(error, STATUS_INVALID,
                     "--%s takes a whole number from %" PRIu64 " to %" PRIu64 ", not '%s'", option,
                     least, most, optarg);
}

static enum status take_number(struct http_settings *settings, int code, struct error *error)
{
    uint64_t n = 0;
    switch (code) {
    case OPTION_PORT:
        need_number("port", 0, 65535, &n, error);
        settings->port = (uint16_t)n;
        break;
    case OPTION_THREADS:
        need_number("threads", 1, THREADS_MOST, &n, error);
        settings->threads = n;
        break;
    case OPTION_CONNECTIONS:
        need_number("connections", 1, CONNECTIONS_MOST, &n, error);
        settings->connections = n;
        break;
    case OPTION_BUDGET:
        need_number("budget-ms", 1, QUESTION_BUDGET_MOST_US / 1000, &n, error);
        settings->budget_us = n * 1000;
        break;
    case OPTION_CACHE:
        need_number("cache", 0, CACHE_MOST_MIB, &n, error);
        settings->cache_bytes = (size_t)n << 20;
        break;
    default:
        need_number("timeout", 1, TIMEOUT_MOST_S, &n, error);
        settings->timeout_us = n * UINT64_C(1000000);
        break;
    }
    return error->status;
}

static enum status take_host(struct command_line *line, struct error *error)
{
    struct http_settings *settings = &line->settings;
    if (settings->allowed_host_count == HOSTS_MOST)
        return error_set(error, STATUS_LIMIT, "more than %d times --allow-host", HOSTS_MOST);
    if (!*optarg || strlen(optarg) > 255 || strpbrk(optarg, "/ \t@,"))
        return error_set(error, STATUS_INVALID, "--allow-host takes HOST or HOST:PORT, not '%s'",
                         optarg);
    settings->allowed_hosts = line->hosts;
    line->hosts[settings->allowed_host_count++] = optarg;
    return STATUS_OK;
}

static enum status take_origin(struct http_settings *settings, struct error *error)
{
    struct slice origin = slice_of_string(optarg);
    bool web =
        slice_starts_with(origin, SLICE("http://")) || slice_starts_with(origin, SLICE("https://"));
    if (!web || strchr(strstr(optarg, "//") + 2, '/'))
        return error_set(error, STATUS_INVALID,
                         "--cors takes an origin such as http://example.org, not '%s'", optarg);
    settings->cors_origin = optarg;
    return STATUS_OK;
}

static enum status take_option(struct command_line *line, int code, struct error *error)
{
    struct http_settings *settings = &line->settings;
    switch (code) {
    case OPTION_HELP:
        line->asked = help;
        return STATUS_OK;
    case OPTION_VERSION:
        line->asked = "verbatim-serve " VERBATIM_VERSION "\n";
        return STATUS_OK;
    case OPTION_LISTEN:
        settings->address = optarg;
        return STATUS_OK;
    case OPTION_ALLOW_HOST:
        return take_host(line, error);
    case OPTION_CORS:
        return take_origin(settings, error);
    case OPTION_UNIX_SOCKET:
        settings->socket_path = optarg;
        return STATUS_OK;
    case OPTION_NO_SANDBOX:
        settings->sandbox = false;
        return STATUS_OK;
    case OPTION_ROOT_OK:
        settings->root_ok = true;
        return STATUS_OK;
    case OPTION_VERBOSE:
        settings->verbose = true;
        return STATUS_OK;
    case OPTION_QUIET:
        log_set_quiet(true);
        return STATUS_OK;
    default:
        return take_number(settings, code, error);
    }
}

static enum status read_line(struct command_line *line, int argc, char **argv, struct error *error)
{
    int code;
    opterr = 0;
    while (!line->asked && (code = getopt_long(argc, argv, short_options, options, NULL)) != -1)
        if (code == '?' || code == ':')
            return usage_refuse_option(code, argv[optind - 1], short_options, error);
        else if (take_option(line, code, error))
            return error->status;
    if (line->asked)
        return STATUS_OK;
    for (int i = optind; i < argc; i++)
        if (http_settings_add_source(&line->settings, argv[i], &line->arena, error))
            return error->status;
    return http_settings_check(&line->settings, error);
}

int main(int argc, char **argv)
{
    struct command_line line = {0};
    struct error error = {0};
    int code = EXIT_SUCCESS;
    standard_streams_hold();
    log_set_program("verbatim-serve");
    http_settings_init(&line.settings);
    if (read_line(&line, argc, argv, &error) != STATUS_OK) {
        code = usage_error("%s", error.text);
    } else if (line.asked) {
        code = usage_print(line.asked);
    } else if (server_run(&line.settings, &error) != STATUS_OK) {
        log_error("%s", error.text);
        code = EXIT_FAILURE;
    }
    arena_release(&line.arena);
    return code;
}
