/* A pasted text: which runs of it stand verbatim in which articles. */
#include "base/json_read.h"
#include "http/params.h"
#include "http/respond.h"
#include "http/routes.h"
#include "http/server_state.h"
#include "search/quote.h"
#include "search/quote_params.h"
#include "search/quote_render.h"

enum { REPLY_BYTES = 16384 };

void route_quote_begin(struct request *request)
{
    (void)request; /* a body is small: nothing is kept for it but itself */
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

/* Whatever is not said to be JSON is the text itself, so that curl need not be told. */
static bool is_json(struct slice type)
{
    struct slice json = SLICE("application/json");
    bool same = type.size >= json.size;
    for (size_t i = 0; i < json.size && same; i++)
        same = lower(type.data[i]) == json.data[i];
    return same && (type.size == json.size || strchr("; \t", type.data[json.size]));
}

static bool refuse(struct request *request, const struct error *error)
{
    problem_from_error(&request->problem, error);
    return false;
}

static bool read_body(struct request *request, struct quote_params *params,
                      struct json_document **document)
{
    struct error error = {0};
    if (!is_json(request->headers.content_type))
        params->quotation.text = bytes_slice(&request->body);
    else if (quote_params_read_json(params, bytes_slice(&request->body), document, &error) !=
             STATUS_OK)
        return refuse(request, &error);
    return true;
}

static bool read_params(struct request *request, struct quote_params *params,
                        struct json_document **document)
{
    struct error error = {0};
    quote_params_init(params);
    if (request->body.size == 0) {
        problem_set(&request->problem, 400,
                    "no text: a quotation is the request's body, or its member 'text'");
        return false;
    }
    if (!params_once(request))
        return false;
    for (size_t i = 0; i < request->target.pair_count; i++) {
        const struct target_pair *pair = &request->target.pairs[i];
        if (quote_params_set(params, pair->name, pair->value, &error) == STATUS_OK)
            continue;
        problem_name(&request->problem, pair->name);
        return refuse(request, &error);
    }
    return read_body(request, params, document);
}

static enum MHD_Result send_answer(struct request *request, const struct quote_params *params,
                                   const struct searcher_info *info, struct quote_answer *answer)
{
    struct reply reply = {.status = 200, .type = params_type(params->format)};
    struct render_options options = {.format = params->format,
                                     .name_index = request->generation->count > 1};
    bytes_reserve(&reply.body, REPLY_BYTES);
    quote_render(&reply.body, info, answer, &options);
    if (params->format == RENDER_JSON)
        bytes_append_string(&reply.body, "\n");
    if (answer->partial.size)
        atomic_fetch_add(&request->server->metrics.partial_answers, 1);
    return respond(request, &reply);
}

static enum MHD_Result answer_quotation(struct request *request, struct quote_params *params)
{
    struct served *served = params_index(request, params->source_index);
    if (!served)
        return MHD_YES;
    struct quote_answer answer = {0};
    struct error error = {0};
    enum MHD_Result result = MHD_YES;
    params->quotation.budget_us = request->server->settings->budget_us;
    if (searcher_quote(served->searcher, &params->quotation, &answer, &error) == STATUS_OK)
        result = send_answer(request, params, &served->info, &answer);
    else
        problem_from_error(&request->problem, &error);
    quote_answer_release(&answer);
    return result;
}

enum MHD_Result route_quote(struct request *request)
{
    struct quote_params params;
    struct json_document *document = NULL;
    enum MHD_Result result = MHD_YES;
    if (read_params(request, &params, &document))
        result = answer_quotation(request, &params);
    json_document_close(document);
    return result;
}
