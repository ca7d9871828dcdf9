/* How a browser adds this server to its search bar. */
#include "http/embedded.h"
#include "http/respond.h"
#include "http/routes.h"

static const char placeholder[] = "@ORIGIN@";

/* The Host has been found among our own names, of which an operator may have given any. */
static void append_escaped(struct bytes *out, struct slice host)
{
    for (size_t i = 0; i < host.size; i++)
        if (strchr("<>&\"'", host.data[i]))
            bytes_format(out, "&#%d;", host.data[i]);
        else
            bytes_put_u8(out, (uint8_t)host.data[i]);
}

/* The scheme by which the browser came, which behind a proxy that has TLS is the proxy's. */
static const char *scheme(const struct request *request)
{
    return slice_equal(request->headers.forwarded_proto, SLICE("https")) ? "https://" : "http://";
}

enum MHD_Result route_opensearch(struct request *request)
{
    struct slice rest = embedded_opensearch();
    struct reply reply = {
        .status = 200,
        .type = "application/opensearchdescription+xml",
        .cache = "no-cache",
    };
    const char *found;
    while ((found = memmem(rest.data, rest.size, placeholder, sizeof placeholder - 1))) {
        size_t before = (size_t)(found - rest.data);
        bytes_append(&reply.body, rest.data, before);
        bytes_append_string(&reply.body, scheme(request));
        append_escaped(&reply.body, request->headers.host);
        rest = slice_from(rest, before + sizeof placeholder - 1);
    }
    bytes_append_slice(&reply.body, rest);
    etag_make(reply.etag, "opensearch", bytes_slice(&reply.body));
    return respond(request, &reply);
}
