/* Any bytes as a text: sound words, the same by both paths and in pieces, folded to themselves. */
#include "fuzz/fuzz.h"

#include "unit/text/reading.h"

static void demand_sound(const struct reading *r, struct slice text)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct word *w = &r->words[i];
        fuzz_demand(w->text.size > 0 && w->text.size <= WORD_MAX_BYTES);
        fuzz_demand(utf8_valid(w->text));
        fuzz_demand(w->start < w->end && w->end <= text.size);
        fuzz_demand(i == 0 || w->start >= w[-1].start);
        fuzz_demand(i > 0 || w->joint == JOINT_NONE);
    }
}

static void demand_fixed(struct analyzer *a, const struct reading *r, struct reading *again)
{
    for (size_t i = 0; i < r->count; i++) {
        struct slice word = r->words[i].text;
        if (memchr(word.data, '#', word.size))
            continue;
        reading_take(again, a, word, 3);
        fuzz_demand(again->count == 1 && slice_equal(again->words[0].text, word));
    }
}

/* Up to the middle space and from there on. */
static void demand_pieces(struct analyzer *a, const struct reading *r, struct reading *again,
                          struct slice text)
{
    size_t at = text.size / 2, seen = 0;
    while (at < text.size &&
           !(text.data[at] == ' ' || (text.data[at] >= '\t' && text.data[at] <= '\r')))
        at++;
    for (int part = 0; part < 2; part++) {
        reading_take(again, a, part ? slice_from(text, at) : slice_of(text.data, at), 100);
        for (size_t i = 0; i < again->count; i++, seen++)
            fuzz_demand(seen < r->count && slice_equal(again->words[i].text, r->words[seen].text));
    }
    fuzz_demand(seen == r->count);
}

static void demand_value(struct analyzer *a, struct slice text)
{
    struct bytes once = {0}, twice = {0};
    analyzer_fold_value(a, text, &once);
    fuzz_demand(utf8_valid(bytes_slice(&once)));
    analyzer_fold_value(a, bytes_slice(&once), &twice);
    fuzz_demand(slice_equal(bytes_slice(&once), bytes_slice(&twice)));
    bytes_release(&once);
    bytes_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = slice_of(data, size);
    struct reading fast = {0}, general = {0}, again = {0};
    struct analyzer *a = analyzer_open();
    fuzz_demand(a != NULL);
    reading_take(&fast, a, text, 1 + size % 256);
    demand_sound(&fast, text);
    demand_fixed(a, &fast, &again);
    demand_pieces(a, &fast, &again, text);
    demand_value(a, text);
    analyzer_use_general_path(a, true);
    reading_take(&general, a, text, 256);
    fuzz_demand(reading_equal(&fast, &general));
    analyzer_close(a);
    reading_release(&fast);
    reading_release(&general);
    reading_release(&again);
    return 0;
}
