/* The ids of all articles: which of them meet twice, and the sorted table of the file.
 *
 * Held in a spool; sorted in as many passes over it as the memory asks for. */
#ifndef VERBATIM_BUILD_IDS_H
#define VERBATIM_BUILD_IDS_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/slice.h"

struct id_writer;
struct id_collector; /* owned; one thread */

struct id_collector *id_collector_open(const char *beside, struct error *error);
/* Articles come in the order of their numbers, from 0. */
enum status id_collector_add(struct id_collector *ids, struct slice id);

/* After the last id. Where ids meet twice, order becomes an array of uint32_t: the articles that
 * stay, the later of an id in the place of the first; else it stays empty. */
enum status id_collector_order(struct id_collector *ids, size_t memory, struct bytes *order,
                               struct error *error);
/* Gives every id to the writer; no id meets twice. */
enum status id_collector_write(struct id_collector *ids, size_t memory, struct id_writer *writer,
                               struct error *error);
void id_collector_close(struct id_collector *ids); /* NULL is allowed */

#endif
