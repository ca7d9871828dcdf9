/* A run: the terms of a stretch of the input, sorted, with their articles and positions, in a
 * spool.
 *
 * Layout: for each term, keys ascending bytewise:
 *     u16 key size, key bytes, varint bytes of what follows, then parts till these end
 *     part: varint articles · 4 + 2 where its last article goes on in the next part + 1 where some
 *         occurrence is in a title; varint bytes of its frames; where the article goes on: varint
 *         its last position here; frames
 *     frame, of 128 articles, the last of those that are left:
 *         packed: article − the one before it in the part − 1; the first of a part as it is
 *         packed: occurrences − 1
 *         packed, in a part with titles: occurrences in the title
 *         packed, 128 and 128: an article's first position as it is; else the distance to the one
 *             before, less one
 * Parts follow each other as the articles do, so merging terms is laying their parts together. An
 * article that a spill cut in two stands in two parts; its positions follow each other. */
#ifndef VERBATIM_BUILD_RUN_H
#define VERBATIM_BUILD_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/slice.h"
#include "base/spool.h"
#include "store/key.h"

enum { RUN_FRAME = 128 };

struct run {
    const struct spool *spool;
    uint64_t offset, size; /* bytes */
    uint64_t unit;         /* runs are in the order of (unit, part) */
    uint32_t part;
};

/* --- Writing -----------------------------------------------------------------------------------*/
struct occurrence {
    uint32_t doc;
    uint32_t place; /* the position, and OCCURRENCE_IN_TITLE where it is in the title */
};
#define OCCURRENCE_IN_TITLE 0x80000000u

struct run_writer { /* release when done */
    struct spool *spool;
    uint64_t begin;       /* of the run */
    struct bytes payload; /* of the term being written */
    struct bytes head;
    enum status status; /* sticky */
};

void run_writer_begin(struct run_writer *writer, struct spool *spool);
/* The next term with all its occurrences in the order of articles and positions, at least one; they
 * are overwritten. goes_on: the last one's article has more in the next run. */
void run_writer_term(struct run_writer *writer, struct slice key, struct occurrence *occurrences,
                     uint32_t count, bool goes_on);
/* The next term with `rest` in place of parts: for one who reads them as they are. */
void run_writer_put(struct run_writer *writer, struct slice key, struct slice rest);
struct run_reader;
/* The next term, with what these readers, which all stand at it, have of it. */
void run_writer_copy(struct run_writer *writer, struct run_reader *const *readers, size_t count);
/* The run just written; the writer's memory stays for the next one. */
struct run run_writer_end(struct run_writer *writer, uint64_t unit, uint32_t part);
void run_writer_release(struct run_writer *writer);

/* --- Reading -----------------------------------------------------------------------------------*/

/* One term at a time, streamed through a buffer of fixed size. */
struct run_reader {
    struct run run;
    uint8_t *buffer; /* borrowed */
    size_t buffer_size, at, filled;
    uint64_t next;     /* where in the run the buffer is filled from */
    uint64_t term_end; /* where in the run the term ends */
    uint64_t part_end;
    size_t order;    /* among the readers of a merge */
    uint64_t prefix; /* the key's first 8 bytes as a big-endian number: decides most comparisons */
    uint8_t key[KEY_MAX_BYTES];
    size_t key_size;
    uint32_t articles_left; /* of the part, behind the frames read */
    bool titles;            /* of the part */
    bool goes_on;           /* likewise: its last article, and this its last position */
    uint32_t last_position;
    uint32_t base;        /* behind the last article read of the part */
    uint64_t values_left; /* of the frame */
    enum status status;   /* sticky; STATUS_IO where the spool cannot be read */
};

struct run_frame {
    uint32_t count;
    uint64_t values;                                                /* the sum of tfs */
    uint32_t docs[RUN_FRAME], tfs[RUN_FRAME], title_tfs[RUN_FRAME]; /* the last: with titles */
};

void run_reader_open(struct run_reader *reader, const struct run *run, uint8_t *buffer,
                     size_t size);
/* Of a run that lies in memory; data is borrowed. */
void run_reader_open_memory(struct run_reader *reader, struct slice data);
/* The next term, once all of the one before is read. False at the end or with a bad status. */
bool run_reader_term(struct run_reader *reader);
/* Its next part; false where it has no more. */
bool run_reader_part(struct run_reader *reader);
/* The part's next frame, all values of the one before read; false at the part's end. */
bool run_reader_frame(struct run_reader *reader, struct run_frame *frame);
/* The frame's next values, at most RUN_FRAME; 0 at its end. */
uint32_t run_reader_values(struct run_reader *reader, uint32_t values[RUN_FRAME]);
/* Instead of parts: up to `most` bytes of them as they are, appended to out; 0 at the term's end.
 */
size_t run_reader_raw(struct run_reader *reader, size_t most, struct bytes *out);

uint64_t run_reader_done(const struct run_reader *reader); /* bytes of the run read so far */
/* Bytes of the term that are still to be read. */
static inline uint64_t run_reader_left(const struct run_reader *reader)
{
    return reader->term_end - run_reader_done(reader);
}

static inline struct slice run_reader_key(const struct run_reader *reader)
{
    return slice_of(reader->key, reader->key_size);
}

#endif
