/* What can be asked for, by number. */
#ifndef VERBATIM_HTTP_ROUTE_ID_H
#define VERBATIM_HTTP_ROUTE_ID_H

enum route_id {
    ROUTE_NONE, /* no such place, or refused before one was looked for */
    ROUTE_PAGE,
    ROUTE_SEARCH,
    ROUTE_TIMELINE,
    ROUTE_SUGGEST,
    ROUTE_BATCH,
    ROUTE_QUOTE,
    ROUTE_ARTICLE,
    ROUTE_INDEXES,
    ROUTE_OPENSEARCH,
    ROUTE_OPENAPI,
    ROUTE_HEALTH,
    ROUTE_READY,
    ROUTE_METRICS,
    ROUTE_IDS
};

#endif
