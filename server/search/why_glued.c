/* A word that stands nowhere by itself may stand at the beginning or the end of another. */
#include "search/collection.h"
#include "search/why_work.h"
#include "store/key.h"
#include "store/lexicon_layout.h"
#include "store/lexicon_scan.h"
#include "text/utf8.h"

enum {
    LEAST_CHARACTERS = 3, /* shorter ones begin too much */
    LONGER_BLOCKS = 1024, /* of the lexicon, for words that begin so */
    ENDING_BLOCKS = 2048, /* for those that end so, which stand anywhere: else none is named */
};

struct glued { /* the commonest, first */
    struct slice words[WHY_GLUED_MOST];
    uint64_t articles[WHY_GLUED_MOST];
    size_t count;
    struct arena *arena;
};

static size_t place_of(const struct glued *glued, struct slice key)
{
    size_t at = 0;
    while (at < glued->count && !slice_equal(glued->words[at], key))
        at++;
    return at;
}

/* The words of several files come one file behind the other. */
static void add(struct glued *glued, struct slice key, uint64_t articles)
{
    size_t at = place_of(glued, key);
    if (at < glued->count) {
        articles += glued->articles[at];
        key = glued->words[at];
    } else if (at == WHY_GLUED_MOST && articles <= glued->articles[--at]) {
        return;
    } else {
        key = arena_copy(glued->arena, key);
        glued->count = glued->count < WHY_GLUED_MOST ? glued->count + 1 : glued->count;
    }
    for (; at > 0 && glued->articles[at - 1] < articles; at--) {
        glued->words[at] = glued->words[at - 1];
        glued->articles[at] = glued->articles[at - 1];
    }
    glued->words[at] = key;
    glued->articles[at] = articles;
}

static bool take(struct glued *glued, struct lexicon_scan *scan)
{
    struct term term;
    if (!lexicon_scan_term(scan, &term))
        return false;
    add(glued, bytes_slice(&scan->key), term.all.df);
    return true;
}

static bool ends_with(struct slice s, struct slice end)
{
    return s.size > end.size && memcmp(s.data + s.size - end.size, end.data, end.size) == 0;
}

static bool begins_with(struct slice s, struct slice begin)
{
    return s.size > begin.size && slice_starts_with(s, begin);
}

/* Looks at the current key and at most so many in all, as long as they begin so where that is
 * wanted. */
static void scan_words(struct lexicon_scan *scan, struct match_budget *budget, struct slice word,
                       bool begins, size_t most, struct glued *glued)
{
    bool more = true;
    for (size_t i = 0; more && i < most; i++) {
        struct slice key = bytes_slice(&scan->key);
        if ((begins && !slice_starts_with(key, word)) ||
            (i % LEXICON_BLOCK == 0 && !match_budget_spend(budget, 1)))
            return;
        more = (!(begins ? begins_with : ends_with)(key, word) || take(glued, scan)) &&
               lexicon_scan_next(scan);
    }
}

static void scan_longer(const struct lexicon *lexicon, struct match_budget *budget,
                        struct slice word, struct glued *glued)
{
    struct lexicon_scan scan = {0};
    if (lexicon_scan_seek(&scan, lexicon, word))
        scan_words(&scan, budget, word, true, LONGER_BLOCKS * LEXICON_BLOCK, glued);
    match_budget_check(budget, scan.status, CHUNK_LEXICON);
    lexicon_scan_release(&scan);
}

static void scan_endings(const struct lexicon *lexicon, struct match_budget *budget,
                         struct slice word, struct glued *glued)
{
    struct lexicon_scan scan = {0};
    if (lexicon->term_count <= ENDING_BLOCKS * LEXICON_BLOCK &&
        lexicon_scan_seek(&scan, lexicon, KEY_FIRST_WORD))
        scan_words(&scan, budget, word, false, ENDING_BLOCKS * LEXICON_BLOCK, glued);
    match_budget_check(budget, scan.status, CHUNK_LEXICON);
    lexicon_scan_release(&scan);
}

/* "=word" asks for a word itself. */
static struct slice itself(struct arena *arena, struct slice word)
{
    struct bytes text = {0};
    bytes_put_u8(&text, '=');
    bytes_append_slice(&text, word);
    struct slice query = arena_copy(arena, bytes_slice(&text));
    bytes_release(&text);
    return query;
}

/* Those that stand in some article that no later file hides. */
static void keep_seen(struct why_work *work, const struct glued *glued)
{
    for (size_t i = 0; i < glued->count; i++)
        if (why_finds_text(work, itself(work->request->scratch, glued->words[i])) && !work->ended)
            work->why->glued[work->why->glued_count++] = glued->words[i];
}

static void find_longer(struct why_work *work, struct slice word)
{
    const struct collection *collection = work->request->collection;
    struct glued glued = {.arena = work->arena};
    struct match_budget *all = work->request->budget;
    struct match_budget own = {.deadline_us = all->deadline_us};
    if (utf8_length(word) < LEAST_CHARACTERS)
        return;
    for (size_t i = 0; i < collection->file_count; i++) {
        match_budget_enter(&own, i);
        scan_longer(&collection->files[i].lexicon, &own, word, &glued);
        scan_endings(&collection->files[i].lexicon, &own, word, &glued);
    }
    if (own.status != STATUS_OK) {
        match_budget_enter(all, own.file);
        match_budget_check(all, own.status, own.chunk);
        work->ended = true;
    }
    keep_seen(work, &glued);
}

/* "no fly" that is only written nofly. */
static void find_joined(struct why_work *work, const struct query_word *pair)
{
    struct bytes text = {0};
    bytes_append_slice(&text, pair[0].text);
    bytes_append_slice(&text, pair[1].text);
    struct slice joined = arena_copy(work->arena, bytes_slice(&text));
    bytes_release(&text);
    if (joined.data && why_finds_text(work, itself(work->request->scratch, joined)) && !work->ended)
        work->why->glued[work->why->glued_count++] = joined;
}

void why_find_glued(struct why_work *work)
{
    const struct query_word *words = work->at->words + work->run.first;
    if (work->at->field == FIELD_TITLE)
        return; /* it may well stand alone in a body */
    if (work->why->cause == WHY_WORD)
        find_longer(work, words[0].text);
    else if (words[0].kind == WORD_ITSELF && words[1].kind == WORD_ITSELF && work->at->slop == 0)
        find_joined(work, words);
}
