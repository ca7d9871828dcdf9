/* Any bytes as a body: around any of its words, a snippet holds them whole, cuts no character, and
 * what is marked is where they stand. */
#include "fuzz/fuzz.h"

#include "search/cut.h"
#include "search/hit.h"
#include "search/marker.h"
#include "search/occurrences.h"
#include "text/utf8.h"

static void read_words(struct region *region, struct analyzer *analyzer)
{
    struct word word;
    analyzer_begin(analyzer, bytes_slice(&region->text));
    while (analyzer_read(analyzer, &word, 1)) {
        struct region_word place = {word.start, word.end};
        bytes_append(&region->words, &place, sizeof place);
    }
}

static bool between_characters(struct slice text, size_t at)
{
    uint32_t c;
    size_t i = 0;
    while (i < at)
        i += utf8_decode(text.data + i, text.size - i, &c);
    return i == at;
}

static void check_cut(const struct region *region, size_t from, size_t to)
{
    struct slice text = bytes_slice(&region->text);
    const struct region_word *words = region_words(region);
    struct cut cut = cut_choose(region, from, to);
    fuzz_demand(cut.start <= cut.end && cut.end <= text.size);
    fuzz_demand(between_characters(text, cut.start) && between_characters(text, cut.end));
    fuzz_demand(!cut.at_start || (region->first && cut.start == 0));
    fuzz_demand(!cut.at_end || (region->last && cut.end == text.size));
    if (from == to)
        return;
    fuzz_demand(cut.start <= words[from].start && cut.end >= words[to - 1].end);
    fuzz_demand(cut.first_word <= from && cut.last_word + 1 >= to);
    fuzz_demand(cut.start <= words[cut.first_word].start && cut.end >= words[cut.last_word].end);
}

/* In code points that are counted here from the text's beginning. */
static void check_mark(const struct region *region, size_t from, size_t to,
                       struct analyzer *analyzer)
{
    struct occurrence item = {100 + (uint32_t)from, (uint32_t)(to - from), 0};
    struct slice text = bytes_slice(&region->text);
    const struct region_word *words = region_words(region);
    struct match_budget budget;
    struct bytes out = {0};
    match_budget_init(&budget, 0, 0);
    fuzz_demand(marker_text(text, 100, &item, 1, 10, analyzer, &budget, &out) == STATUS_OK);
    fuzz_demand(out.size == sizeof(struct range));
    const struct range *range = (const struct range *)(const void *)out.data;
    fuzz_demand(range->start == utf8_length(slice_of(text.data, words[from].start)));
    fuzz_demand(range->end == utf8_length(slice_of(text.data, words[to - 1].end)));
    bytes_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct region region = {.whole = true};
    if (size < 4)
        return 0;
    struct analyzer *analyzer = analyzer_open();
    fuzz_demand(analyzer != NULL);
    bytes_append(&region.text, data + 4, size - 4);
    region.first = data[2] & 1;
    region.last = data[2] & 2;
    read_words(&region, analyzer);
    size_t count = region_word_count(&region);
    check_cut(&region, 0, 0);
    if (count) {
        size_t from = (data[0] | data[3] << 8) % count, to = from + 1 + data[1] % (count - from);
        check_cut(&region, from, to);
        check_mark(&region, from, to, analyzer);
    }
    region_release(&region);
    analyzer_close(analyzer);
    return 0;
}
