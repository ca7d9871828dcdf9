#include "match/title.h"

#include "store/columns_read.h"

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
