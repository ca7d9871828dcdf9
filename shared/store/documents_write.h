/* What was read, stored: fields and bodies, packed into blocks. Those of fields are small, as a
 * page of answers reads one a hit; those of text are large, as text packs better so.
 *
 * A packer packs a batch of articles on any thread; its result is appended to the file in the order
 * of the batches. A block never holds articles of two batches, so the file depends on where batches
 * end and on nothing else. */
#ifndef VERBATIM_STORE_DOCUMENTS_WRITE_H
#define VERBATIM_STORE_DOCUMENTS_WRITE_H

#include "base/bytes.h"
#include "store/container_write.h"

enum { FIELD_BLOCK_BYTES = 2 * 1024, TEXT_BLOCK_BYTES = 16 * 1024 }; /* the least, inflated */

/* --- A batch -----------------------------------------------------------------------------------*/
struct document_packer; /* owned; one thread at a time; reusable */

/* Without squeeze_text the text takes no time and its full size: for a build that keeps it only for
 * itself. NULL where memory ends. */
struct document_packer *document_packer_open(bool squeeze_text);
void document_packer_close(struct document_packer *packer);

/* Articles are numbered from 0 in the batch, in order. A record is fields_write's. */
void document_packer_fields(struct document_packer *packer, struct slice record);
/* How many bytes of bodies the current text block still takes before it is full; at least 1, since
 * a full block is ended at once. The caller cuts the body where the analyzer's state is empty, at
 * or after that. */
size_t document_packer_room(const struct document_packer *packer);
/* The next piece of an article's body: byte is where it begins in the body, position the word
 * position of its first word. A body without bytes has no piece. The first `lead` bytes of the
 * body, fields_lead's, are left out of its first piece; for others lead is not looked at. */
void document_packer_text(struct document_packer *packer, uint32_t article, uint64_t byte,
                          uint32_t position, size_t lead, struct slice piece);
/* Ends the batch: the blocks are compressed and stand ready in `packed`, which
 * document_writer_append takes; the packer is empty again. */
struct packed_documents {
    struct bytes fields, field_blocks; /* compressed blocks, and their entries for the directory */
    struct bytes text, text_blocks;
    uint32_t article_count;
};
enum status document_packer_finish(struct document_packer *packer, struct packed_documents *packed);
void packed_documents_release(struct packed_documents *packed);

/* --- The file ----------------------------------------------------------------------------------*/
struct document_writer; /* owned; one thread */

struct document_writer *document_writer_open(struct container_writer *container, bool with_text,
                                             struct error *error);
enum status document_writer_append(struct document_writer *writer,
                                   const struct packed_documents *packed);
enum status document_writer_finish(struct document_writer *writer); /* writes the directories */
void document_writer_close(struct document_writer *writer);         /* NULL is allowed */

#endif
