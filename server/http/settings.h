/* What the server was told on its command line. Immutable once it runs; all strings are borrowed
 * from the arena or from argv and live as long as the server. */
#ifndef VERBATIM_HTTP_SETTINGS_H
#define VERBATIM_HTTP_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct index_source { /* one collection: NAME=FILE[,FILE…] */
    const char *name;
    const char **paths;
    size_t count;
};

struct http_settings {
    const char *address;        /* numeric, IPv4 or IPv6 */
    uint16_t port;              /* 0: the system picks one */
    const char *socket_path;    /* a Unix socket instead of address and port; NULL: none */
    const char **allowed_hosts; /* beside the loopback's own names: HOST or HOST:PORT */
    size_t allowed_host_count;
    const char *cors_origin;      /* the one foreign origin that may ask; NULL: none */
    struct index_source *sources; /* the first is the default */
    size_t source_count;
    size_t threads;      /* that answer; at least 1 */
    size_t connections;  /* at most; more are answered 503 */
    size_t cache_bytes;  /* of inflated blocks, of all indexes together; 0: none */
    uint64_t budget_us;  /* for one query; 1 … QUESTION_BUDGET_MOST_US */
    uint64_t timeout_us; /* silence that ends a connection; the other deadlines are multiples */
    bool sandbox;
    bool root_ok;
    bool verbose; /* log what the HTTP library says of clients */
};

enum {
    SETTINGS_SOURCES_MOST = 64,
    SETTINGS_TIMEOUT_DEFAULT_S = 10,
    SETTINGS_CONNECTIONS_DEFAULT = 12000,
    SETTINGS_CACHE_DEFAULT = 128 << 20
};

/* The defaults; sources and hosts empty. */
void http_settings_init(struct http_settings *settings);

/* Reads NAME=FILE[,FILE]..., or FILE[,FILE]... whose name is the first file's without folder and
 * ".vbt", into the next source. Copies into the arena. STATUS_INVALID where the name or a path is
 * empty, a name holds other than letters, digits, '.', '_' and '-', or was given before. */
enum status http_settings_add_source(struct http_settings *settings, const char *argument,
                                     struct arena *arena, struct error *error);

/* What no server starts with, as another address than the loopback's and no --allow-host. */
enum status http_settings_check(const struct http_settings *settings, struct error *error);

#endif
