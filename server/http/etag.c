#include <inttypes.h>
#include <stdio.h>

#include "base/hash.h"
#include "http/respond.h"

void etag_make(char etag[ETAG_BYTES], const char *checksum, struct slice rest)
{
    snprintf(etag, ETAG_BYTES, "W/\"%s-" VERBATIM_VERSION "-%016" PRIx64 "\"", checksum,
             hash_bytes(rest.data, rest.size));
}

static struct slice opaque(struct slice tag)
{
    return slice_starts_with(tag, SLICE("W/")) ? slice_from(tag, 2) : tag;
}

bool etag_matches(const char *etag, struct slice if_none_match)
{
    struct slice ours = opaque(slice_of_string(etag));
    while (if_none_match.size) {
        const char *comma = memchr(if_none_match.data, ',', if_none_match.size);
        struct slice tag = {if_none_match.data,
                            comma ? (size_t)(comma - if_none_match.data) : if_none_match.size};
        if_none_match = slice_from(if_none_match, tag.size + (comma != NULL));
        while (tag.size && tag.data[0] == ' ')
            tag = slice_from(tag, 1);
        while (tag.size && tag.data[tag.size - 1] == ' ')
            tag.size--;
        if (slice_equal(tag, SLICE("*")) || slice_equal(opaque(tag), ours))
            return true;
    }
    return false;
}
