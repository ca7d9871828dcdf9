/* Lays chunks into a file one behind the other and sums its pages: the last step of the container.
 */
#ifndef VERBATIM_STORE_CONTAINER_LAY_H
#define VERBATIM_STORE_CONTAINER_LAY_H

#include "base/file_output.h"
#include "store/chunk.h"

struct container_lay; /* owned; one thread; its status is sticky and shows at the end */

struct container_lay *
container_lay_open(struct file_output *out); /* out is empty; NULL: no memory */
/* Chunks begin in the order of their numbers; the one before ends. */
void container_lay_begin(struct container_lay *lay, enum chunk_id id);
void container_lay_bytes(struct container_lay *lay, const void *data, size_t size);
/* Ends the last chunk and writes sums, table and header. */
enum status container_lay_finish(struct container_lay *lay);
void container_lay_close(struct container_lay *lay); /* NULL is allowed */

#endif
