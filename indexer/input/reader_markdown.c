/* Markdown: front matter, a heading that is the title, and the text as it is written. */
#include "input/charset.h"
#include "input/clean.h"
#include "input/front_matter.h"
#include "input/reader.h"
#include "input/readers.h"

int markdown_recognise(struct slice start, const char *hint)
{
    if (front_matter_size(start))
        return RECOGNISED_CONTENT;
    bool named = reader_name_ends(hint, ".md") || reader_name_ends(hint, ".markdown") ||
                 reader_name_ends(hint, ".mdown") || reader_name_ends(hint, ".mkd");
    return named ? RECOGNISED_NAME : 0;
}

static struct slice line_at(struct slice text)
{
    const char *end = text.size ? memchr(text.data, '\n', text.size) : NULL;
    return slice_of(text.data, end ? (size_t)(end - text.data) : text.size);
}

static bool is_underline(struct slice line)
{
    line = clean_trim(line);
    for (size_t i = 0; i < line.size; i++)
        if (line.data[i] != '=')
            return false;
    return line.size > 0;
}

/* "# Title" or "# Title #". */
static struct slice heading_text(struct slice line)
{
    line = clean_trim(slice_from(line, 1));
    size_t size = line.size;
    while (size && line.data[size - 1] == '#')
        size--;
    if (size < line.size && size && line.data[size - 1] == ' ')
        line.size = size;
    return clean_trim(line);
}

/* The heading that the text begins with, and the text behind it; nothing where it begins otherwise.
 */
static struct slice take_heading(struct slice *text)
{
    struct slice rest = *text, line, below;
    while (rest.size && clean_trim(line_at(rest)).size == 0)
        rest = slice_from(rest,
                          line_at(rest).size + 1 <= rest.size ? line_at(rest).size + 1 : rest.size);
    line = line_at(rest);
    below = line.size < rest.size ? slice_from(rest, line.size + 1) : slice_of(NULL, 0);
    bool hash =
        line.size > 1 && line.data[0] == '#' && (line.data[1] == ' ' || line.data[1] == '\t');
    bool underlined = line.size && !hash && is_underline(line_at(below));
    if (!hash && !underlined)
        return slice_of(NULL, 0);
    if (underlined)
        below = slice_from(below, line_at(below).size);
    *text = below;
    return hash ? heading_text(line) : clean_trim(line);
}

static void put_text(struct draft *draft, struct slice text)
{
    const struct draft_value *title = &draft->singles[FIELD_TITLE];
    struct slice behind = text, heading = take_heading(&behind);
    bool untitled = !title->name.data;
    bool same = !untitled && title->count == 1 && slice_equal(clean_trim(title->texts[0]), heading);
    if (heading.size && (untitled || same))
        text = behind;
    if (heading.size && untitled)
        draft_put_text(draft, SLICE("title"), heading);
    while (text.size && text.data[0] == '\n')
        text = slice_from(text, 1);
    draft_put_text(draft, SLICE("body"), text);
}

enum status markdown_read(struct reading *reading)
{
    struct bytes text = {0};
    enum status status = reading_whole(reading, &text);
    if (status == STATUS_OK && text.size) {
        charset_to_utf8(&text, NULL);
        clean_line_ends(&text);
        struct draft *draft = reading_draft(reading);
        size_t matter = front_matter_size(bytes_slice(&text));
        front_matter_put(draft, slice_of(text.data, matter));
        put_text(draft, slice_from(bytes_slice(&text), matter));
        if (text.status != STATUS_OK)
            draft->arena.status = text.status;
        status = reading_article(reading, 1, 0);
    }
    bytes_release(&text);
    return status;
}
