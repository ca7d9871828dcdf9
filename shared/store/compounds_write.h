/* Compounds out: the chunk "compounds". The shape is FORMAT.md's. */
#ifndef VERBATIM_STORE_COMPOUNDS_WRITE_H
#define VERBATIM_STORE_COMPOUNDS_WRITE_H

#include "store/compounds_read.h"
#include "store/container_write.h"

struct compounds_writer { /* one thread; zeroed before open */
    struct chunk_writer *chunk;
    uint64_t count;
};

enum status compounds_writer_open(struct compounds_writer *writer,
                                  struct container_writer *container, struct error *error);
/* The next entry: ascending by left, then by right. */
void compounds_writer_add(struct compounds_writer *writer, const struct compound *compound);
/* Behind all entries: the number of each, ascending by closed term, then by number. */
void compounds_writer_closed(struct compounds_writer *writer, uint32_t number);
enum status compounds_writer_finish(struct compounds_writer *writer);

#endif
