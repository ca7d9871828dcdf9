#include "http/params.h"

static const char *table_name(struct slice name)
{
    for (size_t i = 0; search_param_name(i); i++)
        if (slice_equal(slice_of_string(search_param_name(i)), name))
            return search_param_name(i);
    return NULL;
}

static bool refuse(struct request *request, const char *parameter, const struct error *error)
{
    request->problem.parameter = parameter;
    problem_from_error(&request->problem, error);
    return false;
}

bool params_once(struct request *request)
{
    enum { SHOWN_BYTES = 64 };
    const struct target_pair *pair = target_repeated(&request->target);
    if (!pair)
        return true;
    size_t shown = pair->name.size < SHOWN_BYTES ? pair->name.size : SHOWN_BYTES;
    request->problem.parameter = table_name(pair->name);
    problem_set(&request->problem, 400, "parameter '%.*s' is given twice", (int)shown,
                shown ? pair->name.data : "");
    return false;
}

bool params_read(struct request *request, struct search_params *params, struct served **served)
{
    struct error error = {0};
    search_params_init(params);
    if (!params_once(request))
        return false;
    for (size_t i = 0; i < request->target.pair_count; i++) {
        const struct target_pair *pair = &request->target.pairs[i];
        if (search_params_set(params, pair->name, pair->value, &error) != STATUS_OK)
            return refuse(request, table_name(pair->name), &error);
    }
    if (search_params_check(params, &error) != STATUS_OK)
        return refuse(request, NULL, &error);
    *served = generation_find(request->generation, params->source_index);
    if (*served)
        return true;
    request->problem.parameter = "index";
    problem_set(&request->problem, 404,
                "no index of that name is served; /indexes names those that are");
    return false;
}

const char *params_type(enum render_format format)
{
    switch (format) {
    case RENDER_JSON:
        return "application/json";
    case RENDER_CSV:
        return "text/csv; charset=utf-8; header=present";
    case RENDER_TSV:
    case RENDER_COUNTS:
        return "text/tab-separated-values; charset=utf-8";
    default:
        return "text/plain; charset=utf-8";
    }
}
