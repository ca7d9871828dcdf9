#include "search/snippet.h"

#include "match/leaf.h"
#include "search/cut.h"
#include "search/hit.h"
#include "search/marker.h"
#include "search/occurrences.h"
#include "text/space.h"
#include "text/utf8.h"

void snippet_maker_release(struct snippet_maker *maker)
{
    region_release(&maker->region);
    bytes_release(&maker->text);
    bytes_release(&maker->marks);
    bytes_release(&maker->inside);
}

/* --- What of the window is shown ---------------------------------------------------------------*/

/* One past the last position of as many occurrences of the window as fit; the first always does. */
static uint32_t core_end(const struct region *region, const struct occurrence *items,
                         const struct window *window)
{
    const struct region_word *words = region_words(region);
    uint32_t from = items[window->first].start, end = from + items[window->first].words;
    for (size_t i = window->first + 1; i < window->first + window->count; i++) {
        uint32_t to = items[i].start + items[i].words;
        size_t start = words[from - region->position].start;
        if (to <= end)
            continue;
        struct slice core =
            slice_of(region->text.data + start, words[to - 1 - region->position].end - start);
        if (utf8_length(core) > SNIPPET_CHARS)
            break;
        end = to;
    }
    return end;
}

static uint32_t window_end(const struct occurrence *items, const struct window *window)
{
    uint32_t end = 0;
    for (size_t i = window->first; i < window->first + window->count; i++)
        if (items[i].start + items[i].words > end)
            end = items[i].start + items[i].words;
    return end;
}

/* --- Marks -------------------------------------------------------------------------------------*/

/* The occurrences that lie within the cut. */
static enum status select_inside(struct snippet_maker *maker, const struct occurrences *occurrences,
                                 const struct cut *cut)
{
    const struct occurrence *items = occurrences_items(occurrences);
    uint32_t first = maker->region.position + (uint32_t)cut->first_word;
    uint32_t last = maker->region.position + (uint32_t)cut->last_word;
    bytes_clear(&maker->inside);
    for (size_t i = occurrences_before(occurrences, first); i < occurrences_count(occurrences);
         i++) {
        if (items[i].start > last)
            break;
        if (items[i].start + items[i].words - 1 <= last)
            bytes_append(&maker->inside, &items[i], sizeof items[i]);
    }
    return maker->inside.status;
}

/* The marks of the cut as bytes of the region's text. */
static enum status mark(struct snippet_maker *maker, const struct cut *cut)
{
    const struct region_word *words = region_words(&maker->region);
    struct marker marker = {.items = (const struct occurrence *)(void *)maker->inside.data,
                            .count = maker->inside.size / sizeof(struct occurrence),
                            .most = SIZE_MAX,
                            .out = &maker->marks};
    for (size_t i = cut->first_word; marker.count && i <= cut->last_word; i++)
        marker_word(&marker, maker->region.position + (uint32_t)i, words[i].start, words[i].end);
    return maker->marks.status;
}

/* --- Text --------------------------------------------------------------------------------------*/

struct writer { /* of a snippet's text, and of its marks in code points */
    struct bytes *out;
    uint32_t points;
    struct range *marks; /* in bytes before, in code points behind the one being written */
    size_t mark_count, mark;
    bool in_mark, space;
};

static void put(struct writer *writer, uint32_t c)
{
    char utf8[4];
    bytes_append(writer->out, utf8, utf8_encode(c, utf8));
    writer->points++;
}

static void put_space(struct writer *writer)
{
    if (writer->space)
        put(writer, ' ');
    writer->space = false;
}

static void end_mark(struct writer *writer, size_t at)
{
    if (!writer->in_mark || at < writer->marks[writer->mark].end)
        return;
    writer->marks[writer->mark++].end = writer->points;
    writer->in_mark = false;
}

static void write_character(struct writer *writer, size_t at, uint32_t c)
{
    end_mark(writer, at);
    if (space_is(c)) {
        writer->space = writer->points > 0;
        return;
    }
    put_space(writer);
    if (writer->mark < writer->mark_count && !writer->in_mark &&
        writer->marks[writer->mark].start <= at) {
        writer->marks[writer->mark].start = writer->points;
        writer->in_mark = true;
    }
    put(writer, c);
}

static bool is_graphic(char byte)
{
    return byte > ' ' && byte < 0x7F;
}

/* What follows a graphic character and is shown as it stands, all at once: ASCII with single blanks
 * between, up to where a mark begins or ends. Returns its size. */
static size_t write_run(struct writer *writer, struct slice text, size_t at, size_t end)
{
    size_t i = at;
    if (writer->mark < writer->mark_count) {
        const struct range *mark = &writer->marks[writer->mark];
        size_t edge = writer->in_mark ? mark->end : mark->start;
        end = edge < end ? edge : end;
    }
    while (i < end && (is_graphic(text.data[i]) ||
                       (text.data[i] == ' ' && i + 1 < end && is_graphic(text.data[i + 1]))))
        i++;
    bytes_append(writer->out, text.data + at, i - at);
    writer->points += (uint32_t)(i - at);
    return i - at;
}

enum { ELLIPSIS = 0x2026 };

static void write_text(struct writer *writer, struct slice text, const struct cut *cut)
{
    uint32_t c;
    if (!cut->at_start) {
        put(writer, ELLIPSIS);
        writer->space = true;
    }
    for (size_t at = cut->start; at < cut->end;) {
        size_t size = utf8_decode(text.data + at, cut->end - at, &c);
        write_character(writer, at, c);
        at += size;
        if (is_graphic(text.data[at - 1]))
            at += write_run(writer, text, at, cut->end);
    }
    end_mark(writer, cut->end);
    writer->space = writer->points > 0;
    if (!cut->at_end) {
        put_space(writer);
        put(writer, ELLIPSIS);
    }
}

/* A word may be as long as a text. */
static struct cut bounded(const struct cut *cut, struct slice text)
{
    struct cut made = *cut;
    if (cut->end - cut->start <= SHOWN_BYTES_MOST)
        return made;
    made.end = cut->start + utf8_floor(slice_from(text, cut->start), SHOWN_BYTES_MOST);
    made.at_end = false;
    return made;
}

static enum status finish(struct snippet_maker *maker, const struct cut *chosen,
                          struct snippet *snippet)
{
    struct slice text = bytes_slice(&maker->region.text);
    struct cut cut = bounded(chosen, text);
    struct writer writer = {.out = &maker->text,
                            .marks = (struct range *)(void *)maker->marks.data,
                            .mark_count = maker->marks.size / sizeof(struct range)};
    bytes_clear(&maker->text);
    write_text(&writer, text, &cut);
    *snippet = (struct snippet){.text = arena_copy(maker->arena, bytes_slice(&maker->text))};
    if (maker->text.status != STATUS_OK || !snippet->text.data)
        return STATUS_NO_MEMORY;
    if (writer.mark == 0)
        return STATUS_OK;
    snippet->highlights =
        arena_regrow(maker->arena, writer.marks, writer.mark, writer.mark, sizeof(struct range));
    snippet->highlight_count = snippet->highlights ? writer.mark : 0;
    return snippet->highlights ? STATUS_OK : STATUS_NO_MEMORY;
}

/* -----------------------------------------------------------------------------------------------*/

/* The words of the region between those that are shown already, around the words [from, to). */
static struct cut_bounds bounds_of(const struct region *region, const struct snippet_place *place,
                                   uint32_t from, uint32_t to)
{
    struct cut_bounds bounds = {0, region_word_count(region)};
    for (size_t i = 0; i < place->shown_count; i++) {
        const struct window_shown *shown = &place->shown[i];
        if (shown->end <= from && shown->end > region->position + bounds.first)
            bounds.first = shown->end - region->position;
        if (shown->start >= to && shown->start < region->position + bounds.last)
            bounds.last = shown->start - region->position;
    }
    return bounds;
}

enum status snippet_make(struct snippet_maker *maker, struct snippet_place *place,
                         const struct window *window, struct snippet *snippet)
{
    const struct occurrence *items = occurrences_items(place->occurrences);
    uint32_t from = items[window->first].start;
    bytes_clear(&maker->marks);
    enum status status = region_read(&maker->region, place->documents, place->doc, from,
                                     window_end(items, window), maker->analyzer, maker->budget);
    if (status != STATUS_OK)
        return status;
    uint32_t base = maker->region.position, to = core_end(&maker->region, items, window);
    struct cut_bounds bounds = bounds_of(&maker->region, place, from, to);
    struct cut cut = cut_within(&maker->region, from - base, to - base, bounds);
    place->shown[place->shown_count++] =
        (struct window_shown){base + (uint32_t)cut.first_word, base + (uint32_t)cut.last_word + 1};
    status = select_inside(maker, place->occurrences, &cut);
    if (status == STATUS_OK)
        status = mark(maker, &cut);
    return status == STATUS_OK ? finish(maker, &cut, snippet) : status;
}

enum status snippet_of_start(struct snippet_maker *maker, struct documents *documents, uint32_t doc,
                             uint32_t body_start, struct snippet *snippet)
{
    bytes_clear(&maker->marks);
    enum status status = region_read(&maker->region, documents, doc, body_start, body_start,
                                     maker->analyzer, maker->budget);
    if (status != STATUS_OK)
        return status;
    struct cut cut = cut_choose(&maker->region, 0, 0);
    return finish(maker, &cut, snippet);
}
