#include "http/respond.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "http/gzip.h"
#include "http/server_state.h"
#include "http/watchdog.h"

/* More than that is sent as it is: squeezing it takes longer than sending it nearby. */
enum { GZIP_LEVEL = 2, GZIP_WORTH_BYTES = 1024, GZIP_MOST_BYTES = 8 << 20 };

static const char security_policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; "
                                      "connect-src 'self'; img-src 'self' data:; "
                                      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    MHD_add_response_header(response, name, value);
}

static bool asked_across(const struct request *request)
{
    return request->headers.origin.size &&
           hosts_cors_origin(&request->server->hosts, request->headers.origin);
}

void respond_add_headers(const struct request *request, struct MHD_Response *response)
{
    add(response, "Content-Security-Policy", security_policy);
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "Referrer-Policy", "no-referrer");
    const char *cors = request->server->hosts.cors_origin;
    add(response, "Vary", cors ? "Accept-Encoding, Origin" : "Accept-Encoding");
    add(response, "Cross-Origin-Resource-Policy", cors ? "cross-origin" : "same-origin");
    if (asked_across(request)) {
        add(response, "Access-Control-Allow-Origin", cors);
        add(response, "Access-Control-Expose-Headers", "ETag");
    }
    if (request->close || atomic_load_explicit(&request->server->draining, memory_order_relaxed))
        add(response, "Connection", "close");
}

static void add_number(struct MHD_Response *response, const char *name, unsigned value)
{
    char text[16];
    snprintf(text, sizeof text, "%u", value);
    add(response, name, text);
}

static void add_preflight(const struct request *request, struct MHD_Response *response)
{
    if (request->method != METHOD_OPTIONS || !asked_across(request))
        return;
    add(response, "Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS");
    add(response, "Access-Control-Allow-Headers", "Content-Type, If-None-Match");
    add(response, "Access-Control-Max-Age", "600");
}

/* The body to send, squeezed where that was asked for and pays; *gzipped says which. */
static struct slice choose_body(const struct request *request, struct reply *reply, bool *gzipped)
{
    struct slice plain = reply->fixed.data ? reply->fixed : bytes_slice(&reply->body);
    *gzipped = plain.size >= GZIP_WORTH_BYTES && plain.size <= GZIP_MOST_BYTES &&
               gzip_accepted(request->headers.accept_encoding);
    if (!*gzipped)
        return plain;
    if (reply->fixed_gzip.size)
        return reply->fixed_gzip;
    struct bytes squeezed = {0};
    *gzipped = gzip_whole(plain, GZIP_LEVEL, &squeezed) == STATUS_OK;
    if (!*gzipped) {
        bytes_release(&squeezed);
        return plain;
    }
    bytes_release(&reply->body);
    reply->body = squeezed;
    reply->fixed = (struct slice){0};
    return bytes_slice(&reply->body);
}

/* The library's response over these bytes; it frees them later where they are the reply's own. */
static struct MHD_Response *make_response(struct reply *reply, struct slice body)
{
    void *data = (void *)(uintptr_t)body.data;
    if (body.size == 0 || data != reply->body.data)
        return MHD_create_response_from_buffer(body.size, data, MHD_RESPMEM_PERSISTENT);
    struct MHD_Response *response =
        MHD_create_response_from_buffer_with_free_callback(body.size, data, memory_free);
    if (response)
        reply->body = (struct bytes){0};
    return response;
}

static enum MHD_Result queue(struct request *request, struct reply *reply)
{
    bool gzipped = false;
    struct slice body = choose_body(request, reply, &gzipped);
    struct MHD_Response *response = make_response(reply, body);
    enum MHD_Result result = MHD_NO;
    if (response) {
        respond_add_headers(request, response);
        add_preflight(request, response);
        if (reply->type)
            add(response, "Content-Type", reply->type);
        if (gzipped)
            add(response, "Content-Encoding", "gzip");
        add(response, "Cache-Control", reply->cache ? reply->cache : "no-store");
        if (reply->etag[0])
            add(response, "ETag", reply->etag);
        if (reply->allow)
            add(response, "Allow", reply->allow);
        if (reply->retry_after_s)
            add_number(response, "Retry-After", reply->retry_after_s);
        request->status = reply->status;
        if (request->client)
            client_expect(request->client, server_reply_us(request->server, body.size));
        result = MHD_queue_response(request->connection, reply->status, response);
        MHD_destroy_response(response);
    }
    bytes_release(&reply->body);
    return result;
}

enum MHD_Result respond(struct request *request, struct reply *reply)
{
    if (reply->body.status) {
        bytes_release(&reply->body);
        problem_set(&request->problem, 503, "out of memory for the answer");
        return respond_problem(request);
    }
    if (reply->etag[0] && etag_matches(reply->etag, request->headers.if_none_match)) {
        bytes_release(&reply->body);
        reply->fixed = reply->fixed_gzip = (struct slice){0};
        reply->type = NULL;
        reply->status = 304;
    }
    return queue(request, reply);
}

enum MHD_Result respond_problem(struct request *request)
{
    struct reply reply = {
        .status = request->problem.status,
        .type = "application/problem+json",
        .allow = request->problem.allow,
        .retry_after_s = request->problem.retry_after_s,
    };
    problem_render(&request->problem, &reply.body);
    if (reply.body.status) {
        bytes_release(&reply.body);
        reply.type = NULL;
    }
    return queue(request, &reply);
}

void respond_on_socket(struct request *request, const struct problem *problem)
{
    struct bytes body = {0}, reply = {0};
    problem_render(problem, &body);
    bytes_format(
        &reply,
        "HTTP/1.1 %u %s\r\nContent-Type: application/problem+json\r\nContent-Length: %zu\r\n"
        "Content-Security-Policy: %s\r\nX-Content-Type-Options: nosniff\r\n"
        "Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        problem->status, problem_title(problem->status), body.size, security_policy);
    bytes_append_slice(&reply, bytes_slice(&body));
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info && reply.status == STATUS_OK) {
        /* Nobody can do more about a socket that takes no bytes now. */
        ssize_t sent = send(info->connect_fd, reply.data, reply.size, MSG_DONTWAIT | MSG_NOSIGNAL);
        (void)sent;
        shutdown(info->connect_fd, SHUT_WR);
    }
    request->answered = true;
    request->status = problem->status;
    bytes_release(&body);
    bytes_release(&reply);
}
