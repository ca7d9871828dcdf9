/* Answers as text: what the HTTP server and the command line both print. */
#ifndef VERBATIM_SEARCH_RENDER_H
#define VERBATIM_SEARCH_RENDER_H

#include "base/bytes.h"
#include "search/searcher.h"

enum render_format { RENDER_TEXT, RENDER_JSON, RENDER_TSV, RENDER_CSV, RENDER_TREC };

/* The format of this name ("text", "json" …); false where there is none. */
bool render_format_parse(struct slice name, enum render_format *format);

struct render_options {
    enum render_format format;
    bool timeless;      /* leave took_us out: batch answers are the same bytes every time */
    bool pretty;        /* TEXT: colours for a terminal */
    struct slice query_id; /* of a batch line; empty: none. TREC prints it, or its line number, first */
};

/* Appends one answer. JSON is one line without the line's end; the others end each line. Every string is
 * valid UTF-8. CSV is RFC 4180 with a header line only where `header`. */
void render_answer(struct bytes *out, const struct searcher_info *info, const struct answer *answer,
                   const struct render_options *options, bool header);
/* GET /articles/ID: one JSON object. */
void render_article(struct bytes *out, const struct stored_article *article);
/* An error in the place of a batch line's answer, in the format's own way. */
void render_error(struct bytes *out, const struct error *error, const struct render_options *options);

#endif
