/* What somebody may be about to type: completions and corrections. */
#include "http/params.h"
#include "http/respond.h"
#include "http/routes.h"
#include "search/suggest_render.h"

struct suggest_params {
    struct slice text, name;
    uint32_t limit;
    bool opensearch;
};

static int shown(struct slice text)
{
    return (int)(text.size < 64 ? text.size : 64);
}

static bool refuse(struct request *request, const char *name, struct slice value,
                   const char *allowed)
{
    request->problem.parameter = name;
    problem_set(&request->problem, 400, "bad value '%.*s' for parameter '%s': allowed is %s",
                shown(value), value.data, name, allowed);
    return false;
}

static bool read_limit(struct slice value, uint32_t *limit)
{
    *limit = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return false;
        *limit = 10 * *limit + (uint32_t)(value.data[i] - '0');
        if (*limit > SUGGEST_LIMIT_MOST)
            return false;
    }
    return value.size > 0;
}

static bool set(struct request *request, struct suggest_params *params,
                const struct target_pair *pair)
{
    if (slice_equal(pair->name, SLICE("q"))) {
        params->text = pair->value;
    } else if (slice_equal(pair->name, SLICE("index"))) {
        params->name = pair->value;
    } else if (slice_equal(pair->name, SLICE("limit"))) {
        if (!read_limit(pair->value, &params->limit))
            return refuse(request, "limit", pair->value, "a whole number from 0 to 50");
    } else if (slice_equal(pair->name, SLICE("format"))) {
        params->opensearch = slice_equal(pair->value, SLICE("opensearch"));
        if (!params->opensearch && !slice_equal(pair->value, SLICE("json")))
            return refuse(request, "format", pair->value, "json, opensearch");
    } else {
        problem_name(&request->problem, pair->name);
        problem_set(&request->problem, 400,
                    "unknown parameter '%.*s': there are q, limit, format and index",
                    shown(pair->name), pair->name.data);
        return false;
    }
    return true;
}

static bool read_params(struct request *request, struct suggest_params *params)
{
    *params = (struct suggest_params){.limit = SUGGEST_LIMIT_DEFAULT};
    if (!params_once(request))
        return false;
    for (size_t i = 0; i < request->target.pair_count; i++)
        if (!set(request, params, &request->target.pairs[i]))
            return false;
    if (params->text.data)
        return true;
    request->problem.parameter = "q";
    problem_set(&request->problem, 400, "parameter 'q', what is typed so far, is missing");
    return false;
}

static void tag(struct reply *reply, const struct searcher_info *info,
                const struct suggest_params *params)
{
    struct bytes canonical = {0};
    bytes_format(&canonical, "suggest %u %d ", (unsigned)params->limit, params->opensearch);
    bytes_append_slice(&canonical, params->text);
    if (canonical.status == STATUS_OK)
        etag_make(reply->etag, info->checksum, bytes_slice(&canonical));
    bytes_release(&canonical);
}

static enum MHD_Result send_suggestions(struct request *request,
                                        const struct suggest_params *params,
                                        const struct searcher_info *info,
                                        const struct suggestions *suggestions)
{
    struct reply reply = {.status = 200, .type = "application/json", .cache = "no-cache"};
    if (params->opensearch) {
        reply.type = "application/x-suggestions+json";
        suggest_render_opensearch(&reply.body, suggestions);
    } else {
        suggest_render_json(&reply.body, suggestions);
    }
    bytes_append_string(&reply.body, "\n");
    tag(&reply, info, params);
    return respond(request, &reply);
}

enum MHD_Result route_suggest(struct request *request)
{
    struct suggest_params params;
    struct suggestions suggestions = {0};
    struct error error = {0};
    enum MHD_Result result = MHD_YES;
    if (!read_params(request, &params))
        return MHD_YES;
    struct served *served = params_index(request, params.name);
    if (!served)
        return MHD_YES;
    error.status =
        searcher_suggest(served->searcher, params.text, params.limit, &suggestions, &error);
    if (error.status == STATUS_OK)
        result = send_suggestions(request, &params, &served->info, &suggestions);
    else
        problem_from_error(&request->problem, &error);
    suggestions_release(&suggestions);
    return result;
}
