#include "http/handler.h"

#include "base/clock.h"
#include "http/batch_job.h"
#include "http/checks.h"
#include "http/respond.h"
#include "http/routes.h"
#include "http/server_state.h"
#include "http/watchdog.h"

enum {
    DISCARD_FACTOR = 4
}; /* of a body that is too large, so much is read and dropped before the reply */

static struct client *client_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* The library splits arguments into its own small memory before it asks us anything, and where they
 * are too many it never answers at all: so that is answered here, by hand. */
void *handler_first_line(void *context, const char *target, struct MHD_Connection *connection)
{
    struct server *server = context;
    struct request *request = request_new(server, connection, target);
    if (!request)
        return NULL;
    request->client = client_of(connection);
    request->started_us = clock_microseconds();
    if (request->client) {
        request->client->request = request;
        client_expect(request->client, server_header_us(server));
    }
    if (request->fault == TARGET_TOO_MANY_PAIRS) {
        struct problem problem = {0};
        problem_set(&problem, 414, "more than %d parameters", TARGET_PAIRS_MOST);
        respond_on_socket(request, &problem);
    }
    return request;
}

static void refuse_crowd(struct request *request)
{
    if (request->client && !request->client->over_limit)
        return;
    problem_set(&request->problem, 503, "too many connections");
    request->problem.retry_after_s = 1;
    request->close = true;
}

static uint64_t number_of(struct slice digits)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.size && value < UINT64_MAX / 16; i++)
        value = value * 10 + (uint64_t)(digits.data[i] - '0');
    return value;
}

static bool has_body(const struct request *request)
{
    return request->headers.transfer_encoding.size ||
           number_of(request->headers.content_length) > 0;
}

static void check_body(struct request *request)
{
    if (request->problem.status || !has_body(request))
        return;
    const struct route *route = request->route;
    uint64_t size = number_of(request->headers.content_length);
    if (!route || !route->begin_body)
        problem_set(&request->problem, 413, "this path takes no body");
    else if (size > DISCARD_FACTOR * route->body_bytes_most ||
             (size > route->body_bytes_most && request->headers.expect.size))
        problem_set(&request->problem, 413, "a body of more than %zu bytes",
                    route->body_bytes_most);
}

/* Looks at the header. Returns false where a reply is queued already: a refusal that need not wait
 * for a body, which ends the connection. */
static bool begin(struct request *request, const char *method, const char *version,
                  enum MHD_Result *result)
{
    struct server *server = request->server;
    request->begun = true;
    request->counted = true;
    request->started_us = clock_microseconds();
    atomic_fetch_add(&server->metrics.in_flight, 1);
    refuse_crowd(request);
    checks_header(request, method, version);
    if (request->problem.status == 0)
        routes_find(request);
    if (request->problem.status == 0)
        checks_site(request);
    check_body(request);
    if (request->problem.status == 0 && request->route && request->route->begin_body &&
        request->method == METHOD_POST)
        request->route->begin_body(request);
    if (request->client)
        client_expect(request->client, server_body_us(server));
    if (request->problem.status && has_body(request)) {
        request->close = true;
        *result = respond_problem(request);
        return false;
    }
    return true;
}

/* Keeps a piece of a body; what is over the limit is counted and dropped, and far over it the
 * connection ends. */
static enum MHD_Result add_to_body(struct request *request, const char *data, size_t *size)
{
    size_t most = request->route->body_bytes_most;
    request->body_seen += *size;
    if (request->body_seen > DISCARD_FACTOR * most) {
        struct problem problem = {0};
        problem_set(&problem, 413, "a body of more than %zu bytes", most);
        respond_on_socket(request, &problem);
        return MHD_NO;
    }
    if (request->body_seen <= most)
        bytes_append(&request->body, data, *size);
    else
        bytes_release(&request->body);
    *size = 0;
    return MHD_YES;
}

static void check_whole_body(struct request *request)
{
    if (request->route && request->route->begin_body &&
        request->body_seen > request->route->body_bytes_most) {
        problem_set(&request->problem, 413, "a body of more than %zu bytes",
                    request->route->body_bytes_most);
        request->close = true;
    }
    if (request->body.status) {
        problem_set(&request->problem, 503, "out of memory for the body");
        request->problem.retry_after_s = 1;
    }
}

static enum MHD_Result answer(struct request *request)
{
    enum MHD_Result result = MHD_YES;
    check_whole_body(request);
    if (request->problem.status == 0 && request->method == METHOD_OPTIONS)
        return routes_answer_options(request);
    if (request->problem.status == 0) {
        request->generation = library_current(request->server->library);
        result = request->route->answer(request);
    }
    return request->problem.status && request->status == 0 ? respond_problem(request) : result;
}

enum MHD_Result handler_request(void *context, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *size, void **state)
{
    (void)context, (void)connection, (void)url;
    struct request *request = *state;
    if (!request || request->answered)
        return MHD_NO;
    enum MHD_Result result = MHD_YES;
    /* A reply on the first call would end the connection, so it only looks. */
    if (!request->begun)
        return begin(request, method, version, &result) ? MHD_YES : result;
    if (*size)
        return add_to_body(request, data, size);
    return answer(request);
}

static void end(struct server *server, struct request *request)
{
    if (request->batch)
        batch_job_leave(request->batch);
    if (request->status)
        metrics_count(&server->metrics, request->route_id, request->status,
                      clock_microseconds() - request->started_us);
    if (request->counted)
        atomic_fetch_sub(&server->metrics.in_flight, 1);
    if (request->client) {
        request->client->request = NULL;
        client_expect(request->client, server_idle_us(server));
    }
    request_free(request);
}

void handler_completed(void *context, struct MHD_Connection *connection, void **state,
                       enum MHD_RequestTerminationCode how)
{
    (void)connection, (void)how;
    if (*state)
        end(context, *state);
    *state = NULL;
}

void handler_connection(void *context, struct MHD_Connection *connection, void **state,
                        enum MHD_ConnectionNotificationCode what)
{
    struct server *server = context;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        struct client *client = *state;
        if (client &&
            client->request) /* after some errors the library does not say that it is over */
            end(server, client->request);
        watchdog_leave(server->watchdog, client);
        *state = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *state =
        info ? watchdog_enter(server->watchdog, info->connect_fd, server_idle_us(server)) : NULL;
}
