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
void render_text(struct bytes *out, const struct answer *answer,
                 const struct render_options *options);
void render_text_error(struct bytes *out, const struct error *error,
                       const struct render_options *options);

/* The members that an article has in a list of hits and alone: title to extra. */
void render_fields(struct json_writer *w, const struct hit *hit);
/* The member `key`: an array of [start, end]. */
void render_ranges(struct json_writer *w, const char *key, const struct range *ranges,
                   size_t count);

/* The member `why`; and the same for a person. */
void render_why(struct json_writer *w, const struct why *why);
void render_why_text(struct bytes *out, const struct why *why);

/* What a batch line is called in rows: its id, else its number; "1" where there is no batch. */
void render_query_name(struct bytes *out, const struct render_options *options);
/* s as valid UTF-8 on one line: each run of white space and control characters is one space. */
void render_flat(struct bytes *out, struct slice s);
/* A score as JSON, too, has it. */
void render_score(struct bytes *out, double score);

#endif
