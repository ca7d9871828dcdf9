/* Any bytes as a date: what is read packs, unpacks, is written and read again as the same date. */
#include "fuzz/fuzz.h"

#include "text/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct date d, back;
    char out[DATE_TEXT_BYTES];
    uint64_t first, last;
    if (!date_parse(slice_of(data, size), &d))
        return 0;
    uint64_t packed = date_pack(&d);
    fuzz_demand(date_unpack(packed, &back) && date_pack(&back) == packed);
    struct slice written = date_format(&d, out);
    fuzz_demand(written.size < DATE_TEXT_BYTES && date_parse(written, &back));
    fuzz_demand(date_pack(&back) == packed);
    date_span(&d, &first, &last);
    fuzz_demand(first <= packed && packed <= last);
    return 0;
}
