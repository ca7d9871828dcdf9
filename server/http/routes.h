/* The table of what can be asked for. A new route is one new file and one line of it. */
#ifndef VERBATIM_HTTP_ROUTES_H
#define VERBATIM_HTTP_ROUTES_H

#include "http/request.h"

enum { QUOTE_BODY_BYTES_MOST = 1 << 20 }; /* JSON may spell each character in six */

struct route {
    const char *path; /* whole; of one that ends in '/' and is longer than that, what stands behind
                         is `rest` */
    unsigned methods; /* of enum method; HEAD and OPTIONS are added by themselves */
    enum route_id id;
    /* Queues a reply, or sets request->problem and returns MHD_YES. */
    enum MHD_Result (*answer)(struct request *request);
    /* POST: called before the first byte of a body; sets request->problem to refuse it. NULL: no
     * body. */
    void (*begin_body)(struct request *request);
    size_t body_bytes_most;
};

/* Sets request->route, rest and route_id, or its problem: 404, or 405 with what is allowed. */
void routes_find(struct request *request);

/* The reply to OPTIONS. */
enum MHD_Result routes_answer_options(struct request *request);

/* One file each. */
enum MHD_Result route_page(struct request *request);
enum MHD_Result route_search(struct request *request);
enum MHD_Result route_timeline(struct request *request);
enum MHD_Result route_suggest(struct request *request);
enum MHD_Result route_batch(struct request *request);
void route_batch_begin(struct request *request);
enum MHD_Result route_quote(struct request *request);
void route_quote_begin(struct request *request);
enum MHD_Result route_article(struct request *request);
enum MHD_Result route_indexes(struct request *request);
enum MHD_Result route_opensearch(struct request *request);
enum MHD_Result route_health(struct request *request);
enum MHD_Result route_ready(struct request *request);
enum MHD_Result route_metrics(struct request *request);

#endif
