/* Counters, read by /metrics. Every call from any thread; nothing here waits. */
#ifndef VERBATIM_HTTP_METRICS_H
#define VERBATIM_HTTP_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/bytes.h"
#include "http/route_id.h"

enum { METRIC_STATUSES = 20, METRIC_BUCKETS = 15 };

struct histogram {
    _Atomic uint64_t
        buckets[METRIC_BUCKETS]; /* each holds its own alone, the last what is over all */
    _Atomic uint64_t sum_us;
};

struct metrics { /* zeroed: nothing has happened */
    _Atomic uint64_t requests[ROUTE_IDS][METRIC_STATUSES];
    struct histogram latency[ROUTE_IDS];
    _Atomic uint64_t in_flight;   /* requests whose header is whole and whose reply is not */
    _Atomic uint64_t connections; /* open now */
    _Atomic uint64_t connections_total;
    _Atomic uint64_t connections_cut;     /* by a deadline */
    _Atomic uint64_t connections_refused; /* over the limit */
    _Atomic uint64_t reloads, reload_failures;
    _Atomic uint64_t partial_answers; /* whose budget ended */
    _Atomic uint64_t batch_lines, batch_failed_lines;
};

/* One request that has ended; microseconds from its whole header to its last byte. */
void metrics_count(struct metrics *metrics, enum route_id route, unsigned status,
                   uint64_t microseconds);

/* In Prometheus text format, all that this struct holds. */
void metrics_render(const struct metrics *metrics, struct bytes *out);

/* The two lines that come before a metric's values. type is "counter" or "gauge". */
void metrics_head(struct bytes *out, const char *name, const char *type, const char *help);

#endif
