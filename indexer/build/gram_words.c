#include "build/gram_words.h"

#include "build/gram_sort.h"
#include "store/key.h"
#include "store/lexicon_read.h"
#include "store/settings.h"

enum {
    FORGET_TERMS = 1 << 17, /* a few megabytes of lexicon */
    RANK_BITS_MOST = 16,
};

/* The rule rises with either df, so what passes it begins somewhere. */
static uint32_t least_partner(const struct gram_words *words, uint32_t df)
{
    uint32_t low = 1, high = words->article_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gram_rule_pair(&words->rule, words->article_count, df, middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The rule falls with the leader's df. */
static uint32_t least_not_ranked(const struct gram_words *words)
{
    uint32_t low = 0, high = words->article_count + 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gram_rule_ranked(&words->rule, words->article_count, 2, middle))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_numbers(struct gram_words *words, uint32_t df, uint32_t partner)
{
    bytes_append(&words->dfs, &df, sizeof df);
    bytes_append(&words->partners, &partner, sizeof partner);
}

static void add_word(struct gram_words *words, const struct term *term)
{
    add_numbers(words, term->all.df, least_partner(words, term->all.df));
    bytes_append(&words->terms, term, sizeof *term);
    words->count++;
}

static enum status read_terms(struct gram_words *words, struct lexicon_cursor *cursor, bool forget)
{
    for (uint32_t i = 1; lexicon_next(cursor); i++) {
        if (gram_rule_word(&words->rule, words->article_count, cursor->term.all.df))
            add_word(words, &cursor->term);
        if (forget && i % FORGET_TERMS == 0)
            snapshot_forget(cursor->lexicon->snapshot);
    }
    return cursor->status;
}

enum status gram_words_read(struct gram_words *words, const struct snapshot *snapshot,
                            const struct gram_rule *rule, size_t mapped_bytes)
{
    struct lexicon lexicon;
    struct lexicon_cursor cursor = {0};
    bool forget = snapshot_chunk_bytes(snapshot, CHUNK_LEXICON) > mapped_bytes;
    *words = (struct gram_words){.rule = *rule,
                                 .article_count = snapshot_settings(snapshot)->article_count};
    words->ranked_below = least_not_ranked(words);
    add_numbers(words, 0, UINT32_MAX);
    enum status status = lexicon_open(&lexicon, snapshot);
    if (status == STATUS_OK) {
        lexicon_seek(&cursor, &lexicon, KEY_FIRST_WORD);
        status = read_terms(words, &cursor, forget);
    }
    lexicon_cursor_release(&cursor);
    if (status == STATUS_OK)
        status = words->terms.status;
    if (words->dfs.status || words->partners.status)
        status = STATUS_NO_MEMORY;
    return status;
}

unsigned gram_words_rank_bits(const struct gram_words *words)
{
    unsigned free_bits = 32 - gram_bits(words->count);
    return free_bits < RANK_BITS_MOST ? free_bits : RANK_BITS_MOST;
}

void gram_words_release(struct gram_words *words)
{
    bytes_release(&words->terms);
    bytes_release(&words->dfs);
    bytes_release(&words->partners);
}
