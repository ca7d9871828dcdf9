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

/* Numbers are mostly so short that several stand in eight bytes. A number ends with its first byte
 * below 0x80: that byte's highest bit is set here, for those that were not passed over yet. */
static const uint64_t TOPS = 0x8080808080808080;

static uint64_t next_end(uint64_t ends)
{
    return ends & (ends - 1);
}

/* How many bits are before the end of the number that ends next; ends is not 0. */
static unsigned bits_before(uint64_t ends)
{
    return (unsigned)__builtin_ctzll(ends) + 1;
}

/* The number of at most three bytes that takes the bits from `from` to `to`. */
static inline uint64_t number_between(uint64_t eight, unsigned from, unsigned to)
{
    uint64_t v = eight << (64 - to) >> (64 - to + from);
    return (v & 0x7F) | (v & 0x7F00) >> 1 | (v & 0x7F0000) >> 2;
}

/* Whether a number of the eight bytes is of four or more. */
static inline bool has_long(uint64_t eight)
{
    uint64_t goes_on = eight & TOPS;
    return goes_on & goes_on >> 8 & goes_on >> 16;
}

struct four {
    uint64_t numbers[4];
};

/* False with nothing done where they are long. */
static inline bool read_four(struct reader *reader, struct four *four)
{
    if (reader_left(reader) < sizeof(uint64_t))
        return false;
    uint64_t eight = load_le64(reader->at), one = ~eight & TOPS;
    uint64_t two = next_end(one), three = next_end(two), last = next_end(three);
    if (!last || has_long(eight))
        return false;
    unsigned first = bits_before(one), second = bits_before(two), third = bits_before(three),
             behind = bits_before(last);
    *four =
        (struct four){{number_between(eight, 0, first), number_between(eight, first, second),
                       number_between(eight, second, third), number_between(eight, third, behind)}};
    reader->at += behind / 8;
    return true;
}

static void read_four_slowly(struct reader *reader, struct four *four)
{
    for (unsigned i = 0; i < 4; i++)
        four->numbers[i] = reader_varint(reader);
}

static void pass_numbers(struct reader *reader, unsigned count)
{
    while (count && reader_left(reader) >= sizeof(uint64_t)) {
        uint64_t ends = ~load_le64(reader->at) & TOPS;
        for (; count > 1 && ends; count--)
            ends = next_end(ends);
        if (ends) {
            reader->at += bits_before(ends) / 8;
            return;
        }
        reader->at += sizeof(uint64_t);
    }
    for (; count; count--)
        reader_varint(reader);
}

/* What an entry of one article whose positions are inline holds behind its head: how often it
 * stands there. 0 with nothing done where it is long, or another. */
static inline uint64_t pass_inline(struct reader *reader)
{
    if (reader_left(reader) < sizeof(uint64_t))
        return 0;
    uint64_t eight = load_le64(reader->at), doc_end = ~eight & TOPS;
    if (!doc_end || bits_before(doc_end) == 64)
        return 0;
    uint64_t cf = eight >> bits_before(doc_end) & 0xFF, ends[TERM_INLINE_POSITIONS + 1];
    ends[0] = next_end(doc_end);
    for (unsigned i = 1; i <= TERM_INLINE_POSITIONS; i++)
        ends[i] = next_end(ends[i - 1]);
    if (cf > TERM_INLINE_POSITIONS || !ends[cf])
        return 0;
    reader->at += bits_before(ends[cf]) / 8;
    return cf;
}

/* Behind the head of one article; returns how often it stands there. */
static inline uint64_t pass_one_article(struct reader *reader, uint64_t *positions_offset)
{
    uint64_t cf = pass_inline(reader);
    if (cf)
        return cf;
    pass_numbers(reader, 1);
    cf = reader_varint(reader);
    if (cf > TERM_INLINE_POSITIONS)
        *positions_offset += reader_varint(reader);
    else
        pass_numbers(reader, (unsigned)cf);
    return cf;
}

/* From a list's df on. */
static inline void pass_list(struct reader *reader, struct four *four, uint64_t *postings_offset,
                             uint64_t *positions_offset)
{
    if (!read_four(reader, four))
        read_four_slowly(reader, four);
    *postings_offset += four->numbers[2];
    *positions_offset += four->numbers[3];
}

/* Behind the head where it is that of one article. */
static inline bool is_one_article(struct reader *reader)
{
    enum { ONE_ARTICLE = 1 << 1 };
    if (reader_left(reader) == 0 || *reader->at != ONE_ARTICLE)
        return false;
    reader->at++;
    return true;
}

void lexicon_entry_skip(struct reader *reader, uint64_t *postings_offset,
                        uint64_t *positions_offset)
{
    struct four four;
    if (is_one_article(reader)) {
        pass_one_article(reader, positions_offset);
        return;
    }
    bool has_titles = reader_left(reader) && *reader->at & 1;
    pass_list(reader, &four, postings_offset, positions_offset);
    if (has_titles)
        pass_list(reader, &four, postings_offset, positions_offset);
}

/* A bit a byte: the highest one's. */
static inline unsigned tops_of(uint64_t eight)
{
    return (unsigned)(((eight & TOPS) >> 7) * 0x0102040810204080 >> 56);
}

enum { ENTRY_BYTES = 16 }; /* of most entries, at most */

/* The bytes of a run of numbers, less one of which are passed over already: 0 where it is long. */
static inline unsigned bytes_before(unsigned ends)
{
    return ends ? (unsigned)__builtin_ctz(ends) + 1 : 0;
}

static inline unsigned bytes_of_one_article(const uint8_t *at, unsigned ends)
{
    ends &= ends - 1;
    unsigned doc_end = (unsigned)__builtin_ctz(ends | 1 << (ENTRY_BYTES - 2));
    unsigned cf = at[doc_end + 1];
    ends &= ends - 1;
    if (cf > TERM_INLINE_POSITIONS)
        return 0;
    for (; cf; cf--)
        ends &= ends - 1;
    return bytes_before(ends);
}

/* 0 where that is more than ENTRY_BYTES, or cannot be told so soon. */
static inline unsigned bytes_of_entry(const uint8_t *at)
{
    enum { OF_LIST = 4, ONE_ARTICLE = 1 << 1 };
    unsigned ends = ~(tops_of(load_le64(at)) | tops_of(load_le64(at + 8)) << 8) & 0xFFFF;
    if (*at == ONE_ARTICLE)
        return bytes_of_one_article(at, ends);
    for (unsigned i = 1; i < OF_LIST; i++)
        ends &= ends - 1;
    if (*at & 1)
        for (unsigned i = 0; i < OF_LIST; i++)
            ends &= ends - 1;
    return bytes_before(ends);
}

void lexicon_entry_pass(struct reader *reader)
{
    uint64_t ignored = 0;
    unsigned bytes = reader_left(reader) >= ENTRY_BYTES ? bytes_of_entry(reader->at) : 0;
    if (bytes)
        reader->at += bytes;
    else
        lexicon_entry_skip(reader, &ignored, &ignored);
}

bool lexicon_entry_word(struct reader *reader, const struct snapshot *snapshot,
                        uint64_t *postings_offset, uint64_t *positions_offset,
                        struct lexicon_word *word)
{
    struct four four, titles;
    if (is_one_article(reader)) {
        uint64_t cf = pass_one_article(reader, positions_offset);
        word->df = 1;
        word->most = (uint32_t)cf;
        return reader->ok && cf > 0 && cf <= UINT32_MAX;
    }
    pass_list(reader, &four, postings_offset, positions_offset);
    uint64_t df = four.numbers[0] >> 1, more = four.numbers[1];
    if (four.numbers[0] & 1)
        pass_list(reader, &titles, postings_offset, positions_offset);
    word->df = (uint32_t)df;
    word->most = (uint32_t)more + 1;
    return reader->ok && df > 0 && df <= snapshot_settings(snapshot)->article_count &&
           more <= UINT32_MAX - df;
}

void lexicon_entry_end(const struct term *term, uint64_t *postings_offset,
                       uint64_t *positions_offset)
{
    const struct term_list *last = term->titles.df ? &term->titles : &term->all;
    *postings_offset = last->postings_offset + last->postings_bytes;
    *positions_offset = last->positions_offset + last->positions_bytes;
}
