/* Whole titles out: the chunk "titles". The shape is FORMAT.md's. */
#ifndef VERBATIM_STORE_TITLES_WRITE_H
#define VERBATIM_STORE_TITLES_WRITE_H

#include "store/container_write.h"

struct titles_writer { /* one thread; zeroed before open */
    struct chunk_writer *chunk;
};

enum status titles_writer_open(struct titles_writer *writer, struct container_writer *container,
                               struct error *error);
/* The next entry: ascending by hash, then by doc. */
void titles_writer_add(struct titles_writer *writer, uint64_t hash, uint32_t doc);
/* code: the language whose classes words stand for, of less than 16 bytes; "" where none. */
enum status titles_writer_finish(struct titles_writer *writer, const char *code);

#endif
