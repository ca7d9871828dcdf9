/* The files that are compiled in, each under its own path. */
#include "http/embedded.h"
#include "http/respond.h"
#include "http/routes.h"

enum MHD_Result route_page(struct request *request)
{
    const struct embedded *file = embedded_find(request->target.path);
    struct reply reply = {
        .status = 200,
        .type = file->type,
        .fixed = embedded_bytes(file),
        .cache = "no-cache",
    };
    etag_make(reply.etag, "page", reply.fixed);
    return respond(request, &reply);
}
