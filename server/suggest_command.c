#include "suggest_command.h"

#include "base/log.h"
#include "print.h"
#include "search/suggest_render.h"

bool suggest_command_run(const struct searcher *searcher, struct slice text,
                         const struct search_params *params)
{
    struct suggestions suggestions = {0};
    struct error error = {0};
    struct bytes out = {0};
    uint32_t limit = params->question.limit;
    size_t most = limit < SUGGEST_LIMIT_MOST ? limit : SUGGEST_LIMIT_MOST;
    bool good = searcher_suggest(searcher, text, most, &suggestions, &error) == STATUS_OK;
    if (!good) {
        log_error("%s", error.text);
    } else if (params->format == RENDER_JSON) {
        suggest_render_json(&out, &suggestions);
        bytes_put_u8(&out, '\n');
    } else {
        suggest_render_rows(&out, &suggestions);
    }
    suggestions_release(&suggestions);
    return good && print_and_release(&out);
}
