/* One stored article, whole, marked where it answers q. */
#include "base/memory.h"
#include "http/params.h"
#include "http/respond.h"
#include "http/routes.h"
#include "http/server_state.h"
#include "search/searcher.h"

static void tag_article(struct reply *reply, const struct request *request,
                        struct search_params params, const struct searcher_info *info)
{
    struct bytes canonical = {0};
    search_params_write(&params, &canonical);
    bytes_append_string(&canonical, " id=");
    bytes_append_slice(&canonical, request->rest);
    if (canonical.status == STATUS_OK)
        etag_make(reply->etag, info->checksum, bytes_slice(&canonical));
    bytes_release(&canonical);
}

static enum MHD_Result send_article(struct request *request, const struct search_params *params,
                                    const struct searcher_info *info,
                                    struct stored_article *article)
{
    struct reply reply = {.status = 200, .type = "application/json", .cache = "no-cache"};
    if (params->unmarked)
        article->fields.title_highlight_count = article->highlight_count = 0;
    render_article(&reply.body, article);
    bytes_append_string(&reply.body, "\n");
    if (article->partial)
        reply.cache = NULL;
    else
        tag_article(&reply, request, *params, info);
    return respond(request, &reply);
}

static enum MHD_Result answer(struct request *request, struct slice id)
{
    struct search_params params;
    struct served *served;
    if (!params_read(request, &params, &served))
        return MHD_YES;
    params.question.budget_us = request->server->settings->budget_us;
    const struct question *question = params.question.text.size ? &params.question : NULL;
    struct stored_article article = {0};
    struct error error = {0};
    enum MHD_Result result = MHD_YES;
    error.status = searcher_article(served->searcher, id, question, &article, &error);
    if (error.status == STATUS_OK)
        result = send_article(request, &params, &served->info, &article);
    else
        problem_from_error(&request->problem, &error);
    stored_article_release(&article);
    return result;
}

enum MHD_Result route_article(struct request *request)
{
    char *id = memory_allocate(request->rest.size);
    if (!id) {
        problem_set(&request->problem, 503, "out of memory");
        return MHD_YES;
    }
    memcpy(id, request->rest.data, request->rest.size);
    size_t size = target_decode(id, request->rest.size, false);
    enum MHD_Result result = answer(request, (struct slice){id, size});
    memory_free(id);
    return result;
}
