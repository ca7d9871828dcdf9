/* Answers as text: what the HTTP server and the command line both print. */
#ifndef VERBATIM_SEARCH_RENDER_H
#define VERBATIM_SEARCH_RENDER_H

#include "base/bytes.h"
#include "base/error.h"
#include "search/answer.h"
#include "search/searcher_info.h"
#include "search/stored_article.h"

enum render_format { RENDER_TEXT, RENDER_JSON, RENDER_TSV, RENDER_CSV, RENDER_TREC, RENDER_COUNTS };

/* The format of this name ("text", "json" …); false where there is none. */
bool render_format_parse(struct slice name, enum render_format *format);

struct render_options {
    enum render_format format;
    bool timeless;   /* leave took_us out: batch answers are the same bytes every time */
    bool pretty;     /* TEXT: the matches in bold, for a terminal; else between « and » */
    bool unmarked;   /* without highlights */
    bool lines;      /* concordance lines: of the header of rows */
    bool name_index; /* JSON: the hits' href names the index, as a server with several needs it */
    uint64_t line;   /* of a batch, from 1; 0: no batch. JSON tells it */
    struct slice query_id; /* of a batch line; empty: none. TSV, CSV and TREC show the line's number
                              then */
};

/* Appends one answer. JSON is one line without the line's end; the others end each line, CSV with
 * CR LF. Every string is valid UTF-8. Rows of TSV and CSV are rank, score, id, title, url, source,
 * date and the first snippet, in a batch behind the query's id; several values of one column are
 * parted by "; "; of a concordance id, title, date, left, match, right and at. COUNTS is a row of
 * tabs a query: its id or line, total, relation, of the first hit score, id, title, url, source and
 * date, then the query. White space and control characters of a value are single spaces in TSV,
 * TREC, COUNTS and TEXT. CSV is RFC 4180 with a header line only where `header`. TEXT is at most
 * RENDER_TEXT_COLUMNS
 * wide. */
enum { RENDER_TEXT_COLUMNS = 80 };
void render_answer(struct bytes *out, const struct searcher_info *info, const struct answer *answer,
                   const struct render_options *options, bool header);
/* A timeline alone: JSON, rows of date and articles, or a chart. No TREC. */
void render_timeline(struct bytes *out, const struct searcher_info *info,
                     const struct answer *answer, const struct render_options *options);
/* The line that names the columns; nothing but for CSV. */
void render_header(struct bytes *out, const struct render_options *options);
/* GET /articles/ID: one JSON object, without the line's end. */
void render_article(struct bytes *out, const struct stored_article *article);
/* An error in the place of an answer, in the format's own way: a JSON object with the member
 * "error", a row with "error" for its rank and the cause for its title, a comment line of TREC. */
void render_error(struct bytes *out, const struct error *error,
                  const struct render_options *options);

#endif
