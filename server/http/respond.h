/* Replies: the headers that all of them carry, gzip, entity tags. */
#ifndef VERBATIM_HTTP_RESPOND_H
#define VERBATIM_HTTP_RESPOND_H

#include <microhttpd.h>

#include "base/bytes.h"
#include "http/request.h"

enum { ETAG_BYTES = 64 };

struct reply {
    unsigned status;
    const char *type;   /* of the content; NULL: none */
    struct bytes body;  /* taken */
    struct slice fixed; /* instead of body: bytes that outlive the server */
    struct slice
        fixed_gzip;         /* the same squeezed; empty: squeeze when asked, where it is worth it */
    const char *cache;      /* Cache-Control; NULL: no-store */
    char etag[ETAG_BYTES];  /* empty: none */
    const char *allow;      /* the methods; NULL: not said */
    unsigned retry_after_s; /* 0: not said */
};

/* Queues the reply, or 304 where the client has it already. HEAD is the library's affair. */
enum MHD_Result respond(struct request *request, struct reply *reply);

/* Queues the request's problem. */
enum MHD_Result respond_problem(struct request *request);

/* Writes the problem to the socket by hand and ends the connection, where the library would not let
 * us answer. Best effort. */
void respond_on_socket(struct request *request, const struct problem *problem);

/* Adds the headers that every reply has, and those of CORS where they are due. */
void respond_add_headers(const struct request *request, struct MHD_Response *response);

/* A weak tag of an index, this program and whatever else makes the answer what it is. */
void etag_make(char etag[ETAG_BYTES], const char *checksum, struct slice rest);
/* Whether If-None-Match names this tag (weakly compared) or is "*". */
bool etag_matches(const char *etag, struct slice if_none_match);

#endif
