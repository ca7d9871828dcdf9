#include "match/title.h"

#include "store/columns_read.h"
#include "store/postings_read.h"

bool match_title_count(const struct match_source *source, uint32_t doc,
                       const struct bytes *positions, uint32_t *count)
{
    uint32_t title_words;
    enum status status = columns_title_words(source->columns, doc, &title_words);
    if (!match_budget_check(source->budget, status, CHUNK_TITLE_WORDS))
        return false;
    const uint32_t *values = (const uint32_t *)positions->data;
    uint32_t total = (uint32_t)(positions->size / sizeof *values);
    uint32_t n = 0;
    while (n < total && values[n] < title_words)
        n++;
    *count = n;
    return true;
}

/* All positions of a word of one article, from its list. */
static bool read_positions(const struct match_source *source, const struct term *term,
                           struct postings *postings, struct bytes *positions)
{
    enum status status = postings_open(postings, source->snapshot, term, false);
    if (!match_budget_check(source->budget, status, CHUNK_POSTINGS))
        return false;
    if (!postings_next_block(postings) || !postings_read_tfs(postings) ||
        !postings_read_positions(postings, 0, positions))
        status = positions->status != STATUS_OK  ? positions->status
                 : postings->status != STATUS_OK ? postings->status
                                                 : STATUS_CORRUPT;
    postings_release(postings);
    return match_budget_check(source->budget, status, CHUNK_POSITIONS);
}

bool match_title_count_alone(const struct match_source *source, const struct term *term,
                             struct postings *postings, struct bytes *positions, uint32_t *count)
{
    bytes_clear(positions);
    if (term->is_inline)
        bytes_append(positions, term->positions, (size_t)term->all.cf * sizeof *term->positions);
    else if (!read_positions(source, term, postings, positions))
        return false;
    return match_budget_check(source->budget, positions->status, CHUNK_POSITIONS) &&
           match_title_count(source, term->doc, positions, count);
}
