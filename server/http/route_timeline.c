/* How many articles a question finds by day, month or year. */
#include "http/params.h"
#include "http/respond.h"
#include "http/routes.h"
#include "http/server_state.h"
#include "search/searcher.h"

enum { REPLY_BYTES = 4096 };

static void tag_answer(struct reply *reply, struct search_params params,
                       const struct searcher_info *info, const struct answer *answer)
{
    struct bytes canonical = {0};
    params.question.text = answer->parsed;
    bytes_append_string(&canonical, "timeline ");
    search_params_write(&params, &canonical);
    if (canonical.status == STATUS_OK)
        etag_make(reply->etag, info->checksum, bytes_slice(&canonical));
    bytes_release(&canonical);
}

static enum MHD_Result send_answer(struct request *request, const struct search_params *params,
                                   const struct searcher_info *info, struct answer *answer)
{
    struct reply reply = {.status = 200, .type = params_type(params->format), .cache = "no-cache"};
    struct render_options options = {.format = params->format};
    bytes_reserve(&reply.body, REPLY_BYTES);
    render_timeline(&reply.body, info, answer, &options);
    if (params->format == RENDER_JSON)
        bytes_append_string(&reply.body, "\n");
    if (answer->partial.size)
        reply.cache = NULL;
    else
        tag_answer(&reply, *params, info, answer);
    return respond(request, &reply);
}

static bool read_question(struct request *request, struct search_params *params,
                          struct served **served)
{
    if (!params_read(request, params, served))
        return false;
    if (!params->question.text.data) {
        request->problem.parameter = "q";
        problem_set(&request->problem, 400, "parameter 'q', the query, is missing");
        return false;
    }
    if (params->format == RENDER_TREC) {
        request->problem.parameter = "format";
        problem_set(&request->problem, 400, "a timeline has no format 'trec'");
        return false;
    }
    struct question *question = &params->question;
    if (question->timeline == TIMELINE_NONE)
        question->timeline = TIMELINE_AUTO;
    question->limit = question->offset = question->facets = 0;
    question->kwic = false;
    question->budget_us = request->server->settings->budget_us;
    return true;
}

enum MHD_Result route_timeline(struct request *request)
{
    struct search_params params;
    struct served *served;
    struct answer answer = {0};
    struct error error = {0};
    enum MHD_Result result = MHD_YES;
    if (!read_question(request, &params, &served))
        return MHD_YES;
    error.status = searcher_ask(served->searcher, &params.question, &answer, &error);
    if (error.status == STATUS_OK) {
        if (answer.partial.size)
            atomic_fetch_add(&request->server->metrics.partial_answers, 1);
        result = send_answer(request, &params, &served->info, &answer);
    } else {
        problem_from_error(&request->problem, &error);
    }
    answer_release(&answer);
    return result;
}
