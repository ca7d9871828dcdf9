/* verbatim-search: questions from the command line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/standard_streams.h"
#include "batch_command.h"
#include "open_collection.h"
#include "print.h"
#include "quote_command.h"
#include "search/searcher.h"
#include "search_command.h"
#include "suggest_command.h"

static bool wants_bold(const struct search_command *command)
{
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (command->color != COLOR_AUTO)
        return command->color == COLOR_ALWAYS;
    return isatty(STDOUT_FILENO) && (!none || !*none) && terminal && strcmp(terminal, "dumb") != 0;
}

/* --- One query ---------------------------------------------------------------------------------*/

static bool print_answer(const struct searcher *searcher, const struct answer *answer,
                         const struct search_command *command)
{
    struct searcher_info info;
    struct bytes out = {0};
    struct render_options render = {
        .format = command->params.format,
        .pretty = wants_bold(command),
        .unmarked = command->params.unmarked,
        .lines = command->params.question.kwic,
    };
    searcher_info(searcher, &info);
    if (command->timeline)
        render_timeline(&out, &info, answer, &render);
    else
        render_answer(&out, &info, answer, &render, true);
    if (render.format == RENDER_JSON)
        bytes_put_u8(&out, '\n');
    return print_and_release(&out);
}

/* Formats without a place for them get what was mended on standard error. */
static void tell_repairs(const struct answer *answer, enum render_format format)
{
    bool silent = format != RENDER_TEXT && format != RENDER_JSON;
    for (size_t i = 0; silent && i < answer->repair_count; i++)
        log_warning("%.*s", (int)answer->repairs[i].size, answer->repairs[i].data);
    if (silent && answer->any_words)
        log_warning("no article holds all of these words; these hold some of them");
    if (silent && answer->partial.size)
        log_warning("%.*s", (int)answer->partial.size, answer->partial.data);
}

static bool ask_one(const struct searcher *searcher, struct search_command *command)
{
    struct answer answer = {0};
    struct error error = {0};
    bool good = false;
    command->params.question.text = bytes_slice(&command->query);
    command->params.question.budget_us = 0;
    if (command->timeline)
        command->params.question.limit = 0;
    command->params.question.why = command->params.question.corrections =
        command->params.question.also_written =
            command->params.format == RENDER_TEXT || command->params.format == RENDER_JSON;
    search_params_collapse(&command->params);
    if (searcher_ask(searcher, &command->params.question, &answer, &error) != STATUS_OK) {
        log_error("%s", error.text);
    } else {
        tell_repairs(&answer, command->params.format);
        good = print_answer(searcher, &answer, command);
    }
    answer_release(&answer);
    return good;
}

/* --- A batch -----------------------------------------------------------------------------------*/

static bool ask_batch(const struct searcher *searcher, const struct search_command *command)
{
    struct batch_command batch = {
        .lines = command->batch,
        .output = command->output,
        .resume = command->resume,
        .bold = command->output ? command->color == COLOR_ALWAYS : wants_bold(command),
        .quiet = command->quiet,
        .skip_lines = command->skip_lines,
        .threads = command->threads,
        .params = &command->params,
    };
    return batch_command_run(searcher, &batch);
}

static bool ask_quote(const struct searcher *searcher, struct search_command *command)
{
    const struct quote_command quote = {
        .file = command->quote_file,
        .params = &command->quote_params,
        .pretty = wants_bold(command),
    };
    return quote_command_run(searcher, &quote);
}

static bool ask(const struct searcher *searcher, struct search_command *command)
{
    if (command->quote_file)
        return ask_quote(searcher, command);
    if (command->suggest)
        return suggest_command_run(searcher, bytes_slice(&command->query), &command->params);
    return command->batch ? ask_batch(searcher, command) : ask_one(searcher, command);
}

int main(int count, char **arguments)
{
    struct search_command command;
    standard_streams_hold();
    log_set_program("verbatim-search");
    int status = search_command_read(&command, count, arguments);
    if (status == SEARCH_COMMAND_RUN) {
        log_set_quiet(command.quiet);
        struct searcher *searcher = open_collection(command.index_files);
        status = searcher && ask(searcher, &command) ? EXIT_SUCCESS : EXIT_FAILURE;
        searcher_unref(searcher);
    }
    search_command_release(&command);
    return status;
}
