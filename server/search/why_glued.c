/* A word that stands nowhere by itself may stand at the beginning or the end of another. */
#include "search/collection.h"
#include "search/why_work.h"
#include "store/key.h"
#include "store/lexicon_scan.h"
#include "text/utf8.h"

enum {
    LEAST_CHARACTERS = 3, /* shorter ones begin too much */
    /* Of the lexicon, for words that end so: all of some hundred thousand words, a part of more. */
    SCANNED_BLOCKS = 16384,
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

typedef bool is_wanted(struct slice key, struct slice word);

/* From a key on, while `goes_on` or for so many blocks. Spends them. */
static void scan_words(struct why_work *work, const struct lexicon *lexicon, struct slice word,
                       bool begins, struct glued *glued)
{
    struct lexicon_scan scan = {0};
    struct match_budget *budget = work->request->budget;
    uint64_t paid = 0;
    bool more = lexicon_scan_seek(&scan, lexicon, begins ? word : KEY_FIRST_WORD);
    is_wanted *wanted = begins ? begins_with : ends_with;
    while (more && scan.blocks <= SCANNED_BLOCKS) {
        struct slice key = bytes_slice(&scan.key);
        if (begins && !slice_starts_with(key, word))
            break;
        if (scan.blocks > paid && !match_budget_spend(budget, scan.blocks - paid))
            break;
        paid = scan.blocks;
        more = (!wanted(key, word) || take(glued, &scan)) && lexicon_scan_next(&scan);
    }
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
    struct why_count count;
    for (size_t i = 0; i < glued->count; i++)
        if (why_count_text(work, itself(work->request->scratch, glued->words[i]), &count) > 0)
            work->why->glued[work->why->glued_count++] = glued->words[i];
}

static void find_longer(struct why_work *work, struct slice word)
{
    const struct collection *collection = work->request->collection;
    struct glued glued = {.arena = work->arena};
    if (utf8_length(word) < LEAST_CHARACTERS)
        return;
    for (size_t i = 0; i < collection->file_count; i++) {
        match_budget_enter(work->request->budget, i);
        scan_words(work, &collection->files[i].lexicon, word, true, &glued);
        scan_words(work, &collection->files[i].lexicon, word, false, &glued);
    }
    work->ended = work->ended || work->request->budget->status != STATUS_OK;
    keep_seen(work, &glued);
}

/* "no fly" that is only written nofly. */
static void find_joined(struct why_work *work, const struct query_word *pair)
{
    struct bytes text = {0};
    struct why_count count;
    bytes_append_slice(&text, pair[0].text);
    bytes_append_slice(&text, pair[1].text);
    struct slice joined = arena_copy(work->arena, bytes_slice(&text));
    bytes_release(&text);
    if (joined.data && why_count_text(work, itself(work->request->scratch, joined), &count) > 0)
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
