/* A file's outer shape, written: header, chunks, page sums, chunk table. See FORMAT.md.
 *
 * Chunks may be filled side by side, each by one thread at a time: each goes to a spool of its own
 * and container_finish lays them into the output in the order of their numbers. */
#ifndef VERBATIM_STORE_CONTAINER_WRITE_H
#define VERBATIM_STORE_CONTAINER_WRITE_H

#include "base/error.h"
#include "base/file_output.h"
#include "store/chunk.h"

struct container_writer; /* owned */
struct chunk_writer;     /* borrowed from its container */

/* beside: the path whose folder takes the spools. */
struct container_writer *container_writer_open(const char *beside, struct error *error);

/* Begins a chunk, or gives the one begun. A chunk never asked for is absent from the file. NULL
 * where memory or the disk ends, with the cause in the error. */
struct chunk_writer *container_chunk(struct container_writer *writer, enum chunk_id id,
                                     struct error *error);

void chunk_append(struct chunk_writer *chunk, const void *data, size_t size); /* sticky */
uint64_t chunk_size(const struct chunk_writer *chunk);                        /* bytes appended */
enum status chunk_status(const struct chunk_writer *chunk);

/* Leaves a chunk out of the file, whatever was appended to it. */
void container_drop(struct container_writer *writer, enum chunk_id id);

/* A spool beside the chunks, the caller's to close: for what a chunk's writer cannot write in its
 * place yet. */
struct spool;
struct spool *container_spool(struct container_writer *writer, struct error *error);

/* Maps chunks that are whole, for reading before there is a file: fills map, the caller's to close,
 * and for each of the ids where it lies in it; those absent are left alone. */
struct file_mapping;
struct chunk_place;
enum status container_map(struct container_writer *writer, const enum chunk_id *ids, size_t count,
                          struct file_mapping *map, struct chunk_place *places,
                          struct error *error);

/* Writes the whole file to out, which is left for the caller to commit. */
enum status container_finish(struct container_writer *writer, struct file_output *out,
                             struct error *error);
void container_writer_close(struct container_writer *writer); /* NULL is allowed */

#endif
