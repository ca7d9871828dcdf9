#include "http/settings.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pool.h"
#include "search/question.h"

void http_settings_init(struct http_settings *settings)
{
    *settings = (struct http_settings){
        .address = "127.0.0.1",
        .port = 8080,
        .threads = pool_processors(),
        .connections = SETTINGS_CONNECTIONS_DEFAULT,
        .cache_bytes = SETTINGS_CACHE_DEFAULT,
        .budget_us = QUESTION_BUDGET_DEFAULT_US,
        .timeout_us = SETTINGS_TIMEOUT_DEFAULT_S * UINT64_C(1000000),
        .sandbox = true,
    };
}

static bool name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

static bool name_valid(struct slice name)
{
    for (size_t i = 0; i < name.size; i++)
        if (!name_byte(name.data[i]))
            return false;
    return name.size > 0;
}

/* A file whose own name holds '=' or ',' is meant as it stands. */
static bool is_file(const char *argument)
{
    struct stat st;
    return stat(argument, &st) == 0;
}

static struct slice own_name(struct slice paths, bool whole)
{
    const char *comma = whole ? NULL : memchr(paths.data, ',', paths.size);
    struct slice path = {paths.data, comma ? (size_t)(comma - paths.data) : paths.size};
    const char *slash = memrchr(path.data, '/', path.size);
    if (slash)
        path = slice_from(path, (size_t)(slash + 1 - path.data));
    if (path.size > 4 && memcmp(path.data + path.size - 4, ".vbt", 4) == 0)
        path.size -= 4;
    return path;
}

/* Bytes that no name in a URL or a label should hold become '-'. */
static const char *tidy_name(struct slice name, struct arena *arena)
{
    struct slice copy = arena_copy(arena, name);
    char *data = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; i < copy.size; i++)
        if (!name_byte(data[i]))
            data[i] = '-';
    return data;
}

static enum status split_paths(struct index_source *source, const char *argument,
                               struct slice paths, bool whole, struct arena *arena,
                               struct error *error)
{
    size_t most = 1;
    for (size_t i = 0; i < paths.size; i++)
        most += paths.data[i] == ',';
    source->paths = arena_allocate(arena, most, sizeof *source->paths);
    while (source->paths) {
        const char *comma = whole ? NULL : memchr(paths.data, ',', paths.size);
        struct slice path = {paths.data, comma ? (size_t)(comma - paths.data) : paths.size};
        if (path.size == 0)
            return error_set(error, STATUS_INVALID, "a file's name is empty in '%s'", argument);
        source->paths[source->count++] = arena_copy(arena, path).data;
        if (!comma)
            break;
        paths = slice_from(paths, path.size + 1);
    }
    return arena->status ? error_set(error, arena->status, "out of memory") : STATUS_OK;
}

static bool name_taken(const struct http_settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->source_count; i++)
        if (strcmp(settings->sources[i].name, name) == 0)
            return true;
    return false;
}

enum status http_settings_add_source(struct http_settings *settings, const char *argument,
                                     struct arena *arena, struct error *error)
{
    if (settings->source_count == SETTINGS_SOURCES_MOST)
        return error_set(error, STATUS_LIMIT, "more than %d indexes", SETTINGS_SOURCES_MOST);
    if (!settings->sources)
        settings->sources = arena_allocate(arena, SETTINGS_SOURCES_MOST, sizeof *settings->sources);
    if (!settings->sources)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    struct index_source *source = &settings->sources[settings->source_count];
    struct slice paths = slice_of_string(argument);
    bool whole = is_file(argument);
    const char *equals = whole ? NULL : strchr(argument, '=');
    if (equals) {
        struct slice name = {argument, (size_t)(equals - argument)};
        if (!name_valid(name))
            return error_set(
                error, STATUS_INVALID,
                "the name before '=' in '%s' is not of letters, digits, '.', '_' and '-'",
                argument);
        source->name = arena_copy(arena, name).data;
        paths = slice_from(paths, name.size + 1);
    } else {
        source->name = tidy_name(own_name(paths, whole), arena);
    }
    enum status status = split_paths(source, argument, paths, whole, arena, error);
    if (status)
        return status;
    if (name_taken(settings, source->name))
        return error_set(error, STATUS_INVALID,
                         "two indexes are named '%s': give one another, as in other=%s",
                         source->name, paths.data);
    settings->source_count++;
    return STATUS_OK;
}

static bool loopback(const char *address)
{
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, address, &v4) == 1)
        return (ntohl(v4.s_addr) >> 24) == 127;
    return inet_pton(AF_INET6, address, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

enum status http_settings_check(const struct http_settings *settings, struct error *error)
{
    struct in6_addr any;
    if (settings->source_count == 0)
        return error_set(error, STATUS_INVALID, "no index file is named");
    if (inet_pton(AF_INET, settings->address, &any) != 1 &&
        inet_pton(AF_INET6, settings->address, &any) != 1)
        return error_set(error, STATUS_INVALID, "'%s' is no numeric address", settings->address);
    if (!settings->socket_path && !loopback(settings->address) && settings->allowed_host_count == 0)
        return error_set(
            error, STATUS_INVALID,
            "--listen %s lets other machines in: say with --allow-host by which names they may ask",
            settings->address);
    if (geteuid() == 0 && !settings->root_ok)
        return error_set(error, STATUS_INVALID,
                         "will not run as root: use another user, or --root-ok");
    return STATUS_OK;
}
