#include "text/ascii.h"

#include "text/segmenter.h"

enum { UPPER = 0x10, LOWER = 0x20, DIGIT = 0x40, HIGH = 0x80, WORD = UPPER | LOWER | DIGIT };

/* By byte: what kind of word character it is, or the class of what parts words. */
static const uint8_t kinds[256] = {
    ['\t' ... '\r'] = CLASS_SPACE,
    [' '] = CLASS_SPACE,
    ['\''] = CLASS_APOSTROPHE,
    ['`'] = CLASS_APOSTROPHE,
    [','] = CLASS_COMMA,
    ['-'] = CLASS_HYPHEN,
    ['.'] = CLASS_DOT,
    ['0' ... '9'] = DIGIT,
    ['A' ... 'Z'] = UPPER,
    ['a' ... 'z'] = LOWER,
    [0x80 ... 0xFF] = HIGH,
};

static uint8_t kind_at(struct slice text, size_t at)
{
    return kinds[(unsigned char)text.data[at]];
}

/* The end of the word that starts at `at`. */
static size_t word_end(struct slice text, size_t at)
{
    while (at < text.size && kind_at(text, at) & WORD)
        at++;
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

/* Passes over what parts words, from a->at on. Where that ends at a character that is not ASCII,
 * goes back to where nothing before can touch it: behind the last space, or to where this began. */
static bool skip(struct ascii *a, uint8_t *gap)
{
    size_t at = a->at, back = at;
    uint8_t back_gap = *gap, kind = 0;
    while (at < a->end && !((kind = kind_at(a->text, at)) & (WORD | HIGH))) {
        *gap = gap_after(*gap, (enum char_class)kind);
        at++;
        if (kind == CLASS_SPACE) {
            back = at;
            back_gap = JOINT_NONE;
        }
    }
    bool high = at < a->end && kind == HIGH;
    if (high)
        *gap = back_gap;
    a->at = high ? back : at;
    return high;
}

static void put_word(struct ascii *a, size_t start, size_t end, uint8_t joint, struct sink *sink)
{
    const char *lower = a->lower[a->turn] + (start - a->start);
    if (sink->words)
        sink->words[sink->count] = (struct word){{lower, end - start}, start, end, joint};
    sink->count++;
}

/* One word with every check, up to the window's end. Returns whether it is for the general path. */
static bool read_with_care(struct ascii *a, uint8_t *gap, struct sink *sink)
{
    if (skip(a, gap))
        return true;
    if (a->at == a->end)
        return false;
    size_t end = word_end(a->text, a->at);
    if (end - a->at > WORD_MAX_BYTES || needs_care(a->text, a->at, end))
        return true;
    put_word(a, a->at, end, *gap, sink);
    *gap = GAP_NOTHING;
    a->at = end;
    return false;
}

/* What stands between two words, from the first byte to the last, none of them part of a word. */
static uint8_t gap_between(const char *first, const char *last)
{
    uint8_t gap = GAP_NOTHING;
    for (; first <= last; first++)
        gap = gap_after(gap, (enum char_class)kinds[(unsigned char)*first]);
    return gap;
}

/* The words that end before the next place that wants care; something stands before the first. */
static void read_plain_words(struct ascii *a, struct sink *sink)
{
    const uint16_t *edges = a->scan.edges;
    const char *window = a->text.data + a->start;
    size_t edge = a->edge, care = a->scan.cares[a->care], room = sink->most - sink->count;
    size_t behind = a->at - a->start;
    for (; room && edge < a->scan.edge_count; room--, edge += 2) {
        size_t start = edges[edge], end = edges[edge + 1];
        if (end + 1 >= care || end - start > WORD_MAX_BYTES)
            break;
        uint8_t joint = JOINT_NONE;
        if (kinds[(unsigned char)window[behind]] != CLASS_SPACE &&
            kinds[(unsigned char)window[start - 1]] != CLASS_SPACE)
            joint = gap_between(window + behind, window + start - 1);
        put_word(a, a->start + start, a->start + end, joint, sink);
        behind = end;
    }
    a->at = a->start + behind;
    a->edge = edge;
}

/* How many of the ascending places from `from` on, below `count`, are less than `most`. */
static size_t places_below(const uint16_t *places, size_t from, size_t count, size_t most)
{
    size_t low = from, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places[middle] < most)
            low = middle + 1;
        else
            high = middle;
    }
    return low - from;
}

/* As read_plain_words, where it is enough to know how many there are: where each begins and ends is
 * known, and none is too long. */
static void pass_plain_words(struct ascii *a, struct sink *sink)
{
    const uint16_t *edges = a->scan.edges;
    size_t care = a->scan.cares[a->care], room = sink->most - sink->count;
    size_t words = care ? places_below(edges, a->edge, a->scan.edge_count, care - 1) / 2 : 0;
    if (words > room)
        words = room;
    if (words == 0)
        return;
    sink->count += words;
    a->edge += 2 * words;
    a->at = a->start + edges[a->edge - 1];
}

void ascii_begin(struct ascii *a, struct slice text)
{
    a->text = text;
    a->at = a->start = a->end = 0;
    a->edge = a->care = 0;
    a->turn = 0;
    a->loaded = false;
}

/* The end of the window that begins at a->at; a->at itself where there is no space to end it. */
static size_t window_end(const struct ascii *a)
{
    size_t end = a->at + ASCII_WINDOW;
    if (end >= a->text.size)
        return a->text.size;
    while (end > a->at && !ascii_is_space(a->text.data[end - 1]))
        end--;
    return end;
}

static bool load_window(struct ascii *a)
{
    size_t end = window_end(a);
    if (end == a->at)
        return false;
    a->start = a->at;
    a->end = end;
    a->edge = a->care = 0;
    a->turn ^= 1;
    a->loaded = true;
    ascii_scan(&a->scan, a->text.data + a->start, a->end - a->start, a->lower[a->turn]);
    return true;
}

/* The general path or read_with_care went on to a->at. */
static void catch_up(struct ascii *a)
{
    size_t behind = a->at - a->start;
    while (a->edge < a->scan.edge_count && a->scan.edges[a->edge] < behind)
        a->edge += 2;
    while (a->scan.cares[a->care] < behind)
        a->care++;
}

bool ascii_read(struct ascii *a, uint8_t *gap, struct sink *sink, bool *pause)
{
    *pause = false;
    while (sink_has_room(sink) && a->at < a->text.size) {
        if (a->at >= a->end) {
            *pause = a->loaded && sink->count && sink->words;
            if (*pause)
                return false;
            if (!load_window(a))
                return true;
        }
        catch_up(a);
        /* From the bytes before it a joint can be told only where a word ends there. */
        if (*gap == GAP_NOTHING && !sink->words && !a->scan.has_long_run)
            pass_plain_words(a, sink);
        else if (*gap == GAP_NOTHING)
            read_plain_words(a, sink);
        if (sink_has_room(sink) && read_with_care(a, gap, sink))
            return true;
    }
    return false;
}
