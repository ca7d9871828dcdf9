/* The quotation checker's answers as text. */
#ifndef VERBATIM_SEARCH_QUOTE_RENDER_H
#define VERBATIM_SEARCH_QUOTE_RENDER_H

#include "search/quote_answer.h"
#include "search/render.h"

/* Appends one answer: JSON is one line without the line's end; TEXT is at most RENDER_TEXT_COLUMNS
 * wide. Of the options format, timeless, pretty and name_index count. */
void quote_render(struct bytes *out, const struct searcher_info *info,
                  const struct quote_answer *answer, const struct render_options *options);

/* Each of the formats. */
void quote_render_json(struct bytes *out, const struct searcher_info *info,
                       const struct quote_answer *answer, const struct render_options *options);
void quote_render_text(struct bytes *out, const struct quote_answer *answer,
                       const struct render_options *options);

#endif
