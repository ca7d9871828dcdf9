/* One request from its first line to the end of its reply. Born when its first line has come, freed
 * when the library says that it is over; all on one thread of the library's. */
#ifndef VERBATIM_HTTP_REQUEST_H
#define VERBATIM_HTTP_REQUEST_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "http/generation.h"
#include "http/problem.h"
#include "http/route_id.h"
#include "http/target.h"

struct server;
struct client;
struct batch_job;
struct route;

enum method {
    METHOD_GET = 1,
    METHOD_HEAD = 2,
    METHOD_POST = 4,
    METHOD_OPTIONS = 8,
    METHOD_KNOWN = 16,
    METHOD_NONE = 32
};

struct request_headers { /* borrowed from the connection; empty where absent */
    struct slice host, origin, fetch_site, fetch_mode, fetch_dest;
    struct slice accept_encoding, if_none_match, expect;
    struct slice forwarded_proto; /* by what a proxy was asked */
    struct slice content_length, transfer_encoding, content_type;
};

struct request {
    struct server *server;
    struct MHD_Connection *connection;
    struct client *client; /* NULL where memory had ended */
    const char *raw;       /* where the library keeps the target: only to compare places */
    char *text;            /* our copy of it, owned */
    size_t text_size;
    enum target_fault fault;
    bool answered; /* on the socket itself: nothing more is to be said */
    bool counted;  /* as in flight */
    bool begun;    /* its header has been looked at */
    bool close;    /* the connection ends with the reply */
    enum method method;
    struct target target;
    struct request_headers headers;
    const struct route *route;
    enum route_id route_id;
    struct slice rest; /* of the path, behind a route's prefix; not decoded */
    struct generation *generation;
    struct problem problem; /* status 0: none */
    struct bytes body;
    size_t body_seen;        /* bytes that came, kept or not */
    struct batch_job *batch; /* a reference of it */
    uint64_t started_us;
    unsigned status; /* of the reply; 0 before there is one */
};

/* NULL where memory ends. Takes no reference of anything. */
struct request *request_new(struct server *server, struct MHD_Connection *connection,
                            const char *raw);
void request_free(struct request *request); /* NULL is allowed */

#endif
