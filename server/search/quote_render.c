#include "search/quote_render.h"

void quote_render(struct bytes *out, const struct searcher_info *info,
                  const struct quote_answer *answer, const struct render_options *options)
{
    if (options->format == RENDER_TEXT)
        quote_render_text(out, answer, options);
    else
        quote_render_json(out, info, answer, options);
}
