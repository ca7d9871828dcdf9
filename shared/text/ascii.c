#include "text/ascii.h"

#include "text/segmenter.h"

enum { UPPER = 0x10, LOWER = 0x20, DIGIT = 0x40, HIGH = 0x80, WORD = UPPER | LOWER | DIGIT, CLASS = 0x0F };

#define S CLASS_SPACE
#define A CLASS_APOSTROPHE
#define U UPPER
#define L LOWER
#define D DIGIT
#define H8 HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH
#define H32 H8, H8, H8, H8

/* By byte: what kind of word character it is, or the class of what parts words. */
static const uint8_t kinds[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, S, S, S, S, S, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    S, 0, 0, 0, 0, 0, 0, A, 0, 0, 0, 0, CLASS_COMMA, CLASS_HYPHEN, CLASS_DOT, 0,
    D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
    0, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, 0, 0, 0, 0, 0,
    A, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0,
    H32, H32, H32, H32,
};

static uint8_t kind_at(struct slice text, size_t at)
{
    return kinds[(unsigned char)text.data[at]];
}

/* The end of the word that starts at `at`, and all the kinds of character in it. */
static size_t word_end(struct slice text, size_t at, uint8_t *seen)
{
    uint8_t kind, all = 0;
    while (at < text.size && ((kind = kind_at(text, at)) & WORD)) {
        all |= kind;
        at++;
    }
    *seen = all;
    return at;
}

/* Whether the dot or comma at `end` may join the word before it to what follows, or what stands at
 * `end` is not ASCII. */
static bool needs_care(struct slice text, size_t start, size_t end)
{
    if (end == text.size)
        return false;
    uint8_t kind = kind_at(text, end);
    if (kind == HIGH)
        return true;
    if ((kind != CLASS_DOT && kind != CLASS_COMMA) || end + 1 == text.size)
        return false;
    uint8_t last = kind_at(text, end - 1), next = kind_at(text, end + 1);
    if (last == DIGIT)
        return next & (DIGIT | HIGH);
    return kind == CLASS_DOT && end - start == 1 && (next & (UPPER | LOWER | HIGH));
}

static struct slice folded(struct slice text, size_t start, size_t end, uint8_t seen, struct sink *sink)
{
    if (!(seen & UPPER))
        return slice_of(text.data + start, end - start);
    char *out = sink->bytes + sink->used;
    for (size_t i = 0; i < end - start; i++) {
        unsigned char c = (unsigned char)text.data[start + i];
        out[i] = (char)(c | (kinds[c] & UPPER) << 1);
    }
    sink->used += end - start;
    return slice_of(out, end - start);
}

/* Passes over what parts words. Where that ends at a character that is not ASCII, goes back to where
 * nothing before can touch it: behind the last space, or to where this began. */
static size_t skip(struct slice text, size_t at, uint8_t *gap, bool *general)
{
    size_t back = at;
    uint8_t back_gap = *gap, kind = 0;
    while (at < text.size && !((kind = kind_at(text, at)) & (WORD | HIGH))) {
        *gap = gap_after(*gap, (enum char_class)kind);
        at++;
        if (kind == CLASS_SPACE) {
            back = at;
            back_gap = JOINT_NONE;
        }
    }
    *general = at < text.size && kind == HIGH;
    if (*general)
        *gap = back_gap;
    return *general ? back : at;
}

size_t ascii_read(struct slice text, size_t at, uint8_t *gap, struct sink *sink, bool *general)
{
    while (sink_has_room(sink)) {
        uint8_t seen;
        at = skip(text, at, gap, general);
        if (*general || at == text.size)
            return at;
        size_t end = word_end(text, at, &seen);
        *general = end - at > WORD_MAX_BYTES || needs_care(text, at, end);
        if (*general)
            return at;
        struct word word = {folded(text, at, end, seen, sink), at, end, *gap};
        sink_put(sink, &word);
        *gap = GAP_NOTHING;
        at = end;
    }
    return at;
}
