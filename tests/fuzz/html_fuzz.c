/* Any bytes as a page: read twice they say the same, and what is left of a page stands in the whole
 * page in the same order. */
#include "fuzz/input_fuzz.h"
#include "input/html_guard.h"
#include "input/html_text.h"

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space aside. */
static bool is_part_of(struct slice part, struct slice whole)
{
    size_t at = 0;
    for (size_t i = 0; i < part.size; i++) {
        if (is_space(part.data[i]))
            continue;
        while (at < whole.size && whole.data[at] != part.data[i])
            at++;
        if (at++ >= whole.size)
            return false;
    }
    return true;
}

static void demand_parts(struct slice page)
{
    struct html_tree *tree;
    struct bytes part = {0}, whole = {0};
    struct html_wish wish = {.title = SLICE("x")};
    uint64_t dropped = 0, scripts = 0;
    fuzz_demand(html_tree_open(&tree, page, 64 << 20) == STATUS_OK);
    html_text_append(&part, html_tree_root(tree), &wish, &dropped);
    wish.whole = true;
    html_text_append(&whole, html_tree_root(tree), &wish, &scripts);
    fuzz_demand(is_part_of(bytes_slice(&part), bytes_slice(&whole)));
    fuzz_demand(dropped > 0 || part.size == whole.size);
    html_tree_close(tree);
    bytes_release(&part);
    bytes_release(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t some, again;
    struct bytes text = {0}, guarded = {0};
    uint64_t hash = input_fuzz_read(data, size, "html", false, &some);
    fuzz_demand(input_fuzz_read(data, size, "html", false, &again) == hash && again == some);
    utf8_append_valid(&text, slice_of(data, size));
    if (text.size && !html_guard(bytes_slice(&text), &guarded))
        demand_parts(bytes_slice(&guarded));
    bytes_release(&guarded);
    bytes_release(&text);
    return 0;
}
