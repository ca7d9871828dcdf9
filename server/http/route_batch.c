/* Many questions, one a line; the answers stream back in order. */
#include "http/batch_job.h"
#include "http/gzip.h"
#include "http/params.h"
#include "http/respond.h"
#include "http/routes.h"
#include "http/server_state.h"
#include "http/watchdog.h"

enum { PIECE_BYTES = 16384 };

/* A slot is taken before the first byte of lines, so that there is never memory for more bodies. */
void route_batch_begin(struct request *request)
{
    request->batch = batch_room_reserve(request->server->batches);
    if (request->batch)
        return;
    problem_set(&request->problem, 503, "%d batches are being answered: try again later",
                BATCH_SLOTS);
    request->problem.retry_after_s = 5;
}

static void fill_work(struct request *request, struct search_params *params, struct served *served,
                      struct batch_work *work)
{
    *work = (struct batch_work){
        .served = served,
        .options = {.defaults = params->question,
                    .render = {.format = params->format,
                               .timeless = true,
                               .unmarked = params->unmarked,
                               .name_index = request->generation->count > 1}},
        .lines = request->body,
        .text = request->text,
        .gzip = request->method != METHOD_HEAD && gzip_accepted(request->headers.accept_encoding),
        .read_us = server_reply_us(request->server, 0),
    };
    work->options.defaults.text = (struct slice){0};
    work->options.defaults.budget_us = 0;
    work->options.defaults.budget_blocks = BATCH_BUDGET_BLOCKS;
    request->body = (struct bytes){0};
    request->text = NULL;
}

static enum MHD_Result stream(struct request *request, struct search_params *params,
                              struct served *served)
{
    struct batch_work work;
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, PIECE_BYTES, batch_job_read, request->batch, NULL);
    if (!response)
        return MHD_NO;
    fill_work(request, params, served, &work);
    const char *type =
        params->format == RENDER_JSON ? "application/x-ndjson" : params_type(params->format);
    MHD_add_response_header(response, "Content-Type", type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    if (batch_job_start(request->batch, request->connection, request->client, &work))
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    respond_add_headers(request, response);
    request->status = 200;
    client_expect(request->client, server_reply_us(request->server, 0));
    enum MHD_Result result = MHD_queue_response(request->connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static bool read_params(struct request *request, struct search_params *params,
                        struct served **served)
{
    if (request->body.size == 0)
        problem_set(&request->problem, 400,
                    "no lines: a batch is one query a line, in the request's body");
    else if (params_read(request, params, served) && params->question.text.data) {
        request->problem.parameter = "q";
        problem_set(&request->problem, 400, "parameter 'q' is a line's, not the whole batch's");
    }
    return !request->problem.status;
}

enum MHD_Result route_batch(struct request *request)
{
    struct search_params params;
    struct served *served;
    return read_params(request, &params, &served) ? stream(request, &params, served) : MHD_YES;
}
