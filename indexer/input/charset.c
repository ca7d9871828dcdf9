#include "input/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <strings.h>
#include <uchardet/uchardet.h>

#include "base/memory.h"
#include "text/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"
enum { REPLACEMENT_BYTES = 3 };

struct alias {
    const char *label;   /* what pages and detectors say */
    const char *charset; /* what iconv calls what is meant: often a superset */
};

static const struct alias aliases[] = {
    {"ascii", "WINDOWS-1252"},
    {"us-ascii", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"euc-cn", "GB18030"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"ksc5601", "CP949"},
    {"big5", "BIG5-HKSCS"},
    {"x-x-big5", "BIG5-HKSCS"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"unicode", "UTF-8"},
    {"utf8", "UTF-8"},
};

static const char *charset_of_label(const char *label)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (strcasecmp(aliases[i].label, label) == 0)
            return aliases[i].charset;
    return label;
}

/* --- Converting --------------------------------------------------------------------------------*/

struct converter {
    iconv_t handle;
    size_t unit; /* bytes to leave out where nothing can be read */
};

struct span {
    char *at;
    size_t left;
};

static bool put_replacement(struct span *out)
{
    if (out->left < REPLACEMENT_BYTES)
        return false;
    memcpy(out->at, REPLACEMENT, REPLACEMENT_BYTES);
    out->at += REPLACEMENT_BYTES;
    out->left -= REPLACEMENT_BYTES;
    return true;
}

/* Converts until `in` is used up or `out` is full. Unless it is the last of the text, up to a few
 * bytes of a character cut in two may stay in `in`. */
static void convert(struct converter *c, struct span *in, struct span *out, bool last)
{
    while (in->left) {
        if (iconv(c->handle, &in->at, &in->left, &out->at, &out->left) != (size_t)-1)
            return;
        if (errno == E2BIG || (errno == EINVAL && !last))
            return;
        if (!put_replacement(out))
            return;
        size_t skipped = in->left < c->unit ? in->left : c->unit;
        in->at += skipped;
        in->left -= skipped;
    }
}

static bool convert_all(struct bytes *text, const char *charset)
{
    struct converter c = {iconv_open("UTF-8", charset), 1};
    if (c.handle == (iconv_t)-1)
        return false;
    struct span in = {(char *)text->data, text->size};
    struct bytes converted = {0};
    while (in.left && bytes_reserve(&converted, in.left + in.left / 2 + 16)) {
        struct span out = {(char *)converted.data + converted.size,
                           converted.capacity - converted.size};
        convert(&c, &in, &out, true);
        converted.size = converted.capacity - out.left;
    }
    iconv_close(c.handle);
    bytes_release(text);
    *text = converted;
    return true;
}

/* --- Finding out -------------------------------------------------------------------------------*/

/* With fewer characters past ASCII no statistics can tell one old charset from another. */
enum { ENOUGH = 8 };

struct tally {
    size_t good, bad; /* well-formed characters past ASCII, ill-formed parts */
};

static struct tally tally_of(struct slice text)
{
    struct tally t = {0};
    for (size_t i = 0, size; i < text.size; i += size) {
        uint32_t code_point;
        size = utf8_decode(text.data + i, text.size - i, &code_point);
        if (code_point < 0x80)
            continue;
        bool is_written =
            size == REPLACEMENT_BYTES && memcmp(text.data + i, REPLACEMENT, size) == 0;
        if (code_point == UTF8_REPLACEMENT && !is_written)
            t.bad++;
        else
            t.good++;
    }
    return t;
}

static bool is_utf8_label(const char *label)
{
    return strcasecmp(charset_of_label(label), "UTF-8") == 0;
}

static size_t distinct_high_bytes(struct slice text)
{
    bool seen[256] = {false};
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        count += c >= 0x80 && !seen[c];
        seen[c] = true;
    }
    return count;
}

/* uchardet says how sure it is only to itself. Where it names one of these for Latin letters, it is
 * mostly a language in windows-1252 that it does not know: of 25 texts of the Declaration of Human
 * Rights, 23. The Baltic ones are right where most of their many letters are there. */
static bool is_doubtful(const char *label, struct slice text)
{
    enum { BALTIC_LETTERS = 14 };
    static const char *const doubtful[] = {"MAC-CENTRALEUROPE", "IBM852", "ISO-8859-10"};
    for (size_t i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++)
        if (strcasecmp(label, doubtful[i]) == 0)
            return true;
    bool baltic = strcasecmp(label, "ISO-8859-4") == 0 || strcasecmp(label, "ISO-8859-13") == 0;
    return baltic && distinct_high_bytes(text) < BALTIC_LETTERS;
}

/* What uchardet finds, if it is anything but UTF-8 and to be believed; else an empty label. */
static void detect(struct slice text, char out[CHARSET_LABEL_BYTES])
{
    enum { LOOKED_AT = 1 << 20 };
    out[0] = '\0';
    uchardet_t detector = uchardet_new();
    if (!detector)
        return;
    if (text.size > LOOKED_AT)
        text.size = LOOKED_AT;
    if (uchardet_handle_data(detector, text.data, text.size) == 0) {
        uchardet_data_end(detector);
        const char *label = uchardet_get_charset(detector);
        if (!is_utf8_label(label) && !is_doubtful(label, text))
            snprintf(out, CHARSET_LABEL_BYTES, "%s", label);
    }
    uchardet_delete(detector);
}

static bool convert_by_detection(struct bytes *text, bool escapes_only)
{
    char label[CHARSET_LABEL_BYTES];
    detect(bytes_slice(text), label);
    bool escaping = strncasecmp(label, "ISO-2022", 8) == 0;
    return label[0] && escaping == escapes_only && convert_all(text, charset_of_label(label));
}

void charset_guess(struct slice start, char out[CHARSET_LABEL_BYTES])
{
    struct tally t = tally_of(start);
    out[0] = '\0';
    if (t.bad > t.good && t.bad >= ENOUGH)
        detect(start, out);
}

static void repair(struct bytes *text)
{
    struct bytes repaired = {0};
    utf8_append_valid(&repaired, bytes_slice(text));
    bytes_release(text);
    *text = repaired;
}

void charset_to_utf8(struct bytes *text, const char *declared)
{
    if (text->status != STATUS_OK || text->size == 0)
        return;
    bool escapes = memchr(text->data, 0x1B, text->size);
    if (!escapes && utf8_valid(bytes_slice(text)))
        return;
    struct tally t = tally_of(bytes_slice(text));
    if (t.bad == 0) {
        bool other =
            declared && strncasecmp(declared, "iso-2022", 8) == 0 && convert_all(text, declared);
        if (!other && t.good == 0 && escapes)
            convert_by_detection(text, true);
    } else if (t.good >= t.bad)
        repair(text);
    else if (declared && !is_utf8_label(declared) && convert_all(text, charset_of_label(declared)))
        ;
    else if (t.bad >= ENOUGH && convert_by_detection(text, false))
        ;
    else
        convert_all(text, "WINDOWS-1252");
    if (text->status == STATUS_OK && !utf8_valid(bytes_slice(text)))
        repair(text);
}

/* --- Wide streams ------------------------------------------------------------------------------*/

struct wide {
    struct converter converter;
    struct source inner; /* owned */
};

struct mark {
    struct slice bytes;
    const char *charset; /* NULL: UTF-8 */
    size_t unit;
};

/* What begins with FF FE 00 00 is UTF-32. */
static const struct mark marks[] = {
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE", 4}, {{"\0\0\xFE\xFF", 4}, "UTF-32BE", 4},
    {{"\xFF\xFE", 2}, "UTF-16LE", 2},     {{"\xFE\xFF", 2}, "UTF-16BE", 2},
    {{"\xEF\xBB\xBF", 3}, NULL, 1},
};

/* ASCII in UTF-16 has a NUL for every other byte. */
static const struct mark *unmarked_wide(struct slice start)
{
    static const struct mark little = {{"", 0}, "UTF-16LE", 2}, big = {{"", 0}, "UTF-16BE", 2};
    size_t zeros[2] = {0, 0}, units = start.size / 2;
    for (size_t i = 0; i < units * 2; i++)
        zeros[i & 1] += start.data[i] == '\0';
    if (units < 4)
        return NULL;
    if (zeros[1] > units / 2 && zeros[0] <= units / 50)
        return &little;
    return zeros[0] > units / 2 && zeros[1] <= units / 50 ? &big : NULL;
}

static const struct mark *mark_of(struct slice start)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (slice_starts_with(start, marks[i].bytes))
            return &marks[i];
    return unmarked_wide(start);
}

static size_t wide_read(void *context, void *to, size_t capacity, struct error *error)
{
    struct wide *wide = context;
    struct span out = {to, capacity};
    size_t want = 1;
    while (out.left == capacity) {
        struct slice some = source_peek(&wide->inner, want);
        struct span in = {(char *)some.data, some.size};
        convert(&wide->converter, &in, &out, some.size < want);
        source_take(&wide->inner, some.size - in.left);
        want = in.left + 1;
        if (some.size == 0 ||
            (in.left && some.size < want && wide->inner.ended && out.left == capacity)) {
            if (wide->inner.error.status != STATUS_OK)
                *error = wide->inner.error;
            if (in.left)
                put_replacement(&out);
            source_take(&wide->inner, in.left);
            break;
        }
    }
    return capacity - out.left;
}

static void wide_close(void *context)
{
    struct wide *wide = context;
    iconv_close(wide->converter.handle);
    source_close(&wide->inner);
    memory_free(wide);
}

bool charset_open_wide(struct source *source, struct source *converted)
{
    enum { LOOKED_AT = 4096 };
    struct slice start = source_peek(source, LOOKED_AT);
    if (start.size > LOOKED_AT)
        start.size = LOOKED_AT;
    const struct mark *mark = mark_of(start);
    if (!mark)
        return false;
    source_take(source, mark->bytes.size);
    if (!mark->charset)
        return false;
    struct wide *wide = memory_allocate(sizeof *wide);
    if (!wide) {
        error_set(&source->error, STATUS_NO_MEMORY, "out of memory");
        return false;
    }
    *wide = (struct wide){{iconv_open("UTF-8", mark->charset), mark->unit}, *source};
    if (wide->converter.handle == (iconv_t)-1) {
        memory_free(wide);
        return false;
    }
    *source = (struct source){.ended = true};
    *converted = (struct source){.context = wide, .read = wide_read, .close = wide_close};
    return true;
}
