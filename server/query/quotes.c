#include "query/quotes.h"

#include "base/ascii.h"
#include "base/bytes.h"
#include "text/space.h"
#include "text/utf8.h"

struct pair {
    uint32_t opener;
    uint32_t closers[2];
    bool glued; /* opens behind a word, too */
    bool mixes; /* one of the double marks that pasted text mixes */
};

static const struct pair pairs[] = {
    {'"', {'"'}, true, true},
    {0x201C, {0x201D}, true, true},         /* “ ” */
    {0x201D, {0x201D}, false, true},        /* ” ” */
    {0x201E, {0x201C, 0x201D}, true, true}, /* „ “ */
    {0x201F, {0x201D}, true, true},         /* ‟ ” */
    {0xFF02, {0xFF02}, true, true},         /* ＂ ＂ */
    {0x301D, {0x301E, 0x301F}, true, true}, /* 〝 〞 */
    {0xAB, {0xBB}, true, false},            /* « » */
    {0xBB, {0xAB, 0xBB}, false, false},     /* » « */
    {0x2039, {0x203A}, true, false},        /* ‹ › */
    {0x203A, {0x2039, 0x203A}, false, false},
    {0x300C, {0x300D}, true, false}, /* 「 」 */
    {0x300E, {0x300F}, true, false}, /* 『 』 */
    {0xFF62, {0xFF63}, true, false}, /* ｢ ｣ */
};

static const struct pair singles[] = {
    {'\'', {'\''}, false, false},
    {0x2018, {0x2019}, false, false},         /* ‘ ’ */
    {0x201A, {0x2018, 0x2019}, false, false}, /* ‚ ‘ */
    {0x201B, {0x2019}, false, false},         /* ‛ ’ */
};

enum {
    PAIRS = sizeof pairs / sizeof *pairs,
    SINGLES = sizeof singles / sizeof *singles,
    MIXED_BIT = PAIRS + SINGLES,
};

static const struct pair *pair_of(const struct pair *table, size_t count, uint32_t opener)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].opener == opener)
            return &table[i];
    return NULL;
}

static bool closes(const struct pair *pair, uint32_t c)
{
    return c && (c == pair->closers[0] || c == pair->closers[1]);
}

static bool mixes(uint32_t c)
{
    const struct pair *pair = pair_of(pairs, PAIRS, c);
    return (pair && pair->mixes) || c == 0x301E || c == 0x301F;
}

bool quote_is_mark(uint32_t c)
{
    if (c != '"' && c < 0xAB)
        return false;
    return pair_of(pairs, PAIRS, c) || c == 0x300D || c == 0x300F || c == 0xFF63 || c == 0x301E ||
           c == 0x301F;
}

bool quote_is_single(uint32_t c)
{
    return pair_of(singles, SINGLES, c) != NULL;
}

bool quote_opens(uint32_t mark, bool fresh)
{
    const struct pair *pair = pair_of(pairs, PAIRS, mark);
    return pair && (fresh || pair->glued);
}

/* The next mark that closes this pair, or, where pair is NULL, any of the double marks. */
static bool scan(struct slice text, size_t from, const struct pair *pair, struct quote_end *end)
{
    size_t size;
    for (size_t at = from; at < text.size; at += size) {
        uint32_t c;
        size = utf8_decode(text.data + at, text.size - at, &c);
        if (pair ? !closes(pair, c) : !mixes(c))
            continue;
        *end = (struct quote_end){at, at + size, true};
        return true;
    }
    return false;
}

static bool scan_remembering(struct slice text, size_t from, const struct pair *pair,
                             uint32_t *absent, struct quote_end *end)
{
    uint32_t bit = 1u << (pair ? (size_t)(pair - pairs) : MIXED_BIT);
    if (*absent & bit)
        return false;
    if (scan(text, from, pair, end))
        return true;
    *absent |= bit;
    return false;
}

void quote_find(struct slice text, size_t from, uint32_t mark, uint32_t *absent,
                struct quote_end *end)
{
    const struct pair *pair = pair_of(pairs, PAIRS, mark);
    if (scan_remembering(text, from, pair, absent, end))
        return;
    if (pair->mixes && scan_remembering(text, from, NULL, absent, end))
        return;
    *end = (struct quote_end){text.size, text.size, false};
}

/* Whether a word has ended where this byte follows. */
static bool ends_word(struct slice text, size_t at)
{
    if (at == text.size)
        return true;
    uint32_t c;
    utf8_decode(text.data + at, text.size - at, &c);
    return space_is(c) || quote_is_mark(c) || (c < 0x80 && !ascii_is_alphanumeric((char)c));
}

bool quote_find_single(struct slice text, size_t from, uint32_t mark, uint32_t *absent,
                       struct quote_end *end)
{
    const struct pair *pair = pair_of(singles, SINGLES, mark);
    uint32_t bit = 1u << (PAIRS + (size_t)(pair - singles));
    if (*absent & bit)
        return false;
    bool spaced = false;
    size_t size;
    for (size_t at = from; at < text.size; at += size) {
        uint32_t c;
        size = utf8_decode(text.data + at, text.size - at, &c);
        if (closes(pair, c) && ends_word(text, at + size)) {
            *end = (struct quote_end){at, at + size, true};
            return spaced;
        }
        spaced = spaced || space_is(c);
    }
    *absent |= bit;
    return false;
}

static void put(struct bytes *out, uint32_t c)
{
    char encoded[4];
    bytes_append(out, encoded, utf8_encode(c, encoded));
}

/* What was quoted lacks what closes the marks that it was quoted by; single marks can hold
 * everything else: see quote_find_single. */
void quote_write(struct bytes *out, struct slice s)
{
    const struct pair *chosen = NULL;
    struct quote_end end;
    for (size_t i = 0; i < PAIRS && !chosen; i++)
        if (!scan(s, 0, &pairs[i], &end))
            chosen = &pairs[i];
    for (size_t i = 0; i < SINGLES && !chosen; i++)
        if (!scan(s, 0, &singles[i], &end))
            chosen = &singles[i];
    chosen = chosen ? chosen : &singles[1];
    put(out, chosen->opener);
    bytes_append_slice(out, s);
    put(out, chosen->closers[0]);
}
