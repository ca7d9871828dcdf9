/* A run: the terms of a stretch of the input, sorted, with their articles and positions, in a
 * spool.
 *
 * Layout: for each term, keys ascending bytewise:
 *     u16 key size, key bytes, varint articles, varint bytes of what follows;
 *     for each article: varint (doc − the doc before; the first as it is), varint count,
 *         count varints (position − the position before; the first as it is)
 * An article that a spill cut in two stands in both runs; their positions follow each other. */
#ifndef VERBATIM_BUILD_RUN_H
#define VERBATIM_BUILD_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/slice.h"
#include "base/spool.h"

struct run {
    const struct spool *spool;
    uint64_t offset, size; /* bytes */
    uint64_t unit;         /* runs are in the order of (unit, part) */
    uint32_t part;
};

/* --- Writing -----------------------------------------------------------------------------------*/
struct run_writer {
    struct spool *spool;
    uint64_t begin;       /* of the run */
    struct bytes payload; /* of the term being written */
    uint32_t articles;
    uint32_t last_doc;
    struct bytes head;
    enum status status; /* sticky */
};

void run_writer_begin(struct run_writer *writer, struct spool *spool);
void run_writer_term(struct run_writer *writer); /* begins a term */
void run_writer_article(struct run_writer *writer, uint32_t doc, const uint32_t *positions,
                        size_t count);
void run_writer_term_end(struct run_writer *writer, struct slice key);
/* The run just written; the writer's memory stays for the next one. */
struct run run_writer_end(struct run_writer *writer, uint64_t unit, uint32_t part);
void run_writer_release(struct run_writer *writer);

/* --- Reading
 * ------------------------------------------------------------------------------------------
 *
 * One term at a time, its articles streamed through a buffer of fixed size. */
struct run_reader {
    struct run run;
    uint8_t *buffer; /* borrowed */
    size_t buffer_size, at, filled;
    uint64_t next; /* where in the run the buffer is filled from */
    size_t order;  /* among the readers of a merge */
    uint8_t key[1026];
    size_t key_size;
    uint32_t articles_left;
    bool first;          /* no article of the term is read yet */
    uint32_t doc, count; /* after run_reader_article */
    enum status status;  /* sticky; STATUS_IO where the spool cannot be read */
};

void run_reader_open(struct run_reader *reader, const struct run *run, uint8_t *buffer,
                     size_t size);
/* The next term, once all articles of the one before are read. False at the end or with a bad
 * status. */
bool run_reader_term(struct run_reader *reader);
/* The next article of the term: doc and count. False at the term's end. */
bool run_reader_article(struct run_reader *reader);
/* The article's `count` positions, appended as uint32_t to out. */
void run_reader_positions(struct run_reader *reader, struct bytes *out);
uint64_t run_reader_done(const struct run_reader *reader); /* bytes read so far */

static inline struct slice run_reader_key(const struct run_reader *reader)
{
    return slice_of(reader->key, reader->key_size);
}

#endif
