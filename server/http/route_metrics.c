/* Counters for Prometheus, with what each index is now. */
#include <inttypes.h>

#include "http/respond.h"
#include "http/routes.h"
#include "http/server_state.h"
#include "search/kept.h"

/* What opening these indexes began with: a reload begins anew. */
static void render_kept(const struct generation *generation, struct bytes *out)
{
    metrics_head(out, "verbatim_blocks_total", "counter",
                 "Blocks of stored fields and text that questions read: kept inflated, or not.");
    for (size_t i = 0; i < generation->count; i++) {
        struct searcher_kept kept;
        searcher_kept(generation->indexes[i]->searcher, &kept);
        bytes_format(out,
                     "verbatim_blocks_total{index=\"%s\",kept=\"yes\"} %" PRIu64 "\n"
                     "verbatim_blocks_total{index=\"%s\",kept=\"no\"} %" PRIu64 "\n",
                     generation->indexes[i]->name, kept.hits, generation->indexes[i]->name,
                     kept.misses);
    }
    metrics_head(out, "verbatim_blocks_kept_bytes", "gauge", "What they take, and may take.");
    for (size_t i = 0; i < generation->count; i++) {
        struct searcher_kept kept;
        searcher_kept(generation->indexes[i]->searcher, &kept);
        bytes_format(out,
                     "verbatim_blocks_kept_bytes{index=\"%s\",bound=\"no\"} %" PRIu64 "\n"
                     "verbatim_blocks_kept_bytes{index=\"%s\",bound=\"yes\"} %" PRIu64 "\n",
                     generation->indexes[i]->name, kept.bytes, generation->indexes[i]->name,
                     kept.most);
    }
}

static void render_generation(const struct generation *generation, struct bytes *out)
{
    metrics_head(out, "verbatim_generation", "gauge",
                 "Which opening of the indexes answers; 1 is the first.");
    bytes_format(out, "verbatim_generation %" PRIu64 "\n", generation->number);
    metrics_head(out, "verbatim_index_articles", "gauge", "Articles of an index.");
    for (size_t i = 0; i < generation->count; i++)
        bytes_format(out, "verbatim_index_articles{index=\"%s\",checksum=\"%s\"} %" PRIu64 "\n",
                     generation->indexes[i]->name, generation->indexes[i]->info.checksum,
                     generation->indexes[i]->info.articles);
    metrics_head(out, "verbatim_index_bytes", "gauge", "Bytes of an index's files.");
    for (size_t i = 0; i < generation->count; i++)
        bytes_format(out, "verbatim_index_bytes{index=\"%s\"} %" PRIu64 "\n",
                     generation->indexes[i]->name, generation->indexes[i]->info.file_bytes);
    metrics_head(out, "verbatim_index_damaged", "gauge", "1 where a page fails its checksum.");
    for (size_t i = 0; i < generation->count; i++)
        bytes_format(out, "verbatim_index_damaged{index=\"%s\"} %d\n", generation->indexes[i]->name,
                     generation->indexes[i]->verified == VERIFY_DAMAGED);
    metrics_head(out, "verbatim_build_info", "gauge", "Always 1.");
    bytes_append_string(out, "verbatim_build_info{version=\"" VERBATIM_VERSION "\"} 1\n");
}

enum MHD_Result route_metrics(struct request *request)
{
    struct reply reply = {.status = 200, .type = "text/plain; version=0.0.4; charset=utf-8"};
    metrics_render(&request->server->metrics, &reply.body);
    render_kept(request->generation, &reply.body);
    render_generation(request->generation, &reply.body);
    return respond(request, &reply);
}
