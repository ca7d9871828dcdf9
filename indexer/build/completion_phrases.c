#include "build/completion_phrases.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/key.h"
#include "store/lexicon_layout.h"
#include "store/settings.h"

enum { FORGET_TERMS = 1 << 17 };

/* --- Words -------------------------------------------------------------------------------------*/

static enum status end_block(struct completion_words *words, uint32_t *best)
{
    bytes_append(&words->best, best, sizeof *best);
    words->block_count++;
    *best = 0;
    return words->best.status;
}

enum status completion_words_read(struct completion_words *words, const struct snapshot *snapshot,
                                  const struct lexicon *lexicon)
{
    struct lexicon_cursor cursor = {0};
    uint64_t all = snapshot_settings(snapshot)->word_count, seen = 0;
    uint32_t best = 0;
    words->common = memory_allocate_zeroed((size_t)lexicon->term_count / 8 + 1, 1);
    enum status status = words->common ? STATUS_OK : STATUS_NO_MEMORY;
    lexicon_seek(&cursor, lexicon, (struct slice){0});
    while (status == STATUS_OK && lexicon_next(&cursor)) {
        uint32_t df = cursor.term.all.df, number = cursor.term.number;
        bool word = cursor.key.data[0] > KEY_VALUE_WORD;
        if (word && cursor.term.all.cf * COMPLETION_COMMON_SHARE >= all)
            words->common[number / 8] |= (uint8_t)(1 << number % 8);
        if (word && df > best)
            best = df;
        if (++seen % LEXICON_BLOCK == 0)
            status = end_block(words, &best);
        if (seen % FORGET_TERMS == 0)
            snapshot_forget(snapshot);
    }
    if (status == STATUS_OK && seen % LEXICON_BLOCK)
        status = end_block(words, &best);
    if (status == STATUS_OK)
        status = cursor.status;
    lexicon_cursor_release(&cursor);
    return status;
}

void completion_words_release(struct completion_words *words)
{
    bytes_release(&words->best);
    memory_free(words->common);
    words->common = NULL;
}

/* --- Phrases -----------------------------------------------------------------------------------*/

static int compare_df(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x < y) - (x > y);
}

/* The least number of articles that no more than the most phrases reach; *least stays where they
 * are no more anyway. */
static enum status raise(struct bytes *phrases, uint32_t *least)
{
    struct completion_phrase *all = (struct completion_phrase *)(void *)phrases->data;
    size_t count = phrases->size / sizeof *all, kept = 0;
    if (count <= COMPLETION_PHRASES_MOST)
        return STATUS_OK;
    uint32_t *dfs = memory_allocate(count * sizeof *dfs);
    if (!dfs)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        dfs[i] = all[i].df;
    qsort(dfs, count, sizeof *dfs, compare_df);
    *least = dfs[COMPLETION_PHRASES_MOST] + 1;
    memory_free(dfs);
    for (size_t i = 0; i < count; i++)
        if (all[i].df >= *least)
            all[kept++] = all[i];
    phrases->size = kept * sizeof *all;
    return STATUS_OK;
}

enum status completion_phrases_choose(const struct grams *grams,
                                      const struct completion_words *words, struct bytes *phrases)
{
    struct grams_cursor *cursor = memory_allocate_zeroed(1, sizeof *cursor);
    uint32_t least = COMPLETION_LEAST_DF;
    if (!cursor)
        return STATUS_NO_MEMORY;
    cursor->grams = grams;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && grams->present && grams_next(cursor)) {
        uint32_t last = cursor->terms[cursor->count - 1];
        if (cursor->gram.all.df < least || words->common[last / 8] >> last % 8 & 1)
            continue;
        struct completion_phrase phrase = {.df = cursor->gram.all.df, .count = cursor->count};
        memcpy(phrase.terms, cursor->terms, cursor->count * sizeof *phrase.terms);
        bytes_append(phrases, &phrase, sizeof phrase);
        if (phrases->size >= 2 * COMPLETION_PHRASES_MOST * sizeof phrase)
            status = raise(phrases, &least);
        if (phrases->status != STATUS_OK)
            status = phrases->status;
    }
    if (status == STATUS_OK)
        status = cursor->status;
    memory_free(cursor);
    return status == STATUS_OK ? raise(phrases, &least) : status;
}
