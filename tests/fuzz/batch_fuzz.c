/* Any bytes as a line of a batch: the answer, good or bad, is one line of valid JSON. */
#include "fuzz/fuzz.h"

#include <string.h>

#include "base/json_read.h"
#include "search/batch.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct batch_options options = {.render = {.format = RENDER_JSON}, .threads = 1};
    struct bytes out = {0};
    struct error error = {0};
    question_init(&options.defaults);
    bool good = batch_answer_line(NULL, &options,
                                  &(struct batch_line){slice_of(data, size), false, 7}, &out);
    fuzz_demand(out.status == STATUS_OK && out.size > 0);
    fuzz_demand(utf8_valid(bytes_slice(&out)));
    fuzz_demand(memchr(out.data, '\n', out.size) == out.data + out.size - 1);
    struct json_document *doc = json_parse(slice_of(out.data, out.size - 1), &error);
    fuzz_demand(doc != NULL);
    fuzz_demand((json_get(json_document_root(doc), "error") == NULL) == good);
    json_document_close(doc);
    bytes_release(&out);
    return 0;
}
