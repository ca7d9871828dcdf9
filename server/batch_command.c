#include "batch_command.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/grouped.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/pool.h"
#include "print.h"
#include "search/batch.h"
#include "search/batch_file.h"
#include "search/params.h"
#include "search/searcher.h"

/* What one line may cost: a second or so, but the same answer on any machine. */
enum { BUDGET_BLOCKS = 4000000, PROGRESS_LINES = 256 };

struct line_reader {
    FILE *file;
    char line[BATCH_LINE_BYTES + 1]; /* and a CR */
    uint64_t lines, bytes;           /* read */
    uint64_t passed;                 /* lines that were answered before; not read twice */
    uint64_t given;                  /* lines that were handed on */
    uint64_t begun_us, total_bytes;  /* 0: not known */
    int errnum;                      /* why reading ended; 0 at the file's end */
    bool progress;
};

static volatile sig_atomic_t stopped;

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

/* --- Lines -------------------------------------------------------------------------------------*/

static void tell_progress(const struct line_reader *reader)
{
    char lines[GROUPED_BYTES], rate[GROUPED_BYTES];
    uint64_t took = clock_microseconds() - reader->begun_us + 1;
    uint64_t a_second = (reader->lines - reader->passed) * 1000000 / took;
    number_grouped(reader->lines, lines);
    number_grouped(a_second, rate);
    if (!reader->total_bytes || reader->bytes > reader->total_bytes) {
        log_progress("%s lines, %s/s", lines, rate);
        return;
    }
    uint64_t rest = reader->total_bytes - reader->bytes;
    uint64_t mean = reader->bytes / reader->lines + 1;
    log_progress("%s lines, %s/s, %" PRIu64 " %%, %" PRIu64 " s left", lines, rate,
                 100 * reader->bytes / reader->total_bytes, rest / mean / (a_second + 1));
}

/* A line without its end, of which a CR is a part. False at the end. */
static bool read_line(struct line_reader *reader, struct slice *line, bool *cut)
{
    size_t n = 0;
    bool longer = false;
    int c;
    while ((c = getc_unlocked(reader->file)) != EOF && c != '\n') {
        reader->bytes++;
        if (n < sizeof reader->line)
            reader->line[n++] = (char)c;
        else
            longer = true;
    }
    if (c == EOF && ferror(reader->file) && !stopped)
        reader->errnum = errno;
    if ((c == EOF && n == 0) || stopped)
        return false;
    reader->bytes++;
    reader->lines++;
    if (!longer && n && reader->line[n - 1] == '\r')
        n--;
    *cut = longer || n > BATCH_LINE_BYTES;
    *line = slice_of(reader->line, *cut ? BATCH_LINE_BYTES : n);
    return true;
}

/* For a batch: those that were passed are empty, and read no more. */
static bool next_line(void *context, struct slice *line, bool *cut)
{
    struct line_reader *reader = context;
    *line = (struct slice){0};
    *cut = false;
    if (reader->given < reader->passed) {
        reader->given++;
        return true;
    }
    if (stopped || !read_line(reader, line, cut))
        return false;
    reader->given++;
    if (reader->lines % PROGRESS_LINES == 0 && reader->progress)
        tell_progress(reader);
    return true;
}

static bool open_lines(struct line_reader *reader, const struct batch_command *command)
{
    struct stat about;
    bool standard_input = strcmp(command->lines, "-") == 0;
    reader->progress =
        isatty(STDERR_FILENO) && (command->output || !isatty(STDOUT_FILENO)) && !command->quiet;
    reader->file = standard_input ? stdin : fopen(command->lines, "r");
    if (!reader->file)
        reader->errnum = errno;
    else if (fstat(fileno(reader->file), &about) == 0 && S_ISREG(about.st_mode))
        reader->total_bytes = (uint64_t)about.st_size;
    return reader->file != NULL;
}

static void close_lines(struct line_reader *reader)
{
    if (reader->file && reader->file != stdin)
        fclose(reader->file);
}

/* --- Answers -----------------------------------------------------------------------------------*/

static enum status print_answers(void *context, struct slice bytes)
{
    (void)context;
    return print_bytes(bytes) ? STATUS_OK : STATUS_IO;
}

/* All that answers depend on besides their lines; appended. */
static void write_parameters(const struct batch_options *options,
                             const struct batch_command *command, struct bytes *out)
{
    struct search_params params = *command->params;
    params.question = options->defaults;
    params.question.text = (struct slice){0};
    params.format = options->render.format;
    search_params_write(&params, out);
    bytes_format(out, " bold=%d skip=%" PRIu64 " blocks=%d", options->render.pretty,
                 command->skip_lines, BUDGET_BLOCKS);
}

/* The lines that a batch was answered to before, read once more. */
static bool pass_lines(struct line_reader *reader, struct batch_file *file, uint64_t first,
                       uint64_t last, struct error *error)
{
    struct batch_line line;
    while (reader->lines < last && read_line(reader, &line.text, &line.cut)) {
        line.number = reader->lines;
        if (line.number > first && batch_line_counts(&line))
            batch_file_pass(file, &line);
    }
    reader->passed = reader->lines;
    return !stopped && !reader->errnum && batch_file_passed(file, error) == STATUS_OK;
}

static struct batch_file *open_output(const struct searcher *searcher,
                                      const struct batch_options *options,
                                      const struct batch_command *command, struct batch_point *from,
                                      struct error *error)
{
    struct searcher_info info;
    struct bytes parameters = {0};
    searcher_info(searcher, &info);
    write_parameters(options, command, &parameters);
    struct batch_identity identity = {VERBATIM_VERSION, info.name, info.checksum,
                                      bytes_slice(&parameters)};
    struct batch_file *file = NULL;
    if (parameters.status != STATUS_OK)
        error_set(error, STATUS_NO_MEMORY, "out of memory");
    else
        file = batch_file_open(command->output, &identity, command->resume, from, error);
    bytes_release(&parameters);
    return file;
}

static void watch_signals(void)
{
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is an error to report, not a death */
}

/* Whether it came to the end. */
static bool run_into_file(const struct searcher *searcher, struct batch_options *options,
                          const struct batch_command *command, struct line_reader *reader,
                          struct batch_totals *totals)
{
    struct error error = {0}, closing = {0};
    struct batch_point from = {0};
    struct batch_file *file = open_output(searcher, options, command, &from, &error);
    struct batch_input input = {reader, next_line};
    struct batch_output output = {file, batch_file_write, batch_file_answered};
    watch_signals();
    if (file && from.line > options->lines_before &&
        pass_lines(reader, file, options->lines_before, from.line, &error))
        options->lines_before = from.line;
    if (file && error.status == STATUS_OK && !stopped && !reader->errnum)
        batch_run(searcher, options, &input, &output, totals, &error);
    if (reader->progress)
        log_progress_end();
    struct batch_point to = file ? batch_file_point(file) : from;
    enum status closed = batch_file_close(file, &closing);
    *totals = (struct batch_totals){to.answered, to.failed};
    if (closed != STATUS_OK)
        log_error("%s", closing.text);
    else if (error.status != STATUS_OK)
        log_error("%s", error.text);
    else if (stopped)
        log_error("stopped after line %" PRIu64 "; --resume goes on there", to.line);
    return closed == STATUS_OK && error.status == STATUS_OK && !stopped;
}

static bool run_to_output(const struct searcher *searcher, const struct batch_options *options,
                          struct line_reader *reader, struct batch_totals *totals)
{
    struct error error = {0};
    struct batch_input input = {reader, next_line};
    struct batch_output output = {.write = print_answers};
    enum status status = batch_run(searcher, options, &input, &output, totals, &error);
    if (reader->progress)
        log_progress_end();
    if (status != STATUS_OK && status != STATUS_IO)
        log_error("%s", error.text);
    return status == STATUS_OK;
}

static bool run(const struct searcher *searcher, const struct batch_command *command,
                struct line_reader *reader)
{
    const struct search_params *params = command->params;
    struct batch_totals totals = {0};
    struct batch_options options = {
        .defaults = params->question,
        .render = {.pretty = command->bold,
                   .unmarked = params->unmarked,
                   .lines = params->question.kwic},
        .threads = command->threads ? command->threads : pool_processors(),
        .lines_before = command->skip_lines,
    };
    options.render.format = params->format_given ? params->format : RENDER_JSON;
    options.defaults.budget_us = 0;
    options.defaults.budget_blocks = BUDGET_BLOCKS;
    reader->begun_us = clock_microseconds();
    bool whole = command->output ? run_into_file(searcher, &options, command, reader, &totals)
                                 : run_to_output(searcher, &options, reader, &totals);
    if (totals.failed)
        log_error("%" PRIu64 " of %" PRIu64 " lines failed", totals.failed, totals.lines);
    return whole && !totals.failed;
}

bool batch_command_run(const struct searcher *searcher, const struct batch_command *command)
{
    bool good = false;
    struct line_reader *reader = memory_allocate_zeroed(1, sizeof *reader);
    if (!reader) {
        log_error("out of memory");
        return false;
    }
    if (open_lines(reader, command))
        good = run(searcher, command, reader);
    if (reader->errnum) {
        log_error("cannot read '%s': %s", command->lines, strerror(reader->errnum));
        good = false;
    }
    close_lines(reader);
    memory_free(reader);
    return good;
}
