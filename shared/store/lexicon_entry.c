#include "store/lexicon_entry.h"

#include <string.h>

#include "store/list_layout.h"
#include "store/settings.h"

static bool list_fits(const struct term_list *list, const struct snapshot *snapshot)
{
    uint64_t postings = snapshot_chunk_bytes(snapshot, CHUNK_POSTINGS);
    uint64_t positions = snapshot_chunk_bytes(snapshot, CHUNK_POSITIONS);
    return list->postings_offset <= postings &&
           list->postings_bytes <= postings - list->postings_offset &&
           list->positions_offset <= positions &&
           list->positions_bytes <= positions - list->positions_offset;
}

/* A block takes a byte at least. */
static bool counts_fit(const struct term_list *list, const struct snapshot *snapshot)
{
    return list->df <= snapshot_settings(snapshot)->article_count && list->cf <= UINT32_MAX &&
           list->cf >= list->df;
}

static bool sizes_fit(const struct term_list *list, const struct snapshot *snapshot)
{
    uint32_t articles = snapshot_settings(snapshot)->article_count;
    return list->postings_bytes >= list_side_bytes(list->df, articles) + list_blocks(list->df) &&
           list->positions_bytes >= list_directory_bytes(list->cf) + list_blocks(list->cf);
}

static bool read_list(struct reader *reader, const struct snapshot *snapshot,
                      struct term_list *list)
{
    list->cf = reader_varint32(reader) + (uint64_t)list->df;
    list->postings_bytes = reader_varint(reader);
    list->positions_bytes = reader_varint(reader);
    return reader->ok && counts_fit(list, snapshot) && list_fits(list, snapshot) &&
           sizes_fit(list, snapshot);
}

static bool read_inline(struct reader *reader, struct term *term)
{
    uint64_t next = 0;
    for (uint64_t i = 0; i < term->all.cf; i++) {
        next += reader_varint32(reader);
        if (!reader->ok || next > STORE_MAX_POSITION)
            return false;
        term->positions[i] = (uint32_t)next++;
    }
    return true;
}

static bool read_one_article(struct reader *reader, const struct snapshot *snapshot,
                             struct term *term)
{
    term->one_article = true;
    term->doc = reader_varint32(reader);
    term->all.cf = reader_varint32(reader);
    if (!reader->ok || term->all.cf == 0 || term->doc >= snapshot_settings(snapshot)->article_count)
        return false;
    term->is_inline = term->all.cf <= TERM_INLINE_POSITIONS;
    if (term->is_inline)
        return read_inline(reader, term) && list_fits(&term->all, snapshot);
    term->all.positions_bytes = reader_varint(reader);
    return reader->ok && list_fits(&term->all, snapshot) &&
           term->all.positions_bytes >=
               list_directory_bytes(term->all.cf) + list_blocks(term->all.cf);
}

static bool read_titles(struct reader *reader, const struct snapshot *snapshot, struct term *term)
{
    lexicon_entry_end(term, &term->titles.postings_offset, &term->titles.positions_offset);
    term->titles.df = reader_varint32(reader);
    return read_list(reader, snapshot, &term->titles) && term->titles.df > 0 &&
           term->titles.df <= term->all.df && term->titles.cf <= term->all.cf;
}

bool lexicon_entry_read(struct reader *reader, const struct snapshot *snapshot,
                        uint64_t postings_offset, uint64_t positions_offset, struct term *term)
{
    memset(term, 0, sizeof *term);
    term->all.postings_offset = postings_offset;
    term->all.positions_offset = positions_offset;
    uint64_t head = reader_varint(reader);
    bool has_titles = head & 1;
    if (!reader->ok || head >> 1 == 0 || head >> 1 > snapshot_settings(snapshot)->article_count)
        return false;
    term->all.df = (uint32_t)(head >> 1);
    if (term->all.df == 1)
        return !has_titles && read_one_article(reader, snapshot, term);
    return read_list(reader, snapshot, &term->all) &&
           (!has_titles || read_titles(reader, snapshot, term));
}

bool lexicon_entry_counts(struct reader *reader, const struct snapshot *snapshot, uint32_t *df,
                          uint64_t *cf)
{
    uint64_t head = reader_varint(reader);
    if (head >> 1 == 0 || head >> 1 > snapshot_settings(snapshot)->article_count)
        return false;
    *df = (uint32_t)(head >> 1);
    if (*df == 1)
        reader_varint(reader); /* the article */
    *cf = reader_varint32(reader) + (*df > 1 ? (uint64_t)*df : 0);
    return reader->ok && *cf >= *df && *cf <= UINT32_MAX;
}

static void skip_list(struct reader *reader, uint64_t *postings_offset, uint64_t *positions_offset)
{
    reader_varint(reader);
    *postings_offset += reader_varint(reader);
    *positions_offset += reader_varint(reader);
}

void lexicon_entry_skip(struct reader *reader, uint64_t *postings_offset,
                        uint64_t *positions_offset)
{
    uint64_t head = reader_varint(reader), cf;
    if (head >> 1 != 1) {
        skip_list(reader, postings_offset, positions_offset);
        if (head & 1) {
            reader_varint(reader);
            skip_list(reader, postings_offset, positions_offset);
        }
        return;
    }
    reader_varint(reader);
    cf = reader_varint(reader);
    if (cf > TERM_INLINE_POSITIONS)
        *positions_offset += reader_varint(reader);
    else
        for (; cf; cf--)
            reader_varint(reader);
}

/* A number ends with its first byte below 0x80: eight bytes are looked at at once. */
static void pass_numbers(struct reader *reader, unsigned count)
{
    while (count && reader_left(reader) >= sizeof(uint64_t)) {
        uint64_t ends = ~load_le64(reader->at) & 0x8080808080808080;
        unsigned found = (unsigned)__builtin_popcountll(ends);
        if (found < count) {
            reader->at += sizeof(uint64_t);
            count -= found;
            continue;
        }
        for (; count > 1; count--)
            ends &= ends - 1;
        reader->at += __builtin_ctzll(ends) / 8 + 1;
        return;
    }
    for (; count; count--)
        reader_varint(reader);
}

void lexicon_entry_pass(struct reader *reader)
{
    enum { OF_LIST = 3, OF_TITLES = 4 };
    uint64_t head = reader_varint(reader);
    if (head >> 1 != 1) {
        pass_numbers(reader, OF_LIST + (head & 1 ? OF_TITLES : 0));
        return;
    }
    pass_numbers(reader, 1);
    uint64_t cf = reader_varint(reader);
    pass_numbers(reader, cf > TERM_INLINE_POSITIONS ? 1 : (unsigned)cf);
}

void lexicon_entry_end(const struct term *term, uint64_t *postings_offset,
                       uint64_t *positions_offset)
{
    const struct term_list *last = term->titles.df ? &term->titles : &term->all;
    *postings_offset = last->postings_offset + last->postings_bytes;
    *positions_offset = last->positions_offset + last->positions_bytes;
}
