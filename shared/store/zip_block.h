/* Blocks of bytes in zlib format (RFC 1950). The one place that knows libdeflate. */
#ifndef VERBATIM_STORE_ZIP_BLOCK_H
#define VERBATIM_STORE_ZIP_BLOCK_H

#include "base/bytes.h"

/* The same bytes for the same input with the same version of libdeflate. */
struct zip_packer; /* owned; one thread */
/* Without `squeeze` blocks are in the format but no smaller. NULL where memory ends. */
struct zip_packer *zip_packer_open(bool squeeze);
void zip_pack(struct zip_packer *packer, struct slice block, struct bytes *out); /* appends */
void zip_packer_close(struct zip_packer *packer); /* NULL is allowed */

struct zip_unpacker;                          /* owned; one thread */
struct zip_unpacker *zip_unpacker_open(void); /* NULL where memory ends */
/* Replaces what out holds. STATUS_CORRUPT where the block does not inflate to exactly `bytes`. */
enum status zip_unpack(struct zip_unpacker *unpacker, struct slice packed, uint32_t bytes,
                       struct bytes *out);
void zip_unpacker_close(struct zip_unpacker *unpacker); /* NULL is allowed */

#endif
