/* Any bytes as packed numbers and as article numbers: what is read is written again in no more
 * bytes than it took, and read back the same. The first two bytes say how many there are and where
 * they begin. */
#include "fuzz/fuzz.h"

#include <string.h>

#include "codec/doc_block.h"
#include "codec/varint.h"

static void try_numbers(const uint8_t *at, const uint8_t *end, uint32_t count)
{
    uint32_t values[PFOR_MOST], back[PFOR_MOST];
    uint8_t out[PFOR_MOST_BYTES];
    const uint8_t *behind = pfor_decode(at, end, count, values);
    if (!behind)
        return;
    fuzz_demand(behind <= end);
    const uint8_t *written = pfor_encode(values, count, out);
    fuzz_demand(written - out <= behind - at);
    fuzz_demand(pfor_decode(out, written, count, back) == written);
    fuzz_demand(memcmp(values, back, count * sizeof *values) == 0);
}

static void try_docs(const uint8_t *at, const uint8_t *end, uint32_t base, uint32_t count)
{
    uint32_t docs[DOC_BLOCK_MOST], back[DOC_BLOCK_MOST];
    uint8_t out[DOC_BLOCK_MOST_BYTES];
    const uint8_t *behind = doc_block_decode(at, end, base, count, docs);
    if (!behind)
        return;
    fuzz_demand(behind <= end && docs[0] >= base && docs[count - 1] <= DOC_BLOCK_GREATEST);
    for (uint32_t i = 1; i < count; i++)
        fuzz_demand(docs[i] > docs[i - 1]);
    const uint8_t *written = doc_block_encode(docs, count, base, out);
    fuzz_demand(written - out <= behind - at);
    fuzz_demand(doc_block_decode(out, written, base, count, back) == written);
    fuzz_demand(memcmp(docs, back, count * sizeof *docs) == 0);
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
    uint32_t count = 1 + data[0] % PFOR_MOST;
    uint32_t base = data[1] < 200 ? data[1] : DOC_BLOCK_GREATEST - (255u - data[1]) * 40;
    try_varint(data + 2, data + size);
    try_numbers(data + 2, data + size, count);
    try_docs(data + 2, data + size, base, count);
    return 0;
}
