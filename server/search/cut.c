#include "search/cut.h"

#include "text/space.h"
#include "text/utf8.h"

enum {
    GAP_LOOKED_AT = 512, /* bytes at either end of what stands between two words */
    CHAR_BYTES_MOST = 4,
    COUNTED_BYTES = 1 << 16 /* of a stretch; of a longer one it is enough that it is too long */
};

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
    static const uint32_t others[] = {0x589,  0x61F,  0x6D4,  0x964,  0x965,  0x104B,
                                      0x1362, 0x17D4, 0x203D, 0x3002, 0xFF01, 0xFF1F};
    if (c < 0x80)
        return c == '.' || c == '!' || c == '?';
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] == c)
            return true;
    return false;
}

static bool ends_clause(uint32_t c)
{
    return c == ',' || c == ';' || c == ':' || c == 0x2013 || c == 0x2014 || c == 0x60C ||
           c == 0x61B || c == 0x3001 || c == 0xFF0C || c == 0xFF1B || c == 0xFF1A;
}

struct gap {
    bool space, sentence, clause;
    bool only_dot;   /* no stop but full stops, and no new paragraph */
    bool stop, mark; /* met, and nothing yet that parts behind it */
};

static void look_at_part(struct slice part, struct gap *seen)
{
    uint32_t c, before = 0;
    for (size_t at = 0; at < part.size; before = c) {
        at += utf8_decode(part.data + at, part.size - at, &c);
        bool parts = space_is(c) || c >= 0x3000, paragraph = c == '\n' && before == '\n';
        seen->space = seen->space || space_is(c);
        seen->stop = seen->stop || ends_sentence(c);
        seen->mark = seen->mark || ends_clause(c);
        seen->only_dot = seen->only_dot && !paragraph && (c == '.' || !ends_sentence(c));
        seen->sentence = seen->sentence || (seen->stop && parts) || paragraph;
        seen->clause = seen->clause || (seen->mark && parts);
    }
}

static struct gap look_at_gap(struct slice gap)
{
    struct gap seen = {.only_dot = true};
    if (gap.size <= 2 * GAP_LOOKED_AT) {
        look_at_part(gap, &seen);
        return seen;
    }
    look_at_part(slice_of(gap.data, GAP_LOOKED_AT), &seen);
    look_at_part(slice_from(gap, gap.size - GAP_LOOKED_AT), &seen);
    return seen;
}

/* In code points; of a very long stretch at least so many as nobody has room for. */
static size_t length_of(struct slice s)
{
    return s.size > COUNTED_BYTES ? s.size / CHAR_BYTES_MOST : utf8_length(s);
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Whether a full stop behind the word only shortens it: J. Smith, Mr. Smith, vs. Smith. */
static bool is_shortened(struct slice word)
{
    static const char shortened[] =
        " mr mrs ms dr st gen col lt capt maj sgt sen rep gov prof rev hon jr sr no vs cf ca etc ";
    char padded[8] = " ";
    if (word.size == 0 || word.size > 4 || !is_letter(word.data[0]))
        return false;
    for (size_t i = 0; i < word.size; i++)
        padded[1 + i] = (char)(word.data[i] | 32);
    padded[1 + word.size] = ' ';
    return word.size == 1 || strstr(shortened, padded);
}

/* Whether what was read so far of a gap ends with the marks that close a sentence. */
static bool closes(uint32_t c)
{
    return ends_sentence(c) || c == ')' || c == ']' || c == 0xBB || c == 0x2019 || c == 0x201D;
}

/* Where two sentences were run together, as in "the coalition.Russia sent": how much of the gap
 * before word i belongs to the first one; 0 elsewhere. Names such as Node.js and U.S.A have a small
 * letter behind the stop, or no small one before it. */
static size_t run_together(const struct region *region, size_t i)
{
    const struct region_word *words = region_words(region);
    struct slice gap = gap_before(region, i);
    size_t at = 0;
    uint32_t c;
    if (i == 0 || i == region_word_count(region) || gap.size == 0 || gap.size > 16)
        return 0;
    struct slice before = between(region, words[i - 1].start, words[i - 1].end);
    char last = before.data[before.size - 1], next = (char)region->text.data[words[i].start];
    bool sentences = before.size > 2 && last >= 'a' && last <= 'z' && next >= 'A' && next <= 'Z';
    if (!sentences || !ends_sentence((unsigned char)gap.data[0]) || is_shortened(before))
        return 0;
    for (size_t size; at < gap.size; at += size) {
        size = utf8_decode(gap.data + at, gap.size - at, &c);
        if (space_is(c))
            return 0;
        if (!closes(c) && !(c == '"' && at == 1))
            break;
    }
    return at;
}

/* Whether a sentence begins with word i, or would if there were one. */
static bool begins_sentence(const struct region *region, size_t i)
{
    const struct region_word *words = region_words(region);
    struct gap gap = look_at_gap(gap_before(region, i));
    if (run_together(region, i))
        return true;
    if (!gap.sentence || !gap.only_dot || i == 0)
        return gap.sentence;
    char next = i < region_word_count(region) ? (char)region->text.data[words[i].start] : 0;
    bool small = next >= 'a' && next <= 'z';
    return !small && !is_shortened(between(region, words[i - 1].start, words[i - 1].end));
}

/* Whether a cut before word i parts nothing that is written together. */
static bool may_cut_before(const struct region *region, size_t i)
{
    struct slice gap = gap_before(region, i);
    bool begins = i == 0 && region->first;
    bool ends = i == region_word_count(region) && region->whole && region->last;
    return begins || ends || gap.size == 0 || look_at_gap(gap).space || run_together(region, i);
}

/* The first word of a snippet whose core begins with word `from`, with `room` characters in front
 * and none before word `least`: where the first whole sentence begins, else a clause that uses most
 * of the room. */
static size_t choose_first(const struct region *region, size_t from, size_t room, size_t least)
{
    const struct region_word *words = region_words(region);
    size_t best = from, chars = 0, sentence = SIZE_MAX, clause = SIZE_MAX;
    for (size_t i = from; i-- > least;) {
        chars += length_of(between(region, words[i].start, words[i + 1].start));
        if (chars > room)
            break;
        if (may_cut_before(region, i))
            best = i;
        if (begins_sentence(region, i))
            sentence = i;
        else if (chars > room / 2 && look_at_gap(gap_before(region, i)).clause)
            clause = i;
    }
    if (best == 0 && region->first)
        return 0;
    return sentence != SIZE_MAX ? sentence : clause != SIZE_MAX ? clause : best;
}

/* One past the last word of a snippet whose core ends before word `to`, before word `most`. A
 * sentence's or a clause's end counts where it uses most of the room. */
static size_t choose_last(const struct region *region, size_t to, size_t room, size_t most)
{
    const struct region_word *words = region_words(region);
    size_t best = to, chars = 0, sentence = SIZE_MAX, clause = SIZE_MAX;
    for (size_t i = to; i < most; i++) {
        chars += length_of(between(region, i ? words[i - 1].end : 0, words[i].end));
        if (chars > room)
            break;
        if (may_cut_before(region, i + 1))
            best = i + 1;
        if (chars > room / 2 && begins_sentence(region, i + 1))
            sentence = i + 1;
        else if (chars > room / 4 * 3 && look_at_gap(gap_before(region, i + 1)).clause)
            clause = i + 1;
    }
    if (best == region_word_count(region) && region->whole)
        return best;
    return sentence != SIZE_MAX ? sentence : clause != SIZE_MAX ? clause : best;
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
    size_t end = region_words(region)[i].start, at = gap.size, parted = run_together(region, i);
    *at_start = i == 0 && region->first && length_of(gap) <= SNIPPET_CONTEXT_CHARS;
    if (*at_start)
        return 0;
    if (parted)
        return end - gap.size + parted;
    while (at > 0 && gap.size - at <= GAP_LOOKED_AT && !is_ascii_space(gap.data[at - 1]))
        at--;
    struct slice glued = slice_from(gap, at);
    return at > 0 && length_of(glued) <= SNIPPET_CONTEXT_CHARS ? end - glued.size : end;
}

/* The byte up to which to show what stands before word i: with the marks that stand glued behind
 * it. */
static size_t end_of(const struct region *region, size_t i, bool *at_end)
{
    struct slice gap = gap_before(region, i);
    size_t start = i ? region_words(region)[i - 1].end : 0, at = 0;
    size_t parted = run_together(region, i);
    *at_end = i == region_word_count(region) && region->whole && region->last &&
              length_of(gap) <= SNIPPET_CONTEXT_CHARS;
    if (*at_end)
        return region->text.size;
    if (parted)
        return start + parted;
    while (at < gap.size && at <= GAP_LOOKED_AT && !is_ascii_space(gap.data[at]))
        at++;
    struct slice glued = slice_of(gap.data, at);
    return at < gap.size && length_of(glued) <= SNIPPET_CONTEXT_CHARS ? start + at : start;
}

static size_t chars_of_words(const struct region *region, size_t from, size_t to)
{
    const struct region_word *words = region_words(region);
    return from < to ? length_of(between(region, words[from].start, words[to - 1].end)) : 0;
}

/* What belongs to the character before it: marks, variation selectors, tones of skin, and all that
 * a joiner joins. */
static bool joins(uint32_t before, uint32_t c)
{
    static const uint32_t ranges[][2] = {
        {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5C7},     {0x610, 0x61A},    {0x64B, 0x65F},
        {0x900, 0x903},   {0x93A, 0x94F},   {0xE31, 0xE3A},     {0xE47, 0xE4E},    {0x1AB0, 0x1AFF},
        {0x1DC0, 0x1DFF}, {0x200C, 0x200D}, {0x20D0, 0x20FF},   {0x302A, 0x302F},  {0x3099, 0x309A},
        {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE01EF}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return before == 0x200D ||
           (c >= 0x1F1E6 && c <= 0x1F1FF && before >= 0x1F1E6 && before <= 0x1F1FF);
}

/* The beginning of a body without a word, or whose first word is longer than a snippet: up to a
 * place between two characters as a reader sees them, unless none is near. */
static struct cut cut_at_characters(const struct region *region)
{
    struct slice text = bytes_slice(&region->text);
    size_t end = 0, at = 0, chars = 0;
    for (uint32_t c, before = 0; at < text.size && chars < SNIPPET_CHARS; chars++, before = c) {
        size_t size = utf8_decode(text.data + at, text.size - at, &c);
        if (at && !joins(before, c))
            end = at;
        at += size;
    }
    if (at == text.size || end == 0)
        end = at;
    return (struct cut){
        .end = end, .at_start = region->first, .at_end = end == text.size && region->last};
}

struct cut cut_choose(const struct region *region, size_t from, size_t to)
{
    return cut_within(region, from, to, (struct cut_bounds){0, region_word_count(region)});
}

struct cut cut_within(const struct region *region, size_t from, size_t to, struct cut_bounds bounds)
{
    if (region_word_count(region) == 0)
        return cut_at_characters(region);
    size_t core = chars_of_words(region, from, to);
    size_t room = 2 * SNIPPET_CONTEXT_CHARS;
    if (core + room < SNIPPET_CHARS)
        room = SNIPPET_CHARS - core;
    size_t first = choose_first(region, from, room / 2, bounds.first);
    size_t used = chars_of_words(region, first, to) - core;
    size_t last = choose_last(region, to, room > used ? room - used : 0, bounds.last);
    if (last == 0)
        return cut_at_characters(region);
    used = chars_of_words(region, first, last) - chars_of_words(region, first, to);
    bool ends = last == bounds.last && (region->whole || last < region_word_count(region));
    if (ends && room > used)
        first = choose_first(region, from, room - used, bounds.first);
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
        chars += length_of(between(region, words[i].start, words[i + 1].start));
        if (chars > room)
            break;
        if (may_cut_before(region, i))
            first = i;
    }
    chars = 0;
    for (size_t i = to; i < region_word_count(region); i++) {
        chars += length_of(between(region, words[i - 1].end, words[i].end));
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
