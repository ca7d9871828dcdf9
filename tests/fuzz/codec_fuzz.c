/* Any bytes as packed numbers and as article numbers: what is read is written again in no more
 * bytes than it took, and read back the same. The first two bytes say how many there are and where
 * they begin. */
#include "fuzz/fuzz.h"

#include <string.h>

#include "codec/doc_block.h"
#include "codec/rice.h"
#include "codec/varint.h"

static void try_numbers(const uint8_t *at, const uint8_t *end, uint32_t count)
{
    uint32_t values[RICE_MOST], back[RICE_MOST];
    uint8_t out[RICE_MOST_BYTES];
    const uint8_t *behind = rice_decode(at, end, count, values);
    if (!behind)
        return;
    fuzz_demand(behind <= end);
    const uint8_t *written = rice_encode(values, count, out);
    fuzz_demand(written - out <= behind - at);
    fuzz_demand(rice_decode(out, written, count, back) == written);
    fuzz_demand(memcmp(values, back, count * sizeof *values) == 0);
}

static void write_again(const uint32_t *docs, const uint32_t *counts, uint32_t base, uint32_t count,
                        size_t most)
{
    uint32_t docs_back[DOC_BLOCK_MOST], counts_back[DOC_BLOCK_MOST];
    uint64_t sum;
    uint8_t out[DOC_BLOCK_MOST_BYTES];
    struct doc_block_counts where;
    const uint8_t *written = doc_block_encode(docs, counts, count, base, out);
    fuzz_demand((size_t)(written - out) <= most);
    fuzz_demand(doc_block_decode(out, written, base, count, docs_back, &where));
    fuzz_demand(doc_block_decode_counts(&where, count, counts_back, &sum));
    fuzz_demand(memcmp(docs, docs_back, count * sizeof *docs) == 0);
    fuzz_demand(memcmp(counts, counts_back, count * sizeof *counts) == 0);
}

static void try_docs(const uint8_t *at, const uint8_t *end, uint32_t base, uint32_t count)
{
    uint32_t docs[DOC_BLOCK_MOST], counts[DOC_BLOCK_MOST];
    uint64_t sum;
    struct doc_block_counts where;
    if (!doc_block_decode(at, end, base, count, docs, &where))
        return;
    fuzz_demand(docs[0] >= base && docs[count - 1] <= DOC_BLOCK_GREATEST);
    for (uint32_t i = 1; i < count; i++)
        fuzz_demand(docs[i] > docs[i - 1]);
    if (!doc_block_decode_counts(&where, count, counts, &sum))
        return;
    for (uint32_t i = 0; i < count; i++) {
        fuzz_demand(counts[i] > 0);
        sum -= counts[i];
    }
    fuzz_demand(sum == 0);
    write_again(docs, counts, base, count, (size_t)(end - at));
}

static void try_varint(const uint8_t *at, const uint8_t *end)
{
    uint64_t value;
    uint8_t out[VARINT_MOST_BYTES];
    const uint8_t *behind = varint_read(at, end, &value);
    if (!behind)
        return;
    fuzz_demand(varint_write(out, value) - out == behind - at);
    fuzz_demand(memcmp(out, at, (size_t)(behind - at)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    uint32_t count = 1 + data[0] % RICE_MOST;
    uint32_t base = data[1] < 200 ? data[1] : DOC_BLOCK_GREATEST - (255u - data[1]) * 40;
    try_varint(data + 2, data + size);
    try_numbers(data + 2, data + size, count);
    try_docs(data + 2, data + size, base, count);
    return 0;
}
