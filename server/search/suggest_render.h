/* Suggestions as text: for the HTTP server and the command line. */
#ifndef VERBATIM_SEARCH_SUGGEST_RENDER_H
#define VERBATIM_SEARCH_SUGGEST_RENDER_H

#include "base/bytes.h"
#include "base/json_write.h"
#include "search/suggest.h"

/* One JSON object, without the line's end. */
void suggest_render_json(struct bytes *out, const struct suggestions *suggestions);
/* What browsers take for a search bar: ["text", ["completion", …]] (OpenSearch 1.1, Suggestions).
 */
void suggest_render_opensearch(struct bytes *out, const struct suggestions *suggestions);
/* A line each, by tabs: kind ("correction" for those), articles, text. */
void suggest_render_rows(struct bytes *out, const struct suggestions *suggestions);
/* The member "corrections" of an answer of a search: [{query, word, instead, articles}]. */
void suggest_render_corrections(struct json_writer *w, const struct correction *corrections,
                                size_t count);

#endif
