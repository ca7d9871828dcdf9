/* A request's target as the server reads it: what it hands out lies within the target's own bytes,
 * is never longer than what was written, and is what another, plainer reading gives. */
#include "fuzz/fuzz.h"

#include "base/memory.h"
#include "http/gzip.h"
#include "http/respond.h"
#include "http/target.h"

static void inside(struct slice part, const char *text, size_t size)
{
    if (part.size == 0)
        return;
    if (slice_equal(part, SLICE("/")) && (part.data < text || part.data >= text + size))
        return; /* the path of http://host, which has none */
    fuzz_demand(part.data >= text && part.data + part.size <= text + size);
}

/* One byte at a time, into another place. */
static size_t decode_plainly(const char *from, size_t size, char *to)
{
    static const char digits[] = "0123456789abcdef";
    size_t n = 0;
    for (size_t i = 0; i < size; i++) {
        const char *high = NULL, *low = NULL;
        if (from[i] == '%' && i + 2 < size && from[i + 1] && from[i + 2]) {
            high = strchr(digits, from[i + 1] >= 'A' && from[i + 1] <= 'F' ? from[i + 1] + 32
                                                                           : from[i + 1]);
            low = strchr(digits,
                         from[i + 2] >= 'A' && from[i + 2] <= 'F' ? from[i + 2] + 32 : from[i + 2]);
        }
        bool escape = high && low;
        to[n++] = escape           ? (char)((high - digits) * 16 + (low - digits))
                  : from[i] == '+' ? ' '
                                   : from[i];
        i += escape ? 2 : 0;
    }
    return n;
}

static void check_decoding(const char *data, size_t size)
{
    char *plain = memory_allocate(size + 1), *copy = memory_allocate(size + 1);
    fuzz_demand(plain && copy);
    memcpy(copy, data, size);
    size_t n = target_decode(copy, size, true);
    fuzz_demand(n <= size && n == decode_plainly(data, size, plain));
    fuzz_demand(n == 0 || memcmp(copy, plain, n) == 0);
    memory_free(plain);
    memory_free(copy);
}

static void check_target(const char *data, size_t size)
{
    struct target target;
    char *text = memory_allocate(size); /* not a byte more, so that a sanitizer sees who reads on */
    fuzz_demand(text);
    memcpy(text, data, size);
    target_read(&target, text, size);
    fuzz_demand(target.path.size > 0);
    inside(target.authority, text, size);
    inside(target.path, text, size);
    fuzz_demand(target.pair_count <= TARGET_PAIRS_MOST);
    for (size_t i = 0; i < target.pair_count; i++) {
        inside(target.pairs[i].name, text, size);
        inside(target.pairs[i].value, text, size);
    }
    memory_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *data = (const char *)bytes;
    struct slice all = {data, size};
    if (size == 0)
        return 0;
    check_decoding(data, size);
    if (target_check(all) == TARGET_GOOD)
        check_target(data, size);
    char *header = memory_allocate(size);
    fuzz_demand(header);
    memcpy(header, data, size);
    gzip_accepted((struct slice){header, size});
    etag_matches("W/\"x\"", (struct slice){header, size});
    memory_free(header);
    return 0;
}
