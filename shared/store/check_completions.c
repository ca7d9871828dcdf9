/* Completions compared with the words and runs of words that they are of. Which are kept is not
 * tried, nor the words of titles: that takes the text contract. */
#include "base/endian.h"
#include "store/check_state.h"
#include "store/completions_read.h"
#include "store/grams_read.h"
#include "store/key.h"
#include "store/lexicon_layout.h"
#include "store/lexicon_read.h"
#include "store/settings.h"

struct completion_check {
    struct check *check;
    struct completions completions;
    struct lexicon lexicon;
    struct grams grams;
    enum completion_kind kind;
    struct completion_cursor cursor;
    struct bytes before; /* the last text of the block before */
};

static void say(struct completion_check *completion, const char *what)
{
    const struct bytes *text = &completion->cursor.text;
    int shown = text->size < 60 ? (int)text->size : 60;
    check_say(completion->check, CHUNK_COMPLETIONS, "%s, in '%.*s'", what, shown,
              (const char *)text->data);
}

/* --- Phrases -----------------------------------------------------------------------------------*/

/* Appends the terms of words with one space between; false where one is no word. */
static bool read_words(struct completion_check *completion, struct slice text, struct term *words,
                       uint32_t *count)
{
    *count = 0;
    for (size_t at = 0, end; at <= text.size; at = end + 1) {
        for (end = at; end < text.size && text.data[end] != ' ';)
            end++;
        if (*count == GRAM_WORDS_MOST ||
            lexicon_find(&completion->lexicon, slice_of(text.data + at, end - at),
                         &words[*count]) != STATUS_OK ||
            (uint8_t)text.data[at] <= KEY_VALUE_WORD)
            return false;
        ++*count;
    }
    return true;
}

static void check_phrase(struct completion_check *completion)
{
    struct term words[GRAM_WORDS_MOST];
    const struct term *places[GRAM_WORDS_MOST];
    struct gram gram;
    uint32_t count, df = 0;
    bool good = read_words(completion, bytes_slice(&completion->cursor.text), words, &count);
    for (uint32_t i = 0; good && i < count; i++)
        places[i] = &words[i];
    if (good && count == 1)
        df = words[0].all.df;
    else if (good && completion->grams.present &&
             grams_find(&completion->grams, places, count, &gram) == STATUS_OK)
        df = gram.all.df;
    if (df != completion->cursor.articles)
        say(completion, "it is not in as many articles");
}

/* --- Blocks ------------------------------------------------------------------------------------*/

static void check_border(struct completion_check *completion)
{
    int order =
        slice_compare(bytes_slice(&completion->before), bytes_slice(&completion->cursor.text));
    if (order > 0 || (order == 0 && completion->kind == COMPLETION_PHRASES))
        say(completion, "it is not behind the block before");
}

static bool check_block(struct completion_check *completion, uint32_t block)
{
    struct completion_cursor *cursor = &completion->cursor;
    uint32_t most = 0;
    const uint8_t *best;
    completion_cursor_block(cursor, &completion->completions, completion->kind, block);
    for (bool first = true; completion_cursor_next(cursor); first = false) {
        if (first && block)
            check_border(completion);
        most = cursor->weight > most ? cursor->weight : most;
        if (completion->kind == COMPLETION_PHRASES)
            check_phrase(completion);
    }
    bytes_clear(&completion->before);
    bytes_append_slice(&completion->before, bytes_slice(&cursor->text));
    enum status status = cursor->status ? cursor->status : completion->before.status;
    if (status == STATUS_OK)
        status = completions_best(&completion->completions, completion->kind, block, 1, &best);
    if (!check_good(completion->check, CHUNK_COMPLETIONS, status, "a block contradicts itself"))
        return false;
    if (load_le32(best) != most)
        check_say(completion->check, CHUNK_COMPLETIONS,
                  "the greatest weight of block %u is another", (unsigned)block);
    return true;
}

static void check_words(struct completion_check *completion)
{
    struct lexicon_cursor cursor = {0};
    uint32_t most = 0;
    const uint8_t *best;
    lexicon_seek(&cursor, &completion->lexicon, (struct slice){0});
    for (uint64_t seen = 0; lexicon_next(&cursor);) {
        if (cursor.key.data[0] > KEY_VALUE_WORD && cursor.term.all.df > most)
            most = cursor.term.all.df;
        uint32_t block = (uint32_t)(seen++ / LEXICON_BLOCK);
        if (seen % LEXICON_BLOCK && seen != completion->lexicon.term_count)
            continue;
        if (completions_word_best(&completion->completions, block, 1, &best) != STATUS_OK ||
            load_le32(best) != most)
            check_say(completion->check, CHUNK_COMPLETIONS,
                      "the greatest frequency of block %u of words is another", (unsigned)block);
        most = 0;
    }
    check_good(completion->check, CHUNK_LEXICON, cursor.status,
               "its entries contradict themselves");
    lexicon_cursor_release(&cursor);
}

void check_completions(struct check *check)
{
    struct completion_check completion = {.check = check};
    enum status status = lexicon_open(&completion.lexicon, check->snapshot);
    if (status == STATUS_OK)
        status = completions_open(&completion.completions, check->snapshot,
                                  completion.lexicon.block_count);
    if (!check_good(check, CHUNK_COMPLETIONS, status, "its parts do not fill it") ||
        !completion.completions.present || grams_open(&completion.grams, check->snapshot))
        return;
    bool good = true;
    for (int kind = 0; kind < COMPLETION_KINDS && good; kind++) {
        completion.kind = (enum completion_kind)kind;
        for (uint32_t i = 0; i < completion.completions.tables[kind].block_count && good; i++)
            good = check_block(&completion, i);
    }
    if (good)
        check_words(&completion);
    completion_cursor_release(&completion.cursor);
    bytes_release(&completion.before);
}
