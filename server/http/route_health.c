/* For supervisors: whether the process lives, and whether it should be sent questions. */
#include "base/error.h"
#include "base/json_write.h"
#include "http/respond.h"
#include "http/routes.h"
#include "http/server_state.h"

enum MHD_Result route_health(struct request *request)
{
    struct reply reply = {
        .status = 200, .type = "application/json", .fixed = SLICE("{\"status\":\"ok\"}\n")};
    return respond(request, &reply);
}

/* A new file that cannot be opened is told here but does not make the server unready: the old one
 * answers. */
enum MHD_Result route_ready(struct request *request)
{
    struct server *server = request->server;
    if (atomic_load(&server->draining)) {
        problem_set(&request->problem, 503, "the server is stopping");
        return MHD_YES;
    }
    struct reply reply = {.status = 200, .type = "application/json"};
    struct json_writer w = {.out = &reply.body};
    char fault[sizeof((struct error *)0)->text];
    json_begin_object(&w);
    json_member_string(&w, "status", SLICE("ready"));
    json_member_uint(&w, "generation", request->generation->number);
    if (library_fault(server->library, fault, sizeof fault))
        json_member_string(&w, "reload_error", slice_of_string(fault));
    json_end_object(&w);
    bytes_append_string(&reply.body, "\n");
    return respond(request, &reply);
}
