#include "text/charfold.h"

#include <string.h>
#include <utf8proc.h>

#include "text/scripts.h"
#include "text/traits.h"

enum {
    TATWEEL = 0x0640,
    HANGUL_VOWELS = 0x1161,
    HANGUL_VOWELS_END = 0x1176,
    HANGUL_TAILS = 0x11A8,
    HANGUL_TAILS_END = 0x11C3
};

static bool is_ignored(uint32_t code_point)
{
    return code_point == TATWEEL || utf8proc_get_property((utf8proc_int32_t)code_point)->ignorable;
}

int char_combining_class(uint32_t code_point)
{
    return utf8proc_get_property((utf8proc_int32_t)code_point)->combining_class;
}

bool char_is_mark(uint32_t code_point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

static bool is_letter(uint32_t code_point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool char_loses_marks(uint32_t code_point)
{
    return is_letter(code_point) && script_loses_marks(code_point);
}

static size_t decompose(uint32_t code_point, utf8proc_option_t options,
                        uint32_t out[CHAR_DECOMPOSED_MAX])
{
    utf8proc_int32_t parts[CHAR_DECOMPOSED_MAX];
    int last_boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code_point, parts,
                                                 CHAR_DECOMPOSED_MAX, options, &last_boundary);
    if (n <= 0 || n > CHAR_DECOMPOSED_MAX) {
        out[0] = code_point;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++)
        out[i] = (uint32_t)parts[i];
    return (size_t)n;
}

/* Compatibility decomposition of what is already canonically decomposed. */
static size_t decompose_compatibly(uint32_t code_point, uint32_t out[CHAR_DECOMPOSED_MAX])
{
    size_t n = decompose(code_point, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, out);
    if (n > 1 && out[0] == ' ') {
        out[0] = code_point;
        return 1;
    }
    return n;
}

size_t char_decompose(uint32_t code_point, uint32_t out[CHAR_DECOMPOSED_MAX])
{
    uint32_t canonical[CHAR_DECOMPOSED_MAX], parts[CHAR_DECOMPOSED_MAX];
    size_t canonical_count = decompose(code_point, UTF8PROC_DECOMPOSE, canonical), count = 0;
    for (size_t i = 0; i < canonical_count; i++) {
        size_t n = decompose_compatibly(canonical[i], parts);
        for (size_t j = 0; j < n && count < CHAR_DECOMPOSED_MAX; j++)
            if (!is_ignored(parts[j]))
                out[count++] = parts[j];
    }
    return count;
}

/* Letters that have no decomposition, as people without such a keyboard type them. */
static const struct {
    uint32_t code_point;
    char typed[3];
} typed_letters[] = {
    {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"}, {0x0111, "d"},
    {0x0127, "h"},  {0x0131, "i"}, {0x0142, "l"}, {0x0153, "oe"},
};

static size_t put_typed(uint32_t code_point, uint32_t out[2])
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof typed_letters / sizeof *typed_letters; i++)
        if (typed_letters[i].code_point == code_point)
            for (const char *letter = typed_letters[i].typed; *letter; letter++)
                out[count++] = (uint32_t)*letter;
    if (!count)
        out[count++] = code_point;
    return count;
}

size_t char_fold_case(uint32_t code_point, uint32_t out[CHAR_DECOMPOSED_MAX])
{
    uint32_t parts[CHAR_DECOMPOSED_MAX];
    size_t n = decompose(code_point, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, parts), count = 0;
    for (size_t i = 0; i < n && count + 1 < CHAR_DECOMPOSED_MAX; i++)
        count += put_typed(parts[i], out + count);
    return count;
}

size_t char_fold_written(const char *text, size_t size, uint32_t *out, size_t most)
{
    const utf8proc_option_t options =
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_int32_t *codes = (utf8proc_int32_t *)(void *)out;
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size,
                                            codes, (utf8proc_ssize_t)most, options);
    if (n <= 0 || (size_t)n > most)
        return 0;
    n = utf8proc_normalize_utf32(codes, n, options);
    size_t count = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        if (out[i] != TATWEEL)
            out[count++] = out[i];
    return count;
}

uint32_t char_compose(uint32_t first, uint32_t second)
{
    utf8proc_int32_t pair[3] = {(utf8proc_int32_t)first, (utf8proc_int32_t)second, 0};
    if (utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE) != 1)
        return 0;
    return (uint32_t)pair[0];
}

bool char_composes_backward(uint32_t code_point)
{
    if (code_point >= HANGUL_VOWELS && code_point < HANGUL_TAILS_END)
        return code_point < HANGUL_VOWELS_END || code_point >= HANGUL_TAILS;
    /* In utf8proc's table of composites a second has the highest bit, and a character that is
     * neither a first nor a second has all of them. */
    uint16_t place = utf8proc_get_property((utf8proc_int32_t)code_point)->comb_index;
    return place != UINT16_MAX && (place & 0x8000);
}

static const struct {
    uint32_t low, high;
    uint8_t class;
} named_classes[] = {
    {0x0027, 0x0027, CLASS_APOSTROPHE}, {0x002C, 0x002C, CLASS_COMMA},
    {0x002D, 0x002D, CLASS_HYPHEN},     {0x002E, 0x002E, CLASS_DOT},
    {0x0060, 0x0060, CLASS_APOSTROPHE}, {0x00B4, 0x00B4, CLASS_APOSTROPHE},
    {0x02B9, 0x02B9, CLASS_APOSTROPHE}, {0x02BA, 0x02BA, CLASS_OTHER},
    {0x02BB, 0x02BF, CLASS_APOSTROPHE}, {0x02C8, 0x02C8, CLASS_APOSTROPHE},
    {0x02EE, 0x02EE, CLASS_OTHER},      {0x0384, 0x0384, CLASS_APOSTROPHE},
    {0x055A, 0x055A, CLASS_APOSTROPHE}, {0x058A, 0x058A, CLASS_HYPHEN},
    {0x05BE, 0x05BE, CLASS_HYPHEN},     {0x05F3, 0x05F3, CLASS_APOSTROPHE},
    {0x07F4, 0x07F5, CLASS_APOSTROPHE}, {0x1806, 0x1806, CLASS_HYPHEN},
    {0x1FBD, 0x1FBD, CLASS_APOSTROPHE}, {0x1FBF, 0x1FBF, CLASS_APOSTROPHE},
    {0x1FFE, 0x1FFE, CLASS_APOSTROPHE}, {0x2010, 0x2013, CLASS_HYPHEN},
    {0x2018, 0x2019, CLASS_APOSTROPHE}, {0x201B, 0x201B, CLASS_APOSTROPHE},
    {0x2032, 0x2032, CLASS_APOSTROPHE}, {0x2035, 0x2035, CLASS_APOSTROPHE},
    {0x275B, 0x275C, CLASS_APOSTROPHE}, {0x2E17, 0x2E17, CLASS_HYPHEN},
    {0x2E40, 0x2E40, CLASS_HYPHEN},     {0x2E5D, 0x2E5D, CLASS_HYPHEN},
    {0x30A0, 0x30A0, CLASS_HYPHEN},     {0xA78B, 0xA78C, CLASS_APOSTROPHE},
    {0x10EAD, 0x10EAD, CLASS_HYPHEN},
};

static bool named_class(uint32_t code_point, uint8_t *class)
{
    for (size_t i = 0; i < sizeof named_classes / sizeof *named_classes; i++)
        if (code_point >= named_classes[i].low && code_point <= named_classes[i].high) {
            *class = named_classes[i].class;
            return true;
        }
    return false;
}

static uint8_t class_of_category(uint32_t code_point)
{
    static const uint8_t classes[] = {
        [UTF8PROC_CATEGORY_LU... UTF8PROC_CATEGORY_LO] = CLASS_LETTER,
        [UTF8PROC_CATEGORY_MN... UTF8PROC_CATEGORY_ME] = CLASS_MARK,
        [UTF8PROC_CATEGORY_ND] = CLASS_DIGIT,
        [UTF8PROC_CATEGORY_NL... UTF8PROC_CATEGORY_NO] = CLASS_REST,
        [UTF8PROC_CATEGORY_ZS... UTF8PROC_CATEGORY_ZP] = CLASS_SPACE,
        [UTF8PROC_CATEGORY_CC... UTF8PROC_CATEGORY_CO] = CLASS_OTHER,
    };
    uint8_t class = classes[utf8proc_category((utf8proc_int32_t)code_point)];
    return class == CLASS_LETTER && char_composes_backward(code_point) ? CLASS_REST : class;
}

/* Some of these are letters by their category. */
static bool is_spacing_clone(uint32_t code_point)
{
    uint32_t parts[CHAR_DECOMPOSED_MAX];
    return decompose(code_point, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, parts) > 1 &&
           parts[0] == ' ';
}

uint8_t char_class(uint32_t code_point)
{
    uint8_t class;
    if (named_class(code_point, &class))
        return class;
    if ((code_point >= '\t' && code_point <= '\r') || code_point == 0x85)
        return CLASS_SPACE;
    if (script_is_clustered(code_point))
        return CLASS_CLUSTER;
    return is_spacing_clone(code_point) ? CLASS_OTHER : class_of_category(code_point);
}
