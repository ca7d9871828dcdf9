#include "search/cut.h"

#include "text/space.h"
#include "text/utf8.h"

static struct slice between(const struct region *region, size_t start, size_t end)
{
    return slice_of(region->text.data + start, end - start);
}

/* What stands before word i, back to the word before it or to the text's beginning. */
static struct slice gap_before(const struct region *region, size_t i)
{
    const struct region_word *words = region_words(region);
    size_t count = region_word_count(region);
    size_t start = i ? words[i - 1].end : 0;
    size_t end = i < count ? words[i].start : region->text.size;
    return start < end ? between(region, start, end) : (struct slice){0};
}

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

struct gap {
    bool space, sentence;
};

static struct gap look_at_gap(struct slice gap)
{
    struct gap seen = {0};
    bool stop = false;
    uint32_t c, before = 0;
    for (size_t at = 0; at < gap.size; before = c) {
        at += utf8_decode(gap.data + at, gap.size - at, &c);
        seen.space = seen.space || space_is(c);
        stop = stop || ends_sentence(c);
        seen.sentence = seen.sentence || (stop && (space_is(c) || c >= 0x3000)) ||
                        (c == '\n' && before == '\n');
    }
    return seen;
}

/* Whether a cut before word i parts nothing that is written together. */
static bool may_cut_before(const struct region *region, size_t i)
{
    struct slice gap = gap_before(region, i);
    bool begins = i == 0 && region->first;
    bool ends = i == region_word_count(region) && region->whole && region->last;
    return begins || ends || gap.size == 0 || look_at_gap(gap).space;
}

/* The first word of a snippet whose core begins with word `from`, with `room` characters in
 * front. */
static size_t choose_first(const struct region *region, size_t from, size_t room)
{
    const struct region_word *words = region_words(region);
    size_t best = from, chars = 0, sentence = SIZE_MAX;
    for (size_t i = from; i-- > 0;) {
        chars += utf8_length(between(region, words[i].start, words[i + 1].start));
        if (chars > room)
            break;
        if (may_cut_before(region, i))
            best = i;
        if (look_at_gap(gap_before(region, i)).sentence)
            sentence = i;
    }
    if (best == 0 && region->first)
        return 0;
    return sentence != SIZE_MAX ? sentence : best;
}

/* One past the last word of a snippet whose core ends before word `to`. A sentence's end counts
 * where it uses most of the room. */
static size_t choose_last(const struct region *region, size_t to, size_t room)
{
    const struct region_word *words = region_words(region);
    size_t count = region_word_count(region), best = to, chars = 0, sentence = SIZE_MAX;
    for (size_t i = to; i < count; i++) {
        chars += utf8_length(between(region, i ? words[i - 1].end : 0, words[i].end));
        if (chars > room)
            break;
        if (may_cut_before(region, i + 1))
            best = i + 1;
        if (chars > room / 2 && look_at_gap(gap_before(region, i + 1)).sentence)
            sentence = i + 1;
    }
    if (best == count && region->whole)
        return best;
    return sentence != SIZE_MAX ? sentence : best;
}

/* Of a single byte, which may be part of a character. */
static bool is_ascii_space(char byte)
{
    return (unsigned char)byte < 0x80 && space_is((unsigned char)byte);
}

/* The byte from which to show word i: with the marks that stand glued before it. */
static size_t start_of(const struct region *region, size_t i, bool *at_start)
{
    struct slice gap = gap_before(region, i);
    size_t end = region_words(region)[i].start, at = gap.size;
    *at_start = i == 0 && region->first && utf8_length(gap) <= SNIPPET_CONTEXT_CHARS;
    if (*at_start)
        return 0;
    while (at > 0 && !is_ascii_space(gap.data[at - 1]))
        at--;
    struct slice glued = slice_from(gap, at);
    return at > 0 && utf8_length(glued) <= SNIPPET_CONTEXT_CHARS ? end - glued.size : end;
}

/* The byte up to which to show what stands before word i: with the marks that stand glued behind
 * it. */
static size_t end_of(const struct region *region, size_t i, bool *at_end)
{
    struct slice gap = gap_before(region, i);
    size_t start = i ? region_words(region)[i - 1].end : 0, at = 0;
    *at_end = i == region_word_count(region) && region->whole && region->last &&
              utf8_length(gap) <= SNIPPET_CONTEXT_CHARS;
    if (*at_end)
        return region->text.size;
    while (at < gap.size && !is_ascii_space(gap.data[at]))
        at++;
    struct slice glued = slice_of(gap.data, at);
    return at < gap.size && utf8_length(glued) <= SNIPPET_CONTEXT_CHARS ? start + at : start;
}

static size_t chars_of_words(const struct region *region, size_t from, size_t to)
{
    const struct region_word *words = region_words(region);
    return from < to ? utf8_length(between(region, words[from].start, words[to - 1].end)) : 0;
}

/* The beginning of a body without a word, or whose first word is longer than a snippet. */
static struct cut cut_at_characters(const struct region *region)
{
    size_t end = utf8_floor(bytes_slice(&region->text), SNIPPET_CHARS);
    return (struct cut){
        .end = end, .at_start = region->first, .at_end = end == region->text.size && region->last};
}

struct cut cut_choose(const struct region *region, size_t from, size_t to)
{
    if (region_word_count(region) == 0)
        return cut_at_characters(region);
    size_t core = chars_of_words(region, from, to);
    size_t room = 2 * SNIPPET_CONTEXT_CHARS;
    if (core + room < SNIPPET_CHARS)
        room = SNIPPET_CHARS - core;
    size_t first = choose_first(region, from, room / 2);
    size_t used = chars_of_words(region, first, to) - core;
    size_t last = choose_last(region, to, room > used ? room - used : 0);
    if (last == 0)
        return cut_at_characters(region);
    used = chars_of_words(region, first, last) - chars_of_words(region, first, to);
    if (last == region_word_count(region) && region->whole && room > used)
        first = choose_first(region, from, room - used);
    struct cut cut = {.first_word = first, .last_word = last - 1};
    cut.start = start_of(region, first, &cut.at_start);
    cut.end = end_of(region, last, &cut.at_end);
    return cut;
}

struct cut cut_around(const struct region *region, size_t from, size_t to, size_t room)
{
    const struct region_word *words = region_words(region);
    size_t first = from, last = to, chars = 0;
    for (size_t i = from; i-- > 0;) {
        chars += utf8_length(between(region, words[i].start, words[i + 1].start));
        if (chars > room)
            break;
        if (may_cut_before(region, i))
            first = i;
    }
    chars = 0;
    for (size_t i = to; i < region_word_count(region); i++) {
        chars += utf8_length(between(region, words[i - 1].end, words[i].end));
        if (chars > room)
            break;
        if (may_cut_before(region, i + 1))
            last = i + 1;
    }
    struct cut cut = {.first_word = first, .last_word = last - 1};
    cut.start = start_of(region, first, &cut.at_start);
    cut.end = end_of(region, last, &cut.at_end);
    return cut;
}
