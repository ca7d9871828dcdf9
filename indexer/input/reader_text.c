#include "input/charset.h"
#include "input/clean.h"
#include "input/draft.h"
#include "input/reader.h"
#include "input/readers.h"

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' &&
            c != 0x1B) ||
           c == 0x7F;
}

/* Programs, pictures and the like hold control characters all over; text has some at most. */
static bool is_binary(struct slice start)
{
    enum { FEW = 16, ONE_IN = 50 };
    size_t controls = 0;
    for (size_t i = 0; i < start.size; i++)
        controls += is_control((unsigned char)start.data[i]);
    return controls > FEW && controls > start.size / ONE_IN;
}

/* Documents that begin as text and are none. XML other than HTML has no reader of its own here. */
static bool is_other(struct slice start)
{
    return slice_starts_with(start, SLICE("%PDF-")) || slice_starts_with(start, SLICE("{\\rtf")) ||
           slice_starts_with(start, SLICE("<?xml"));
}

int text_recognise(struct slice start, const char *hint)
{
    if (is_binary(start) || is_other(start))
        return 0;
    bool named = reader_name_ends(hint, ".txt") || reader_name_ends(hint, ".text");
    return named ? RECOGNISED_NAME : RECOGNISED_ANY;
}

enum status text_read(struct reading *reading)
{
    struct bytes text = {0};
    enum status status = reading_whole(reading, &text);
    if (status != STATUS_OK || text.size == 0)
        goto done;
    charset_to_utf8(&text, NULL);
    clean_line_ends(&text);
    draft_put_text(reading_draft(reading), SLICE("body"), bytes_slice(&text));
    if (text.status != STATUS_OK)
        status =
            error_set(reading->intake->error, text.status, "out of memory at %s", reading->name);
    else if (clean_trim(bytes_slice(&text)).size == 0)
        status = reading_skip(reading, 1, "nothing but white space");
    else
        status = reading_article(reading, 1, 0);
done:
    bytes_release(&text);
    return status;
}
