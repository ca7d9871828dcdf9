/* Any bytes as a file of any kind, archives among them: read twice they say the same, and a bomb
 * ends. */
#include "fuzz/input_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t some, again;
    uint64_t hash = input_fuzz_read(data, size, NULL, false, &some);
    fuzz_demand(input_fuzz_read(data, size, NULL, false, &again) == hash && again == some);
    return 0;
}
