#include "search/expand.h"

#include <string.h>

#include "base/bytes.h"
#include "search/expand_machine.h"
#include "store/key.h"
#include "store/lexicon_scan.h"
#include "store/list_layout.h"
#include "store/settings.h"
#include "text/utf8.h"

struct expanding {
    struct lexicon_scan scan;
    struct match_budget *budget;
    struct expand_machine *machine;   /* NULL: all keys of the range */
    struct bytes range;               /* every key wanted begins so, */
    struct lexicon_ending ending;     /* and ends so */
    bool both_ends;                   /* nothing else is asked of it */
    struct bytes to;                  /* room to work in */
    uint64_t paid;                    /* blocks */
    struct bytes words;               /* struct lexicon_word */
    uint32_t depth, all_from;         /* characters stepped; the least depth that accepts all */
    uint16_t ends[KEY_MAX_BYTES + 1]; /* by depth: where in the key its characters end */
};

static const uint32_t NEVER = UINT32_MAX;

static bool pay(struct expanding *expanding)
{
    uint64_t owed = expanding->scan.blocks - expanding->paid;
    expanding->paid = expanding->scan.blocks;
    return owed == 0 || match_budget_spend_early(expanding->budget, owed);
}

static bool add(struct expanding *expanding)
{
    const struct expand_machine *machine = expanding->machine;
    struct lexicon_word word = {.number = expanding->scan.number};
    uint64_t cf;
    if (!lexicon_scan_counts(&expanding->scan, &word.df, &cf))
        return false;
    word.most = (uint32_t)(cf - word.df + 1);
    if (machine && machine->distance)
        word.distance = machine->distance(machine, expanding->depth);
    bytes_append(&expanding->words, &word, sizeof word);
    return true;
}

/* Back to what this key has in common with the one stepped through. */
static void back(struct expanding *expanding)
{
    while (expanding->depth && expanding->ends[expanding->depth] > expanding->scan.shared)
        expanding->depth--;
    if (expanding->all_from > expanding->depth)
        expanding->all_from = NEVER;
}

/* Steps to the key's end, or as far as it need be looked at. False where nothing that begins with
 * the characters stepped can match. */
static bool step(struct expanding *expanding)
{
    struct expand_machine *machine = expanding->machine;
    const struct bytes *key = &expanding->scan.key;
    uint32_t c;
    while (expanding->all_from == NEVER && expanding->ends[expanding->depth] < key->size) {
        size_t at = expanding->ends[expanding->depth];
        at += utf8_decode((const char *)key->data + at, key->size - at, &c);
        bool alive = machine->step(machine, expanding->depth, c);
        expanding->ends[++expanding->depth] = (uint16_t)at;
        if (!alive)
            return false;
        if (machine->accepts_all(machine, expanding->depth))
            expanding->all_from = expanding->depth;
    }
    return true;
}

/* Nothing can match that begins as the key does up to the character stepped last: on to the next
 * beginning that can. */
static bool pass_dead(struct expanding *expanding)
{
    struct lexicon_scan *scan = &expanding->scan;
    struct bytes *to = &expanding->to;
    size_t dead = expanding->ends[expanding->depth--], alive = expanding->ends[expanding->depth];
    uint32_t c, next;
    char utf8[4];
    utf8_decode((const char *)scan->key.data + alive, dead - alive, &c);
    next = expanding->machine->next(expanding->machine, expanding->depth, c);
    if (next == c + 1)
        return lexicon_scan_past(scan, dead);
    if (next == EXPAND_NONE)
        return expanding->depth > 0 && lexicon_scan_past(scan, alive);
    bytes_clear(to);
    bytes_append(to, scan->key.data, alive);
    bytes_append(to, utf8, utf8_encode(next, utf8));
    return match_budget_check(expanding->budget, to->status, CHUNK_LEXICON) &&
           lexicon_scan_forward(scan, bytes_slice(to));
}

/* Looks at the current key and goes to the next that matters; false at the end. */
static bool look_at(struct expanding *expanding)
{
    const struct expand_machine *machine = expanding->machine;
    struct lexicon_scan *scan = &expanding->scan;
    back(expanding);
    if (!lexicon_ends_so(&scan->key, &expanding->ending)) /* it may begin as others that do */
        return lexicon_scan_next(scan);
    if (!step(expanding))
        return pass_dead(expanding);
    if (!scan->passed &&
        (expanding->all_from != NEVER || machine->accepts(machine, expanding->depth)) &&
        !add(expanding))
        return false;
    return lexicon_scan_next(scan);
}

/* Without a machine: all of the current block that the range holds and that end so. */
static bool add_alike(struct expanding *expanding)
{
    struct bytes *words = &expanding->words;
    struct lexicon_word *to = bytes_extend(words, LEXICON_SCAN_WORDS * sizeof *to);
    size_t count;
    if (!to)
        return false;
    size_t alike = expanding->range.size;
    bool goes_on = expanding->both_ends ? lexicon_scan_ending(&expanding->scan, alike,
                                                              &expanding->ending, to, &count)
                                        : lexicon_scan_alike(&expanding->scan, alike, to, &count);
    words->size -= (LEXICON_SCAN_WORDS - count) * sizeof *to;
    return goes_on;
}

static void walk(struct expanding *expanding, const struct lexicon *lexicon)
{
    struct lexicon_scan *scan = &expanding->scan;
    struct slice range = bytes_slice(&expanding->range);
    scan->quick = expanding->machine || expanding->both_ends;
    bool goes_on = lexicon_scan_seek(scan, lexicon, range.size ? range : KEY_FIRST_WORD);
    while (goes_on && pay(expanding) &&
           (scan->shared >= range.size || slice_starts_with(bytes_slice(&scan->key), range)))
        goes_on = expanding->machine ? look_at(expanding) : add_alike(expanding);
    pay(expanding);
    match_budget_check(expanding->budget, scan->status, CHUNK_LEXICON);
}

static struct slice literal_of(const struct query_word *word)
{
    if (word->kind == WORD_PREFIX)
        return word->text;
    return word->kind == WORD_WILDCARD ? expand_wildcard_prefix(word->text) : SLICE("");
}

static bool begin(struct expanding *expanding, struct slice before, const struct query_word *word,
                  struct arena *arena)
{
    bytes_append_slice(&expanding->range, before);
    bytes_append_slice(&expanding->range, literal_of(word));
    expanding->ends[0] = (uint16_t)before.size;
    expanding->all_from = NEVER;
    struct lexicon_ending *ending = &expanding->ending;
    if (word->kind == WORD_WILDCARD)
        ending->suffix = expand_wildcard_suffix(word->text, &expanding->both_ends);
    if (ending->suffix.size || expanding->both_ends)
        ending->least_bytes = expanding->range.size + ending->suffix.size;
    if (word->kind == WORD_WILDCARD && !expanding->both_ends)
        expanding->machine = expand_wildcard(word->text, arena);
    else if (word->kind == WORD_EDITS && word->edits)
        expanding->machine = expand_edits(word->text, word->edits, arena);
    return expanding->range.status == STATUS_OK && arena->status == STATUS_OK;
}

/* No edits: the word as it stands. */
static void find_itself(struct expanding *expanding, const struct lexicon *lexicon,
                        struct slice word)
{
    struct term term;
    bytes_append_slice(&expanding->range, word);
    enum status status = match_budget_spend(expanding->budget, 1) ? expanding->range.status
                                                                  : expanding->budget->status;
    if (status == STATUS_OK)
        status = lexicon_find(lexicon, bytes_slice(&expanding->range), &term);
    if (status == STATUS_NOT_FOUND || !match_budget_check(expanding->budget, status, CHUNK_LEXICON))
        return;
    struct lexicon_word found = {.number = term.number,
                                 .df = term.all.df,
                                 .most = (uint32_t)(term.all.cf - term.all.df + 1)};
    bytes_append(&expanding->words, &found, sizeof found);
}

bool expand_frequent(const struct lexicon *lexicon, uint32_t least, struct slice before,
                     const struct query_word *word, struct match_budget *budget,
                     struct arena *arena, struct expansion *expansion)
{
    struct expanding *expanding = arena_allocate(arena, 1, sizeof *expanding);
    *expansion = (struct expansion){0};
    if (!expanding)
        return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_LEXICON);
    expanding->budget = budget;
    if (least)
        expanding->scan.least_bytes =
            list_least_bytes(least, snapshot_settings(lexicon->snapshot)->article_count);
    bool good = begin(expanding, before, word, arena);
    if (good && word->kind == WORD_EDITS && word->edits == 0)
        find_itself(expanding, lexicon, word->text);
    else if (good)
        walk(expanding, lexicon);
    expansion->count = expanding->words.size / sizeof *expansion->words;
    expansion->words = arena_regrow(arena, expanding->words.data, expansion->count,
                                    expansion->count + 1, sizeof *expansion->words);
    good = good && expansion->words && expanding->words.status == STATUS_OK;
    lexicon_scan_release(&expanding->scan);
    bytes_release(&expanding->range);
    bytes_release(&expanding->to);
    bytes_release(&expanding->words);
    return match_budget_check(budget, good ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_LEXICON);
}

bool expand_word(const struct lexicon *lexicon, struct slice before, const struct query_word *word,
                 struct match_budget *budget, struct arena *arena, struct expansion *expansion)
{
    return expand_frequent(lexicon, 0, before, word, budget, arena, expansion);
}
