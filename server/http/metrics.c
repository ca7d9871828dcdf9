#include "http/metrics.h"

#include <inttypes.h>

static const char *const route_labels[ROUTE_IDS] = {
    [ROUTE_NONE] = "none",
    [ROUTE_PAGE] = "/",
    [ROUTE_SEARCH] = "/search",
    [ROUTE_TIMELINE] = "/timeline",
    [ROUTE_SUGGEST] = "/suggest",
    [ROUTE_BATCH] = "/search/batch",
    [ROUTE_QUOTE] = "/quote",
    [ROUTE_ARTICLE] = "/articles/ID",
    [ROUTE_INDEXES] = "/indexes",
    [ROUTE_OPENSEARCH] = "/opensearch.xml",
    [ROUTE_OPENAPI] = "/openapi.json",
    [ROUTE_HEALTH] = "/healthz",
    [ROUTE_READY] = "/readyz",
    [ROUTE_METRICS] = "/metrics",
};

/* The last, 0, counts what is none of the others. */
static const unsigned statuses[METRIC_STATUSES] = {200, 204, 304, 400, 403, 404, 405, 408, 409, 411,
                                                   413, 414, 415, 421, 431, 500, 501, 503, 505, 0};

static const uint64_t bounds_us[METRIC_BUCKETS - 1] = {
    50, 100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 2500000};

static size_t status_place(unsigned status)
{
    size_t place = 0;
    while (statuses[place] != status && statuses[place] != 0)
        place++;
    return place;
}

void metrics_count(struct metrics *metrics, enum route_id route, unsigned status,
                   uint64_t microseconds)
{
    struct histogram *latency = &metrics->latency[route];
    size_t bucket = 0;
    while (bucket < METRIC_BUCKETS - 1 && microseconds > bounds_us[bucket])
        bucket++;
    atomic_fetch_add_explicit(&metrics->requests[route][status_place(status)], 1,
                              memory_order_relaxed);
    atomic_fetch_add_explicit(&latency->buckets[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&latency->sum_us, microseconds, memory_order_relaxed);
}

void metrics_head(struct bytes *out, const char *name, const char *type, const char *help)
{
    bytes_format(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void render_requests(const struct metrics *metrics, struct bytes *out)
{
    metrics_head(out, "verbatim_http_requests_total", "counter", "Requests answered.");
    for (size_t route = 0; route < ROUTE_IDS; route++)
        for (size_t i = 0; i < METRIC_STATUSES; i++) {
            uint64_t count = metrics->requests[route][i];
            if (count == 0)
                continue;
            bytes_format(out, "verbatim_http_requests_total{route=\"%s\",status=\"",
                         route_labels[route]);
            if (statuses[i])
                bytes_format(out, "%u", statuses[i]);
            else
                bytes_append_string(out, "other");
            bytes_format(out, "\"} %" PRIu64 "\n", count);
        }
}

static void render_histogram(const struct histogram *latency, const char *route, struct bytes *out)
{
    uint64_t count = 0;
    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        count += latency->buckets[i];
        bytes_format(out, "verbatim_http_request_seconds_bucket{route=\"%s\",le=\"", route);
        if (i < METRIC_BUCKETS - 1)
            bytes_format(out, "%g", (double)bounds_us[i] / 1e6);
        else
            bytes_append_string(out, "+Inf");
        bytes_format(out, "\"} %" PRIu64 "\n", count);
    }
    bytes_format(out, "verbatim_http_request_seconds_sum{route=\"%s\"} %.6f\n", route,
                 (double)latency->sum_us / 1e6);
    bytes_format(out, "verbatim_http_request_seconds_count{route=\"%s\"} %" PRIu64 "\n", route,
                 count);
}

static void render_latencies(const struct metrics *metrics, struct bytes *out)
{
    metrics_head(out, "verbatim_http_request_seconds", "histogram",
                 "Time from a request's whole header to its reply's last byte.");
    for (size_t route = 0; route < ROUTE_IDS; route++)
        render_histogram(&metrics->latency[route], route_labels[route], out);
}

static void render_one(struct bytes *out, const char *name, const char *type, const char *help,
                       uint64_t value)
{
    metrics_head(out, name, type, help);
    bytes_format(out, "%s %" PRIu64 "\n", name, value);
}

void metrics_render(const struct metrics *m, struct bytes *out)
{
    render_requests(m, out);
    render_latencies(m, out);
    render_one(out, "verbatim_http_requests_in_flight", "gauge", "Requests being answered.",
               m->in_flight);
    render_one(out, "verbatim_http_connections", "gauge", "Connections open now.", m->connections);
    render_one(out, "verbatim_http_connections_total", "counter", "Connections accepted.",
               m->connections_total);
    render_one(out, "verbatim_http_connections_cut_total", "counter",
               "Connections cut at a deadline.", m->connections_cut);
    render_one(out, "verbatim_http_connections_refused_total", "counter",
               "Connections over the limit.", m->connections_refused);
    render_one(out, "verbatim_reloads_total", "counter", "New indexes taken into service.",
               m->reloads);
    render_one(out, "verbatim_reload_failures_total", "counter",
               "New index files that could not be opened.", m->reload_failures);
    render_one(out, "verbatim_partial_answers_total", "counter", "Answers whose budget ended.",
               m->partial_answers);
    render_one(out, "verbatim_batch_lines_total", "counter", "Lines of batches answered.",
               m->batch_lines);
    render_one(out, "verbatim_batch_failed_lines_total", "counter",
               "Lines of batches that got an error.", m->batch_failed_lines);
}
