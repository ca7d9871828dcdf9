/* A file's outer shape, written: header, chunks, page sums, chunk table. See FORMAT.md.
 *
 * Chunks may be filled side by side, each by one thread at a time: each goes to a spool of its own
 * and container_finish lays them into the output in the order of their numbers. */
#ifndef VERBATIM_STORE_CONTAINER_WRITE_H
#define VERBATIM_STORE_CONTAINER_WRITE_H

#include "base/error.h"
#include "base/file_output.h"
#include "base/slice.h"
#include "store/chunk.h"

struct container_writer; /* owned */
struct chunk_writer;     /* borrowed from its container */

/* beside: the path whose folder takes the spools. memory, for spools, is borrowed; NULL: none. */
struct spool_memory;
struct container_writer *container_writer_open(const char *beside, struct spool_memory *memory,
                                               struct error *error);

/* Begins a chunk, or gives the one begun. A chunk never asked for is absent from the file. NULL
 * where memory or the disk ends, with the cause in the error. */
struct chunk_writer *container_chunk(struct container_writer *writer, enum chunk_id id,
                                     struct error *error);

/* Before the chunk begins: none of it is to be held in memory. */
void container_keep_on_disk(struct container_writer *writer, enum chunk_id id);

void chunk_append(struct chunk_writer *chunk, const void *data, size_t size); /* sticky */
uint64_t chunk_size(const struct chunk_writer *chunk);                        /* bytes appended */
/* Zeros up to chunk_padded of what was appended. */
void chunk_pad(struct chunk_writer *chunk);
enum status chunk_status(const struct chunk_writer *chunk);

/* Leaves a chunk out of the file, whatever was appended to it. */
void container_drop(struct container_writer *writer, enum chunk_id id);

/* A spool beside the chunks, the caller's to close: for what a chunk's writer cannot write in its
 * place yet. */
struct spool;
struct spool *container_spool(struct container_writer *writer, struct error *error);

/* A chunk that is whole, for reading before there is a file: borrowed until something is appended
 * to it or the writer is closed. Its data are NULL where it is absent, and only there. */
enum status container_map(struct container_writer *writer, enum chunk_id id, struct slice *data,
                          struct error *error);
/* What is mapped of its file is read from there anew when it is looked at. */
void container_forget(const struct container_writer *writer, enum chunk_id id);

/* Writes the chunks in front of one, which are whole, to out. Any thread; the chunks from there on
 * may be written by another meanwhile. Not called, container_finish does it. */
enum status container_begin(struct container_writer *writer, enum chunk_id behind,
                            struct file_output *out, struct error *error);
/* Writes the file, or what is left of it, to out, which is left for the caller to commit. */
enum status container_finish(struct container_writer *writer, struct file_output *out,
                             struct error *error);
void container_writer_close(struct container_writer *writer); /* NULL is allowed */

#endif
