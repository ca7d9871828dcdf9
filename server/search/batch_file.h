/* The answers of a batch in a file, from which it can be resumed wherever it was stopped.
 *
 * Beside OUT stands OUT.state: what the answers depend on besides their lines, and now and then how
 * far the batch has come: the last line answered, the bytes of OUT up to there, and the hashes of
 * both. OUT is synced before that is written, and it is written over the older of two such places,
 * so that whatever is torn by a stop, one of them is whole and true. Resuming compares all of it
 * and cuts off what follows. OUT is locked by flock while it is open. */
#ifndef VERBATIM_SEARCH_BATCH_FILE_H
#define VERBATIM_SEARCH_BATCH_FILE_H

#include "base/error.h"
#include "search/batch_line.h"

struct batch_file; /* owned; one thread at a time */

struct batch_identity {      /* borrowed */
    const char *version;     /* of the program */
    const char *name;        /* of the index, which answers tell */
    const char *checksum;    /* of its bytes */
    struct slice parameters; /* all that hold for the whole batch, its format among them */
};

struct batch_point {
    uint64_t line;             /* the last one answered; 0: none */
    uint64_t answered, failed; /* lines */
};

/* Begins OUT anew, or goes on with what is there where `resume`: with nothing where there is none.
 * An OUT without OUT.state that is not empty is not touched. *from: how far it has come. NULL with
 * the cause in the error, OUT as it was: STATUS_BUSY, somebody else writes it; STATUS_INVALID, it
 * was begun with something else, or by no batch. */
struct batch_file *batch_file_open(const char *path, const struct batch_identity *identity,
                                   bool resume, struct batch_point *from, struct error *error);

/* Of the lines up to from->line each that counts (batch_line_counts), in order; then whether they
 * are those that were answered. */
void batch_file_pass(struct batch_file *file, const struct batch_line *line);
enum status batch_file_passed(struct batch_file *file, struct error *error);

/* For a batch_output, the file being its context. */
enum status batch_file_write(void *file, struct slice bytes);
enum status batch_file_answered(void *file, const struct batch_line *line, bool failed);

/* How far it has come. */
struct batch_point batch_file_point(const struct batch_file *file);
/* Says how far it has come, and closes; the cause in the error, also of a failed write before. NULL
 * is allowed. */
enum status batch_file_close(struct batch_file *file, struct error *error);

#endif
