/* Classes of words out: the chunk "classes". The shape is FORMAT.md's.
 *
 * Languages are added one after the other, ascending by code, and all classes of each; what is held
 * in memory does not grow with either. One thread. */
#ifndef VERBATIM_STORE_CLASSES_WRITE_H
#define VERBATIM_STORE_CLASSES_WRITE_H

#include "base/slice.h"
#include "store/class_rule.h"
#include "store/container_write.h"
#include "store/gram.h"

struct classes_writer; /* owned */

struct classes_writer *classes_writer_open(struct container_writer *container,
                                           const struct class_rule *rule, struct error *error);
/* code: as of stem_language, less than 16 bytes. */
void classes_writer_language(struct classes_writer *writer, const char *code);
/* The next class of the language: two terms or more, ascending; df articles hold one of them. list
 * is NULL where the class has no list of its own, else as gram_list_write fills it, and lists are
 * the bytes written there. A term is in one class of a language at most. */
void classes_writer_add(struct classes_writer *writer, const uint32_t *terms, uint32_t count,
                        uint32_t df, const struct gram *list, struct slice lists);
enum status classes_writer_status(const struct classes_writer *writer);
/* memory: of bytes that may be taken for putting members in order. */
enum status classes_writer_finish(struct classes_writer *writer, size_t memory);
void classes_writer_close(struct classes_writer *writer); /* NULL is allowed */

#endif
