#include "search/wrap.h"

#include "text/utf8.h"

struct block {
    uint32_t first, last;
};

static bool in_blocks(const struct block *blocks, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= blocks[i].first && c <= blocks[i].last)
            return true;
    return false;
}

size_t wrap_width_of(uint32_t c)
{
    static const struct block none[] = {
        {0x300, 0x36F}, {0x200B, 0x200D}, {0xFE00, 0xFE0F}, {0x20D0, 0x20FF}};
    static const struct block wide[] = {
        {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x2E80, 0x303E},
        {0x3041, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
        {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
        {0x16FE0, 0x18DFF}, {0x1AFF0, 0x1B2FF}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
        {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
    };
    if (c < 0x300)
        return 1;
    if (in_blocks(none, sizeof none / sizeof *none, c))
        return 0;
    return in_blocks(wide, sizeof wide / sizeof *wide, c) ? 2 : 1;
}

void wrap_begin(struct wrap *wrap, struct bytes *out, size_t column, size_t indent, size_t width)
{
    *wrap = (struct wrap){.out = out, .column = column, .indent = indent, .width = width};
}

static void new_line(struct wrap *wrap)
{
    bytes_put_u8(wrap->out, '\n');
    for (size_t i = 0; i < wrap->indent; i++)
        bytes_put_u8(wrap->out, ' ');
    wrap->column = wrap->indent;
}

static void set_word(struct wrap *wrap)
{
    if (!wrap->word.size)
        return;
    if (wrap->column > wrap->indent && wrap->column + 1 + wrap->word_width > wrap->width) {
        new_line(wrap);
    } else if (wrap->column > wrap->indent) {
        bytes_put_u8(wrap->out, ' ');
        wrap->column++;
    }
    bytes_append_slice(wrap->out, bytes_slice(&wrap->word));
    wrap->column += wrap->word_width;
    wrap->word_width = 0;
    wrap->word.size = 0;
}

/* What shows nothing, or turns the direction of writing. */
static bool is_left_out(uint32_t c)
{
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x200E || c == 0x200F ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_control(uint32_t c)
{
    return c < ' ' || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

bool wrap_shows(uint32_t c)
{
    return !is_control(c) && !is_left_out(c);
}

void wrap_put(struct wrap *wrap, uint32_t c)
{
    char encoded[4];
    if (c == ' ' || is_control(c)) {
        set_word(wrap);
        return;
    }
    if (is_left_out(c))
        return;
    size_t width = wrap_width_of(c);
    if (wrap->indent + wrap->word_width + width > wrap->width)
        set_word(wrap);
    bytes_append(&wrap->word, encoded, utf8_encode(c == WRAP_NO_BREAK ? ' ' : c, encoded));
    wrap->word_width += width;
}

void wrap_text(struct wrap *wrap, struct slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t c;
        at += utf8_decode(text.data + at, text.size - at, &c);
        wrap_put(wrap, c);
    }
}

void wrap_escape(struct wrap *wrap, const char *escape)
{
    bytes_append_string(&wrap->word, escape);
}

void wrap_end(struct wrap *wrap)
{
    set_word(wrap);
    bytes_put_u8(wrap->out, '\n');
    if (wrap->word.status != STATUS_OK)
        wrap->out->status = wrap->word.status;
    bytes_release(&wrap->word);
}
