/* Any bytes as JSON Lines and as JSON; and as a body, which in a line or an array is read as it
 * was. */
#include "base/bytes.h"
#include "base/json_write.h"
#include "fuzz/input_fuzz.h"

static uint64_t read_written(struct slice text, bool array, size_t *size)
{
    struct bytes written = {0};
    struct json_writer w = {.out = &written};
    if (array)
        json_begin_array(&w);
    json_begin_object(&w);
    json_member_string(&w, "id", SLICE("x"));
    json_member_string(&w, "body", text);
    json_end_object(&w);
    if (array)
        json_end_array(&w);
    else
        bytes_append_string(&written, "\n");
    uint64_t hash =
        input_fuzz_read(written.data, written.size, array ? "json" : "jsonl", false, size);
    bytes_release(&written);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t some, line, element;
    struct bytes text = {0};
    uint64_t hash = input_fuzz_read(data, size, "jsonl", false, &some);
    fuzz_demand(input_fuzz_read(data, size, "jsonl", false, &line) == hash && line == some);
    input_fuzz_read(data, size, "json", false, &some);
    utf8_append_valid(&text, slice_of(data, size));
    bool nul = text.size && memchr(text.data, '\0', text.size);
    if (!nul && text.size * 6 + 100 < INPUT_FUZZ_MOST) {
        hash = read_written(bytes_slice(&text), false, &line);
        fuzz_demand(read_written(bytes_slice(&text), true, &element) == hash);
        bool blank = line == 0;
        fuzz_demand(element == line && (blank || line == text.size));
    }
    bytes_release(&text);
    return 0;
}
