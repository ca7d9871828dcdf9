/* How long the decoder takes on whole blocks, by kernel and width:
 *
 *     verbatim-decode-bench        prints nanoseconds a number; VERBATIM_CPU leaves kernels out
 *
 * unpack: a stream behind which nothing may be read. rice: one with 5 % of exceptions, by the
 * kernel that the processor chooses. ascend, count_up: whole blocks. The best of some
 * rounds. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "codec/bitpack.h"
#include "codec/rice.h"

enum { ROUNDS = 15, BLOCKS = 20000, MOST_WIDTH = 20 };

static const char *const names[] = {"scalar", "avx2", "avx512", "neon"};

struct block {
    uint32_t values[BITPACK_MOST];
    uint8_t bytes[RICE_MOST_BYTES];
    uint64_t starts[BITPACK_MOST];
    size_t size;
    unsigned width;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void unpack_one(const struct kernel *by, struct block *block)
{
    bitpack_unpack(by, block->bytes, block->bytes + block->size, block->width, BITPACK_MOST,
                   block->values);
}

static void rice_one(const struct kernel *by, struct block *block)
{
    (void)by;
    rice_decode(block->bytes, block->bytes + block->size, RICE_MOST, block->values);
}

static void ascend_one(const struct kernel *by, struct block *block)
{
    memset(block->values, 0, sizeof block->values);
    by->ascend(block->values, BITPACK_MOST, 0, block->values);
}

static void count_up_one(const struct kernel *by, struct block *block)
{
    memset(block->values, 0, sizeof block->values);
    by->count_up(block->values, BITPACK_MOST, 0, block->starts);
}

/* Nanoseconds a number. */
static double measure(const struct kernel *by, struct block *block,
                      void (*one)(const struct kernel *, struct block *))
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        for (int i = 0; i < BLOCKS; i++) {
            one(by, block);
            __asm__ volatile("" : : "r"(block) : "memory");
        }
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    return best * 1e9 / BLOCKS / BITPACK_MOST;
}

static void fill(struct block *block, unsigned width, bool exceptions)
{
    uint32_t noise = 1;
    for (uint32_t i = 0; i < BITPACK_MOST; i++) {
        noise = noise * 1664525 + 1013904223;
        block->values[i] = noise >> (32 - width);
        if (exceptions && i % 20 == 7)
            block->values[i] |= 3u << width;
    }
    block->width = width;
    if (exceptions) {
        block->size = (size_t)(rice_encode(block->values, RICE_MOST, block->bytes) - block->bytes);
        return;
    }
    bitpack_pack(block->values, BITPACK_MOST, width, block->bytes);
    block->size = bitpack_bytes(BITPACK_MOST, width);
}

static size_t levels(enum cpu_level *out)
{
    size_t count = 0;
    out[count++] = CPU_SCALAR;
    if (cpu_level() == CPU_AVX512)
        out[count++] = CPU_AVX2;
    if (cpu_level() != CPU_SCALAR)
        out[count++] = cpu_level();
    return count;
}

int main(void)
{
    enum cpu_level level[3];
    struct block block;
    size_t count = levels(level);
    printf("%-10s", "ns/number");
    for (size_t i = 0; i < count; i++)
        printf("%10s", names[level[i]]);
    printf("%10s\n", "rice");
    for (unsigned width = 1; width <= MOST_WIDTH; width++) {
        printf("width %-4u", width);
        fill(&block, width, false);
        for (size_t i = 0; i < count; i++)
            printf("%10.3f", measure(kernel_of(level[i]), &block, unpack_one));
        fill(&block, width, true);
        printf("%10.3f\n", measure(kernel(), &block, rice_one));
    }
    static const char *const sums[] = {"ascend", "count_up"};
    void (*const one[])(const struct kernel *, struct block *) = {ascend_one, count_up_one};
    for (size_t s = 0; s < sizeof sums / sizeof *sums; s++) {
        printf("%-10s", sums[s]);
        for (size_t i = 0; i < count; i++)
            printf("%10.3f", measure(kernel_of(level[i]), &block, one[s]));
        printf("\n");
    }
    return 0;
}
