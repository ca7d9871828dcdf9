/* One question, its ranked answers. */
#include "http/params.h"
#include "http/respond.h"
#include "http/routes.h"
#include "http/server_state.h"
#include "search/searcher.h"

enum { REPLY_BYTES = 1024, HIT_BYTES = 768 }; /* as many as most take */

/* Equal tags are equal answers: the index's bytes, the program, and the question as it was
 * understood. */
static void tag_answer(struct reply *reply, struct search_params params,
                       const struct searcher_info *info, const struct answer *answer)
{
    struct bytes canonical = {0};
    params.question.text = answer->parsed;
    search_params_write(&params, &canonical);
    if (canonical.status == STATUS_OK)
        etag_make(reply->etag, info->checksum, bytes_slice(&canonical));
    bytes_release(&canonical);
}

static void refuse(struct request *request, const struct search_params *params,
                   const struct answer *answer, const struct error *error)
{
    if (params->question.strict && error->status == STATUS_INVALID) {
        request->problem.has_position = true;
        request->problem.position = answer->strict_at;
        request->problem.parameter = "q";
    }
    problem_from_error(&request->problem, error);
}

static enum MHD_Result send_answer(struct request *request, const struct search_params *params,
                                   const struct searcher_info *info, struct answer *answer)
{
    struct reply reply = {.status = 200, .type = params_type(params->format), .cache = "no-cache"};
    struct render_options options = {
        .format = params->format,
        .unmarked = params->unmarked,
        .lines = params->question.kwic,
        .name_index = request->generation->count > 1,
    };
    bytes_reserve(&reply.body, REPLY_BYTES + answer->hit_count * HIT_BYTES);
    render_answer(&reply.body, info, answer, &options, true);
    if (params->format == RENDER_JSON)
        bytes_append_string(&reply.body, "\n");
    if (answer->partial.size || (answer->why && answer->why->partial))
        reply.cache = NULL;
    else
        tag_answer(&reply, *params, info, answer);
    return respond(request, &reply);
}

enum MHD_Result route_search(struct request *request)
{
    struct search_params params;
    struct served *served;
    if (!params_read(request, &params, &served))
        return MHD_YES;
    if (!params.question.text.data) {
        request->problem.parameter = "q";
        problem_set(&request->problem, 400, "parameter 'q', the query, is missing");
        return MHD_YES;
    }
    params.question.budget_us = request->server->settings->budget_us;
    params.question.why = params.question.corrections = params.question.also_written =
        params.format == RENDER_JSON || params.format == RENDER_TEXT;
    search_params_collapse(&params);
    struct answer answer = {0};
    struct error error = {0};
    enum MHD_Result result = MHD_YES;
    error.status = searcher_ask(served->searcher, &params.question, &answer, &error);
    if (error.status == STATUS_OK) {
        if (answer.partial.size)
            atomic_fetch_add(&request->server->metrics.partial_answers, 1);
        result = send_answer(request, &params, &served->info, &answer);
    } else {
        refuse(request, &params, &answer, &error);
    }
    answer_release(&answer);
    return result;
}
