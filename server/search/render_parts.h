/* How each format writes an answer. Inside this room only. */
#ifndef VERBATIM_SEARCH_RENDER_PARTS_H
#define VERBATIM_SEARCH_RENDER_PARTS_H

#include "base/json_write.h"
#include "search/render.h"

void render_json(struct bytes *out, const struct searcher_info *info, const struct answer *answer,
                 const struct render_options *options);
void render_json_error(struct bytes *out, const struct error *error,
                       const struct render_options *options);
void render_rows(struct bytes *out, const struct answer *answer,
                 const struct render_options *options);
void render_rows_header(struct bytes *out, const struct render_options *options);
void render_rows_error(struct bytes *out, const struct error *error,
                       const struct render_options *options);
void render_trec(struct bytes *out, const struct answer *answer,
                 const struct render_options *options);
void render_trec_error(struct bytes *out, const struct error *error,
                       const struct render_options *options);
void render_counts_row(struct bytes *out, const struct answer *answer,
                       const struct render_options *options);
void render_counts_error(struct bytes *out, const struct error *error,
                         const struct render_options *options);
void render_text(struct bytes *out, const struct answer *answer,
                 const struct render_options *options);
void render_text_error(struct bytes *out, const struct error *error,
                       const struct render_options *options);

/* The members that an article has in a list of hits and alone: title to extra. */
void render_fields(struct json_writer *w, const struct hit *hit);
/* The members `href` of an article and `index`. */
void render_href(struct json_writer *w, const struct searcher_info *info, const struct hit *hit,
                 const struct render_options *options);
void render_index(struct json_writer *w, const struct searcher_info *info);

/* The member `why`; and the same for a person. */
void render_why(struct json_writer *w, const struct why *why);
void render_why_text(struct bytes *out, const struct why *why);

/* The members spellings and also_written, where there is something to tell; for a person, notes. */
void render_spellings(struct json_writer *w, const struct answer *answer);
void render_spellings_text(struct bytes *out, const struct answer *answer);
/* The members from the query to the total; and the same for a person, without a blank line. */
void render_head(struct json_writer *w, const struct searcher_info *info,
                 const struct answer *answer, const struct render_options *options);
void render_text_head(struct bytes *out, const struct answer *answer,
                      const struct render_options *options);
/* The members facets and facet_rest; those of a timeline. */
void render_facets(struct json_writer *w, const struct answer *answer);
void render_buckets(struct json_writer *w, const struct timeline *timeline);
/* For a person: a paragraph a facet, a line a bucket, a line an occurrence. */
void render_facets_text(struct bytes *out, const struct answer *answer);
void render_chart(struct bytes *out, const struct timeline *timeline);
void render_lines_text(struct bytes *out, const struct answer *answer,
                       const struct render_options *options);
void render_paragraph(struct bytes *out, size_t indent, struct slice text);

/* What a batch line is called in rows: its id, else its number; "1" where there is no batch. */
void render_query_name(struct bytes *out, const struct render_options *options);
/* s as valid UTF-8 on one line: each run of white space and control characters is one space. */
void render_flat(struct bytes *out, struct slice s);
/* A score as JSON, too, has it. */
void render_score(struct bytes *out, double score);

#endif
