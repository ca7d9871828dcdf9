/* Many questions, one a line; answers in the order of the lines. One contract for CLI and HTTP.
 *
 * A line is a query as in the box, ID<TAB>query, or a JSON object with the parameters of /search
 * but format and index, and an optional "id". White space alone is skipped; a CR at the end is no
 * part of a line, nor is a byte order mark at the beginning of the first. A bad line gets an error
 * in its answer's place and harms no other. Nothing is held but the lines and answers being worked
 * on, 32 a thread at most. */
#ifndef VERBATIM_SEARCH_BATCH_H
#define VERBATIM_SEARCH_BATCH_H

#include "search/batch_line.h"
#include "search/question.h"
#include "search/render.h"

struct error;
struct searcher;

struct batch_options {
    struct question defaults; /* what a line does not say for itself; text is not used */
    struct render_options render;
    size_t threads;        /* at least 1 */
    uint64_t lines_before; /* lines of the input that are left out, to go on where a batch ended;
                            * they keep their numbers, and CSV's header is left out, too */
};

/* Where lines come from: the next line without its end into *line, valid until the next call; false
 * at the end. A line over BATCH_LINE_BYTES is handed on cut with *cut set, and its rest is skipped.
 */
struct batch_input {
    void *context;
    bool (*next)(void *context, struct slice *line, bool *cut);
};

/* Where answers go, in order, from one thread at a time, each as soon as those before it are out;
 * where lines wait for threads, one may wait for the next too. Not STATUS_OK ends the batch. */
struct batch_output {
    void *context;
    enum status (*write)(void *context, struct slice bytes);
    /* What is out now is the answer of this line; NULL: nobody wants to know. Likewise from one
     * thread at a time, in order. */
    enum status (*answered)(void *context, const struct batch_line *line, bool failed);
};

struct batch_totals {
    uint64_t lines, failed; /* answered or failed, and failed */
};

/* STATUS_OK though lines failed. Otherwise what the output returned, or STATUS_NO_MEMORY. */
enum status batch_run(const struct searcher *searcher, const struct batch_options *options,
                      const struct batch_input *input, const struct batch_output *output,
                      struct batch_totals *totals, struct error *error);

/* One line's answer appended to out: what batch_run does for each. Any thread. Returns whether it
 * is an answer and no error. */
bool batch_answer_line(const struct searcher *searcher, const struct batch_options *options,
                       const struct batch_line *line, struct bytes *out);

#endif
