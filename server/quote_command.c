#include "quote_command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "print.h"
#include "search/quote.h"
#include "search/quote_params.h"
#include "search/quote_render.h"
#include "search/searcher.h"

/* Up to a block past the cap, so that a longer text is seen to be one. */
static bool read_all(FILE *file, struct bytes *text)
{
    char buffer[4096];
    size_t count;
    while (text->size <= QUOTE_BYTES_MOST && (count = fread(buffer, 1, sizeof buffer, file)) > 0)
        bytes_append(text, buffer, count);
    return !ferror(file);
}

static bool read_text(const char *name, struct bytes *text)
{
    bool standard_input = strcmp(name, "-") == 0;
    FILE *file = standard_input ? stdin : fopen(name, "r");
    bool good = file && read_all(file, text);
    if (!good)
        log_error("cannot read '%s': %s", name, strerror(errno));
    if (file && !standard_input)
        fclose(file);
    if (text->status != STATUS_OK)
        log_error("out of memory");
    return good && text->status == STATUS_OK;
}

static bool print(const struct searcher *searcher, const struct quote_answer *answer,
                  const struct quote_command *command)
{
    struct searcher_info info;
    struct bytes out = {0};
    struct render_options options = {.format = command->params->format, .pretty = command->pretty};
    searcher_info(searcher, &info);
    quote_render(&out, &info, answer, &options);
    if (options.format == RENDER_JSON)
        bytes_put_u8(&out, '\n');
    return print_and_release(&out);
}

bool quote_command_run(const struct searcher *searcher, const struct quote_command *command)
{
    struct quotation *quotation = &command->params->quotation;
    struct quote_answer answer = {0};
    struct error error = {0};
    struct bytes text = {0};
    bool good = read_text(command->file, &text);
    quotation->text = bytes_slice(&text);
    quotation->budget_us = 0;
    if (good && searcher_quote(searcher, quotation, &answer, &error) != STATUS_OK) {
        log_error("'%s': %s", command->file, error.text);
        good = false;
    }
    good = good && print(searcher, &answer, command);
    quote_answer_release(&answer);
    bytes_release(&text);
    return good;
}
