/* XXH3 (https://xxhash.com, 64 and 128 bits). The one place that knows xxHash. Any thread.
 *
 * Hashes of bytes are the same on every machine, so they may stand in a file; tables that strangers
 * can fill use hash_keyed with a key of the process, and nothing of that key reaches a file. */
#ifndef VERBATIM_BASE_HASH_H
#define VERBATIM_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash128 {
    uint64_t low, high;
};

/* data is borrowed for the call; NULL is allowed where size is 0. */
uint64_t hash_bytes(const void *data, size_t size);
struct hash128 hash_bytes_128(const void *data, size_t size);
uint64_t hash_keyed(const void *data, size_t size, uint64_t key);
uint64_t hash_process_key(void); /* random, the same all through this process */

/* The same hashes over bytes that come in pieces. */
struct hash_stream;                         /* owned; one thread at a time */
struct hash_stream *hash_stream_open(void); /* of no byte; NULL where memory ran out */
void hash_stream_reset(struct hash_stream *stream);
void hash_stream_add(struct hash_stream *stream, const void *data, size_t size);
/* Of all bytes added since it was opened or reset; more may be added afterwards. */
uint64_t hash_stream_value(const struct hash_stream *stream);
struct hash128 hash_stream_value_128(const struct hash_stream *stream);
void hash_stream_close(struct hash_stream *stream); /* NULL is allowed */

#endif
