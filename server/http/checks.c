#include "http/checks.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "http/server_state.h"

enum { SHOWN_BYTES = 100 }; /* of a name that is refused */

struct walk {
    struct request *request;
    size_t bytes, count;
    size_t hosts, lengths, encodings;
    const char *expected; /* where the next name stands if the line before it ended in CR LF */
};

/* RFC 9110, 5.6.2: a token. */
static bool token_byte(unsigned char c)
{
    return isalnum(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool name_good(const char *name, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!token_byte((unsigned char)name[i]))
            return false;
    return size > 0;
}

static bool value_good(const char *value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (((unsigned char)value[i] < ' ' && value[i] != '\t') || value[i] == 0x7F)
            return false;
    return true;
}

static bool same_name(struct slice name, const char *other)
{
    return name.size == strlen(other) && strncasecmp(name.data, other, name.size) == 0;
}

/* Where a header's value is kept; NULL where nobody needs it. Counts what may come only once. */
static struct slice *place_of(struct walk *walk, struct slice name)
{
    struct request_headers *h = &walk->request->headers;
    if (same_name(name, "Host"))
        return walk->hosts++, &h->host;
    if (same_name(name, "Content-Length"))
        return walk->lengths++, &h->content_length;
    if (same_name(name, "Transfer-Encoding"))
        return walk->encodings++, &h->transfer_encoding;
    const struct {
        const char *name;
        struct slice *place;
    } others[] = {
        {"Origin", &h->origin},
        {"Sec-Fetch-Site", &h->fetch_site},
        {"Sec-Fetch-Mode", &h->fetch_mode},
        {"Sec-Fetch-Dest", &h->fetch_dest},
        {"Accept-Encoding", &h->accept_encoding},
        {"If-None-Match", &h->if_none_match},
        {"Expect", &h->expect},
        {"X-Forwarded-Proto", &h->forwarded_proto},
        {"Content-Type", &h->content_type},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (same_name(name, others[i].name))
            return others[i].place;
    return NULL;
}

/* The library reads lines that end in LF alone, stops at NUL and joins folded lines, where others
 * read on; but it leaves the lines where they came, so names and values that are not exactly a CR
 * LF apart tell. */
static bool line_whole(struct walk *walk, const char *name, const char *value, size_t value_size)
{
    bool whole = name == walk->expected;
    walk->expected = value + value_size + 2;
    return whole;
}

static struct slice trim_end(struct slice value)
{
    while (value.size && (value.data[value.size - 1] == ' ' || value.data[value.size - 1] == '\t'))
        value.size--;
    return value;
}

static enum MHD_Result see_header(void *context, enum MHD_ValueKind kind, const char *name,
                                  size_t name_size, const char *value, size_t value_size)
{
    (void)kind;
    struct walk *walk = context;
    struct problem *problem = &walk->request->problem;
    walk->count++;
    walk->bytes += name_size + value_size + 4;
    value = value ? value : "";
    if (!line_whole(walk, name, value, value_size))
        problem_set(problem, 400, "a header line does not end in CR LF, is folded, or holds NUL");
    if (!name_good(name, name_size))
        problem_set(problem, 400, "a header's name holds what is not allowed there");
    if (!value_good(value, value_size))
        problem_set(problem, 400, "a header's value holds a control character");
    struct slice *place = place_of(walk, (struct slice){name, name_size});
    if (place)
        *place = (struct slice){value, value_size};
    /* The library takes this one as it stands, so "chunked " is no "chunked" for us either. */
    if (place && place != &walk->request->headers.transfer_encoding)
        *place = trim_end(*place);
    return MHD_YES;
}

/* Behind the last header: its own CR LF and that of the empty line, each made NUL by the library.
 * There is always more of the connection's memory behind, where the library keeps its list of
 * headers. */
static void check_last_line(struct walk *walk)
{
    if (walk->count && (walk->expected[-1] || walk->expected[0] || walk->expected[1]))
        problem_set(&walk->request->problem, 400,
                    "a header line does not end in CR LF, or holds NUL");
}

static void check_framing(struct walk *walk)
{
    struct problem *problem = &walk->request->problem;
    const struct request_headers *h = &walk->request->headers;
    if (walk->hosts != 1)
        problem_set(problem, 400, walk->hosts ? "more than one Host header" : "no Host header");
    if (walk->lengths > 1)
        problem_set(problem, 400, "more than one Content-Length");
    if (walk->encodings && walk->lengths)
        problem_set(problem, 400, "both Content-Length and Transfer-Encoding");
    if (walk->encodings > 1 || (walk->encodings && !same_name(h->transfer_encoding, "chunked")))
        problem_set(problem, 400, "a Transfer-Encoding other than 'chunked'");
    for (size_t i = 0; i < h->content_length.size; i++)
        if (!isdigit((unsigned char)h->content_length.data[i]))
            problem_set(problem, 400, "a Content-Length that is no number");
}

static void check_size(const struct walk *walk)
{
    if (walk->bytes > HEADER_BYTES_MOST)
        problem_set(&walk->request->problem, 431, "headers of %zu bytes: at most %d are allowed",
                    walk->bytes, HEADER_BYTES_MOST);
    if (walk->count > HEADERS_MOST)
        problem_set(&walk->request->problem, 431, "%zu headers: at most %d are allowed",
                    walk->count, HEADERS_MOST);
}

static void refuse_name(struct request *request, struct slice name)
{
    int shown = (int)(name.size < SHOWN_BYTES ? name.size : SHOWN_BYTES);
    problem_set(&request->problem, 421,
                "this server does not answer to '%.*s'; --allow-host adds names", shown, name.data);
}

static void check_host(struct request *request)
{
    const struct hosts *hosts = &request->server->hosts;
    struct slice authority = request->target.authority;
    if (!hosts_allow(hosts, request->headers.host))
        refuse_name(request, request->headers.host);
    else if (authority.size && !hosts_allow(hosts, authority))
        refuse_name(request, authority);
}

static enum method method_of(const char *method)
{
    static const struct {
        const char *name;
        enum method method;
    } methods[] = {
        {"GET", METHOD_GET},         {"HEAD", METHOD_HEAD},   {"POST", METHOD_POST},
        {"OPTIONS", METHOD_OPTIONS}, {"PUT", METHOD_KNOWN},   {"DELETE", METHOD_KNOWN},
        {"PATCH", METHOD_KNOWN},     {"TRACE", METHOD_KNOWN}, {"CONNECT", METHOD_KNOWN},
    };
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].name, method) == 0)
            return methods[i].method;
    return METHOD_NONE;
}

static void check_target(struct request *request, const char *version)
{
    struct problem *problem = &request->problem;
    if (request->fault == TARGET_TOO_LONG)
        problem_set(problem, 414,
                    "a target of more than %d bytes: POST /search/batch takes longer queries",
                    TARGET_BYTES_MOST);
    if (request->fault == TARGET_MALFORMED)
        problem_set(problem, 400, "the request line's target is neither a path nor an http URL");
    if (request->fault == TARGET_GOOD && request->raw + request->text_size + 1 != version)
        problem_set(problem, 400,
                    "the request line holds more than a method, a target and a version");
}

void checks_header(struct request *request, const char *method, const char *version)
{
    struct walk walk = {.request = request, .expected = version + strlen(version) + 2};
    request->method = method_of(method);
    MHD_get_connection_values_n(request->connection, MHD_HEADER_KIND, see_header, &walk);
    check_last_line(&walk);
    check_target(request, version);
    check_framing(&walk);
    check_size(&walk);
    if (request->problem.status == 0)
        check_host(request);
    if (request->method == METHOD_NONE)
        problem_set(&request->problem, 501,
                    "no such method; there are GET, HEAD, POST and OPTIONS");
    request->close = request->close || request->problem.status != 0;
}

/* A link that is followed, as one from another page's text: it shows nothing to the page that holds
 * it. */
static bool navigation(const struct request *request)
{
    const struct request_headers *h = &request->headers;
    return (request->method == METHOD_GET || request->method == METHOD_HEAD) &&
           slice_equal(h->fetch_mode, SLICE("navigate")) &&
           (h->fetch_dest.size == 0 || slice_equal(h->fetch_dest, SLICE("document")));
}

static bool own_site(struct slice fetch_site)
{
    return fetch_site.size == 0 || slice_equal(fetch_site, SLICE("same-origin")) ||
           slice_equal(fetch_site, SLICE("none"));
}

void checks_site(struct request *request)
{
    const struct request_headers *h = &request->headers;
    const struct hosts *hosts = &request->server->hosts;
    if (h->origin.size && hosts_cors_origin(hosts, h->origin))
        return;
    if (h->origin.size && !hosts_own_origin(hosts, h->origin))
        problem_set(&request->problem, 403,
                    "another site's page may not ask; --cors names the one that may");
    if (!own_site(h->fetch_site) && !navigation(request))
        problem_set(&request->problem, 403, "another site's page may not ask");
}
