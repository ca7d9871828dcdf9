/* Batches: a few threads of their own, so that no batch keeps a person waiting, and for each batch
 * a pipe from the thread that answers its lines to the connection that reads them.
 *
 * A slot is held from the batch's first byte to its last answer; what comes while all are taken is
 * refused at once. The pipe is bounded: who reads slowly makes his own batch slow. */
#ifndef VERBATIM_HTTP_BATCH_JOB_H
#define VERBATIM_HTTP_BATCH_JOB_H

#include <microhttpd.h>
#include <stdbool.h>

#include "base/bytes.h"
#include "http/generation.h"
#include "http/metrics.h"
#include "search/batch.h"

struct client;

enum {
    BATCH_RUNNERS = 2, /* batches at work at once */
    BATCH_SLOTS = 3 * BATCH_RUNNERS,
    BATCH_BYTES_MOST = 16 << 20, /* of lines */
    BATCH_PIPE_BYTES = 256 << 10,
    BATCH_BUDGET_BLOCKS = 4000000, /* of postings, a line: work, so that the bytes are equal */
};

struct batch_room; /* owned */

/* threads: that answer one batch's lines. NULL where memory or threads end. */
struct batch_room *batch_room_open(size_t threads, struct metrics *metrics);
/* Ends what runs; its connections are told on their next read. Call before the library's stop. */
void batch_room_stop(struct batch_room *room);
void batch_room_close(struct batch_room *room); /* after batch_room_stop; NULL is allowed */

struct batch_job;

/* A slot, with one reference; NULL where all are taken or memory ends. Any thread. */
struct batch_job *batch_room_reserve(struct batch_room *room);
void batch_job_unref(struct batch_job *job); /* NULL is allowed */

struct batch_work {
    struct served *served;        /* borrowed; the job takes its own reference */
    struct batch_options options; /* threads are the room's */
    struct bytes lines;           /* taken */
    char *text;                   /* taken: what the options' slices point into */
    bool gzip;
    uint64_t read_us; /* the reader's time for each piece */
};

/* Begins; the connection must then be queued a reply whose reader is batch_job_read. Returns
 * whether the bytes will be gzip: not where memory for that ended. */
bool batch_job_start(struct batch_job *job, struct MHD_Connection *connection,
                     struct client *client, struct batch_work *work);

/* The next bytes for the connection; suspends it where there are none yet. Of the form of
 * MHD_ContentReaderCallback; context is the job. */
ssize_t batch_job_read(void *context, uint64_t position, char *out, size_t most);

/* The connection is going: nobody reads any more. */
void batch_job_leave(struct batch_job *job);

#endif
