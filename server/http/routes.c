#include "http/routes.h"

#include "http/batch_job.h"
#include "http/respond.h"

static const struct route table[] = {
    {"/", METHOD_GET, ROUTE_PAGE, route_page, NULL, 0},
    {"/style.css", METHOD_GET, ROUTE_PAGE, route_page, NULL, 0},
    {"/script.js", METHOD_GET, ROUTE_PAGE, route_page, NULL, 0},
    {"/icon.svg", METHOD_GET, ROUTE_PAGE, route_page, NULL, 0},
    {"/search", METHOD_GET, ROUTE_SEARCH, route_search, NULL, 0},
    {"/timeline", METHOD_GET, ROUTE_TIMELINE, route_timeline, NULL, 0},
    {"/suggest", METHOD_GET, ROUTE_SUGGEST, route_suggest, NULL, 0},
    {"/search/batch", METHOD_POST, ROUTE_BATCH, route_batch, route_batch_begin, BATCH_BYTES_MOST},
    {"/quote", METHOD_POST, ROUTE_QUOTE, route_quote, route_quote_begin, QUOTE_BODY_BYTES_MOST},
    {"/articles/", METHOD_GET, ROUTE_ARTICLE, route_article, NULL, 0},
    {"/indexes", METHOD_GET, ROUTE_INDEXES, route_indexes, NULL, 0},
    {"/opensearch.xml", METHOD_GET, ROUTE_OPENSEARCH, route_opensearch, NULL, 0},
    {"/openapi.json", METHOD_GET, ROUTE_OPENAPI, route_page, NULL, 0},
    {"/healthz", METHOD_GET, ROUTE_HEALTH, route_health, NULL, 0},
    {"/readyz", METHOD_GET, ROUTE_READY, route_ready, NULL, 0},
    {"/metrics", METHOD_GET, ROUTE_METRICS, route_metrics, NULL, 0},
};

static bool matches(const struct route *route, struct slice path, struct slice *rest)
{
    struct slice pattern = slice_of_string(route->path);
    bool prefix = pattern.size > 1 && pattern.data[pattern.size - 1] == '/';
    if (!prefix || path.size <= pattern.size || !slice_starts_with(path, pattern))
        return slice_equal(path, pattern) && !prefix;
    *rest = slice_from(path, pattern.size);
    return true;
}

static const char *allowed(const struct route *route)
{
    return route->methods & METHOD_POST ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
}

static unsigned methods_of(const struct route *route)
{
    return route->methods | METHOD_OPTIONS | (route->methods & METHOD_GET ? METHOD_HEAD : 0);
}

static const struct route *find(struct slice path, struct slice *rest)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (matches(&table[i], path, rest))
            return &table[i];
    return NULL;
}

void routes_find(struct request *request)
{
    struct slice path = request->target.path;
    if (slice_equal(path, SLICE("*")) && request->method == METHOD_OPTIONS)
        return;
    const struct route *route = find(path, &request->rest);
    if (!route) {
        problem_set(&request->problem, 404,
                    "there is nothing at this path; /openapi.json names all there is");
        return;
    }
    request->route = route;
    request->route_id = route->id;
    if (methods_of(route) & request->method)
        return;
    request->problem.allow = allowed(route);
    problem_set(&request->problem, 405, "this path takes %s only", request->problem.allow);
}

enum MHD_Result routes_answer_options(struct request *request)
{
    struct reply reply = {
        .status = 204,
        .allow = request->route ? allowed(request->route) : "GET, HEAD, POST, OPTIONS",
    };
    return respond(request, &reply);
}
