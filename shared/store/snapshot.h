/* An index file open for reading: mapped, immutable, shared by any number of threads.
 *
 * Opening checks the header, the chunk table, the page sums and the settings, whatever the file's
 * size; a page is compared with its sum the first time that it is touched. Nothing that fails is
 * ever handed out: a view of it is STATUS_CORRUPT. Files are replaced by renaming, never written
 * over: one that is cut short while it is mapped raises SIGBUS in whoever looks at it. */
#ifndef VERBATIM_STORE_SNAPSHOT_H
#define VERBATIM_STORE_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "store/chunk.h"

struct error;
struct settings;
struct snapshot;

struct snapshot *snapshot_open(const char *path,
                               struct error *error); /* one reference, the caller's */
/* The words of a file that is being written, its chunks lexicon, postings and positions being
 * whole: the other chunks are absent, and no page has a sum to be compared with. Closed before its
 * container. */
struct container_writer;
struct snapshot *snapshot_of_words(struct container_writer *container,
                                   const struct settings *settings, struct error *error);
/* One chunk more of such a file; it is whole, or absent. One thread, before anybody else has it. */
enum status snapshot_add_chunk(struct snapshot *snapshot, enum chunk_id id, struct error *error);
/* The same of what is stored of the articles: the chunks fields and text. */
struct snapshot *snapshot_of_documents(struct container_writer *container,
                                       const struct settings *settings, struct error *error);
struct snapshot *snapshot_ref(struct snapshot *snapshot);
void snapshot_unref(struct snapshot *snapshot); /* NULL is allowed */

const struct settings *snapshot_settings(const struct snapshot *snapshot);
uint64_t snapshot_checksum(const struct snapshot *snapshot); /* names the file's bytes */
uint64_t snapshot_file_bytes(const struct snapshot *snapshot);
const char *snapshot_path(const struct snapshot *snapshot);
bool snapshot_replaced(const struct snapshot *snapshot); /* its path names another file now */

bool snapshot_has(const struct snapshot *snapshot, enum chunk_id id);
/* Whether heads of pieces in the chunk text have leads; in older files they have none. */
bool snapshot_has_leads(const struct snapshot *snapshot);
uint64_t snapshot_chunk_bytes(const struct snapshot *snapshot,
                              enum chunk_id id); /* 0 where absent */

/* bytes of a chunk from offset, their pages checked. STATUS_CORRUPT where they reach past the chunk
 * or a page fails its sum. *data is borrowed from the snapshot. Any thread. */
enum status snapshot_view(const struct snapshot *snapshot, enum chunk_id id, uint64_t offset,
                          uint64_t bytes, const uint8_t **data);

/* The footer of a chunk, as snapshot_view; *left is what stands before it. STATUS_CORRUPT where the
 * chunk is shorter. */
enum status snapshot_footer(const struct snapshot *snapshot, enum chunk_id id, uint64_t bytes,
                            const uint8_t **footer, uint64_t *left);

/* Says in words which page of which chunk failed last, for a status that came from a view:
 * "'news.vbt' is damaged: chunk 'postings', page 17 at byte 1114112 fails its checksum", or where
 * no page failed "'news.vbt' is damaged: chunk 'lexicon' contradicts itself". */
enum status snapshot_explain(const struct snapshot *snapshot, enum status status, enum chunk_id id,
                             struct error *error);

/* Lets go of the memory that the pages read so far take: mapped pages count as the process's own.
 * For one who reads a file from end to end within a budget. Any thread; views stay good. */
void snapshot_forget(const struct snapshot *snapshot);

/* Compares every page; the first that fails in the error. Any thread, beside any reader. */
enum status snapshot_verify(const struct snapshot *snapshot, struct error *error);
/* The chunk that the page which failed last was looked at for; CHUNK_SETTINGS where none failed. */
enum chunk_id snapshot_failed_chunk(const struct snapshot *snapshot);

/* Whether the bytes between the chunks are zeros; their pages were verified before. */
bool snapshot_is_padded(const struct snapshot *snapshot);

#endif
