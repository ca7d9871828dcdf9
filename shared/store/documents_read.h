/* What was stored, read back: fields of an article, its whole body, or the block around a word. */
#ifndef VERBATIM_STORE_DOCUMENTS_READ_H
#define VERBATIM_STORE_DOCUMENTS_READ_H

#include "base/arena.h"
#include "base/bytes.h"
#include "store/document_blocks.h"
#include "store/fields.h"
#include "store/snapshot.h"

struct documents { /* one thread; release when done. Keeps the block inflated last of each kind. */
    const struct snapshot *snapshot;
    struct document_blocks fields, text;
    struct bytes joined; /* a piece whose beginning its article's shown title has */
};

enum status documents_open(struct documents *documents, const struct snapshot *snapshot);
/* From now on blocks are looked for in the cache, which others may share, and kept there. It is
 * borrowed; file tells the files apart that share it. */
void documents_use_cache(struct documents *documents, struct block_cache *cache, uint32_t file);
/* From now on asks before a block is inflated that is larger than LARGE_BLOCK_BYTES; where the
 * answer is no, what needs it gives STATUS_DEADLINE. NULL: nobody is asked, as at first. */
void documents_watch(struct documents *documents, bool (*may_read)(void *context, uint64_t bytes),
                     void *context);
/* Gives the inflated blocks back; what is read afterwards is inflated anew. Twice is fine. */
void documents_release(struct documents *documents);

/* A record as fields_write made it; valid until another one, or a body, is read. doc is less than
 * article_count. */
enum status documents_record(struct documents *documents, uint32_t doc, struct slice *record);
/* The fields, in the arena: valid after other blocks are read. */
enum status documents_fields(struct documents *documents, uint32_t doc, struct arena *arena,
                             struct fields *fields);
/* The first bytes of a body, which its shown title has: as many as the head of its first piece
 * says. Valid as a record is. STATUS_CORRUPT where the title has not as many. */
enum status documents_lead(struct documents *documents, uint32_t doc, size_t size,
                           struct slice *lead);
/* The whole body, appended to out. STATUS_NOT_FOUND where the file stores no text. */
enum status documents_body(struct documents *documents, uint32_t doc, struct bytes *out);

/* A stretch of a body that begins where the analyzer's state is empty. */
struct text_piece {
    struct slice text; /* valid until the next call */
    uint64_t byte;     /* where it begins in the body */
    uint32_t position; /* word position of its first word */
    bool first, last;  /* of the body */
    uint32_t block;    /* for documents_piece_after and _before */
};
/* The piece that holds the word at this position of the article: the last one whose own position is
 * not greater, or the first. STATUS_NOT_FOUND where the article has no body or the file stores no
 * text. */
enum status documents_piece(struct documents *documents, uint32_t doc, uint32_t position,
                            struct text_piece *piece);
/* Where the body begins: not always the piece of position 0, since pieces may hold no word. */
enum status documents_first_piece(struct documents *documents, uint32_t doc,
                                  struct text_piece *piece);
/* The neighbouring piece of the same article; STATUS_NOT_FOUND past its end. */
enum status documents_piece_after(struct documents *documents, uint32_t doc,
                                  struct text_piece *piece);
enum status documents_piece_before(struct documents *documents, uint32_t doc,
                                   struct text_piece *piece);

#endif
