#include "http/params.h"

/* How much of a stranger's text a message shows. */
enum { SHOWN_BYTES = 64 };

static int shown(struct slice text)
{
    return (int)(text.size < SHOWN_BYTES ? text.size : SHOWN_BYTES);
}

static bool refuse(struct request *request, const struct error *error)
{
    problem_from_error(&request->problem, error);
    return false;
}

bool params_once(struct request *request)
{
    const struct target_pair *pair = target_repeated(&request->target);
    if (!pair)
        return true;
    problem_name(&request->problem, pair->name);
    problem_set(&request->problem, 400, "parameter '%.*s' is given twice", shown(pair->name),
                pair->name.size ? pair->name.data : "");
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
        if (search_params_set(params, pair->name, pair->value, &error) == STATUS_OK)
            continue;
        problem_name(&request->problem, pair->name);
        return refuse(request, &error);
    }
    if (search_params_check(params, &error) != STATUS_OK)
        return refuse(request, &error);
    *served = params_index(request, params->source_index);
    return *served != NULL;
}

struct served *params_index(struct request *request, struct slice name)
{
    struct served *served = generation_find(request->generation, name);
    if (served)
        return served;
    request->problem.parameter = "index";
    problem_set(&request->problem, 404, "no index '%.*s' is served; /indexes names those that are",
                shown(name), name.data);
    return NULL;
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
