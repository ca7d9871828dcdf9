#include "search/quote_differ.h"

#include "base/arena.h"
#include "search/quotation.h"
#include "search/quote_answer.h"
#include "search/quote_chain.h"
#include "search/quote_words.h"
#include "search/quote_written.h"

enum { WORDS_AROUND = 3 };

struct gap { /* pasted words [start, end), and what is written there */
    uint32_t start, end;
    uint64_t from, to; /* words of the text */
    struct written_text *text;
    bool in_title;
};

void quote_differ_release(struct quote_differ *differ)
{
    bytes_release(&differ->table);
    bytes_release(&differ->items);
}

/* --- One difference ----------------------------------------------------------------------------*/

static struct slice pasted_stretch(const struct quote_words *words, uint32_t from, uint32_t to,
                                   struct range *range)
{
    const struct quote_word *items = words->items;
    uint32_t start = from < to ? items[from].start : items[from - 1].end;
    uint32_t end = from < to ? items[to - 1].end : start;
    range->start = from < to ? items[from].range.start : items[from - 1].range.end;
    range->end = from < to ? items[to - 1].range.end : range->start;
    return slice_of(words->text.data + start, end > start ? end - start : 0);
}

/* Copies what stands around, since the article's text is gone when the next one is read. */
static bool show_written(struct quote_differ *differ, const struct gap *gap,
                         struct quote_difference *difference)
{
    struct slice text;
    struct range range;
    uint64_t from = gap->from, to = gap->to, count = written_count(gap->text);
    uint64_t before = from > WORDS_AROUND ? from - WORDS_AROUND : 0;
    uint64_t behind = to + WORDS_AROUND < count ? to + WORDS_AROUND : count;
    if (!written_stretch(gap->text, before, from, &text, &range))
        return false;
    difference->written_around[0] = arena_copy(differ->arena, text);
    if (!written_stretch(gap->text, from, to, &text, &difference->written))
        return false;
    if (to - from <= QUOTE_WRITTEN_WORDS)
        difference->written_text = arena_copy(differ->arena, text);
    if (!written_stretch(gap->text, to, behind, &text, &range))
        return false;
    difference->written_around[1] = arena_copy(differ->arena, text);
    return true;
}

static void show_pasted(const struct quote_differ *differ, const struct gap *gap,
                        struct quote_difference *difference)
{
    const struct quote_words *words = differ->pasted;
    struct range range;
    uint32_t before = gap->start > WORDS_AROUND ? gap->start - WORDS_AROUND : 0;
    uint32_t behind = gap->end + WORDS_AROUND;
    if (behind > words->count)
        behind = (uint32_t)words->count;
    difference->pasted_around[0] = pasted_stretch(words, before, gap->start, &range);
    difference->pasted_text = pasted_stretch(words, gap->start, gap->end, &difference->pasted);
    difference->pasted_around[1] = pasted_stretch(words, gap->end, behind, &range);
}

/* A gap lies between two links, so there are words on either side of it. */
static enum status put(struct quote_differ *differ, const struct gap *gap)
{
    struct quote_difference difference = {.pasted_words = gap->end - gap->start,
                                          .written_words = (uint32_t)(gap->to - gap->from),
                                          .in_title = gap->in_title};
    if (differ->items.size / sizeof difference >= QUOTE_DIFFERS_MOST) {
        differ->more = true;
        return STATUS_OK;
    }
    if (!show_written(differ, gap, &difference))
        return STATUS_CORRUPT;
    show_pasted(differ, gap, &difference);
    bytes_append(&differ->items, &difference, sizeof difference);
    return differ->arena->status != STATUS_OK ? differ->arena->status : differ->items.status;
}

/* --- Between two links -------------------------------------------------------------------------*/

static bool is_equal(const struct quote_differ *differ, const struct gap *gap, size_t i, size_t j)
{
    return differ->pasted->items[gap->start + i].hash ==
           written_words(gap->text)[gap->from + j].hash;
}

/* table[i × (columns + 1) + j]: how many words of pasted i … and written j … are common. */
static uint16_t *fill_table(struct quote_differ *differ, const struct gap *gap, size_t rows,
                            size_t columns)
{
    bytes_clear(&differ->table);
    uint16_t *table = bytes_extend(&differ->table, (rows + 1) * (columns + 1) * sizeof *table);
    if (!table)
        return NULL;
    memset(table, 0, (rows + 1) * (columns + 1) * sizeof *table);
    for (size_t i = rows; i-- > 0;)
        for (size_t j = columns; j-- > 0;) {
            uint16_t *at = table + i * (columns + 1) + j;
            uint16_t below = at[columns + 1], right = at[1];
            *at = is_equal(differ, gap, i, j) ? (uint16_t)(at[columns + 2] + 1)
                  : below >= right            ? below
                                              : right;
        }
    return table;
}

/* Walks the table and puts what lies between common words. */
static enum status put_aligned(struct quote_differ *differ, const struct gap *gap)
{
    size_t rows = gap->end - gap->start, columns = gap->to - gap->from;
    const uint16_t *table = fill_table(differ, gap, rows, columns);
    enum status status = table ? STATUS_OK : STATUS_NO_MEMORY;
    for (size_t i = 0, j = 0; status == STATUS_OK && (i < rows || j < columns);) {
        size_t i0 = i, j0 = j;
        while ((i < rows || j < columns) &&
               !(i < rows && j < columns && is_equal(differ, gap, i, j)))
            if (j == columns || (i < rows && table[(i + 1) * (columns + 1) + j] >=
                                                 table[i * (columns + 1) + j + 1]))
                i++;
            else
                j++;
        if (i > i0 || j > j0)
            status =
                put(differ, &(struct gap){gap->start + (uint32_t)i0, gap->start + (uint32_t)i,
                                          gap->from + j0, gap->from + j, gap->text, gap->in_title});
        while (i < rows && j < columns && is_equal(differ, gap, i, j)) {
            i++;
            j++;
        }
    }
    return status;
}

static enum status put_gap(struct quote_differ *differ, const struct gap *gap)
{
    uint64_t pasted = gap->end - gap->start, written = gap->to - gap->from;
    if (gap->to > written_count(gap->text))
        return STATUS_CORRUPT;
    if (pasted == 0 && written == 0)
        return STATUS_OK;
    if (pasted * written == 0 || pasted * written > QUOTE_ALIGNED_CELLS)
        return put(differ, gap);
    return put_aligned(differ, gap);
}

enum status quote_differ_find(struct quote_differ *differ, const struct quote_link *links,
                              size_t count)
{
    uint32_t body_start = differ->written->body_start;
    enum status status = STATUS_OK;
    bytes_clear(&differ->items);
    differ->more = false;
    for (size_t i = 0; i + 1 < count && status == STATUS_OK; i++) {
        uint32_t from = links[i].at + (links[i].end - links[i].start), to = links[i + 1].at;
        bool in_title = from < body_start;
        if (in_title != (to < body_start))
            continue;
        uint32_t base = in_title ? 0 : body_start;
        struct written_text *text = in_title ? &differ->written->title : &differ->written->body;
        status = put_gap(differ, &(struct gap){links[i].end, links[i + 1].start, from - base,
                                               to - base, text, in_title});
    }
    return status;
}
