#include "search/stored_words.h"

#include "match/checked.h"
#include "match/spread.h"
#include "search/plan_build.h"
#include "search/workspace.h"
#include "store/columns_read.h"
#include "store/norm.h"
#include "store/settings.h"

enum {
    WORDS_AT_ONCE = 4096,
    TEXT_OF_BLOCK = 4096,     /* bytes that cost as much as a block to read */
    FOUND_OF_BLOCK = 1 << 16, /* to look through */
    WORDS_OF_BLOCK = 1024,    /* words that do */
};

struct stored_words { /* borrows all but what stands last */
    const struct match_source *source;
    struct documents *documents;
    struct analyzer *analyzer;
    struct slice value;
    size_t lead;   /* bytes of the value before its first word */
    size_t passed; /* words since the budget was asked */
    struct bytes body;
};

static struct stored_words *stored_words_new(const struct plan_building *building)
{
    struct stored_words *made = arena_allocate(building->source->arena, 1, sizeof *made);
    if (!made)
        return NULL;
    made->source = building->source;
    made->documents = building->documents;
    made->analyzer = building->plan->workspace->analyzer;
    return made;
}

static bool check(const struct stored_words *words, enum status status, enum chunk_id chunk)
{
    return match_budget_check(words->source->budget, status, chunk);
}

static bool spend(const struct stored_words *words, size_t bytes)
{
    return match_budget_spend(words->source->budget, 1 + bytes / TEXT_OF_BLOCK);
}

/* --- Ends --------------------------------------------------------------------------------------*/

static uint32_t count_words(struct analyzer *analyzer, struct slice text)
{
    size_t count = 0, passed;
    analyzer_begin(analyzer, text);
    while ((passed = analyzer_skip(analyzer, WORDS_AT_ONCE)) > 0)
        count += passed;
    return (uint32_t)count;
}

/* A body is as long at least as the article's length, which is rounded down, leaves for it. */
static bool least_end(const struct stored_words *words, uint32_t doc, uint32_t *end)
{
    uint32_t title_words = 0;
    uint8_t norm = 0;
    if (!check(words, columns_title_words(words->source->columns, doc, &title_words),
               CHUNK_TITLE_WORDS) ||
        !check(words, columns_norm(words->source->columns, doc, &norm), CHUNK_NORMS))
        return false;
    uint32_t length = norm_length(norm);
    *end = settings_body_start(title_words) + (length > title_words ? length - title_words : 0);
    return true;
}

static bool find_end(void *context, uint32_t doc, uint32_t needed, uint32_t *end)
{
    const struct stored_words *words = context;
    struct text_piece piece;
    if (!least_end(words, doc, end) || *end >= needed)
        return words->source->budget->status == STATUS_OK;
    enum status status = documents_piece(words->documents, doc, STORE_MAX_POSITION, &piece);
    if (status == STATUS_NOT_FOUND)
        return true;
    if (!check(words, status, CHUNK_TEXT) || !spend(words, piece.text.size))
        return false;
    *end = piece.position + count_words(words->analyzer, piece.text);
    return words->source->budget->status == STATUS_OK;
}

bool stored_words_ends(const struct plan_building *building, struct match_ends *ends)
{
    struct stored_words *words = stored_words_new(building);
    *ends = (struct match_ends){find_end, words};
    return words != NULL;
}

/* --- Characters --------------------------------------------------------------------------------*/

static bool stands_at(const struct stored_words *words, struct slice text, size_t word)
{
    return word >= words->lead && text.size - (word - words->lead) >= words->value.size &&
           memcmp(text.data + (word - words->lead), words->value.data, words->value.size) == 0;
}

/* Pays for words that the analyzer passed. */
static bool pass(struct stored_words *words, size_t count)
{
    words->passed += count;
    if (words->passed < WORDS_OF_BLOCK)
        return true;
    words->passed = 0;
    return match_budget_spend(words->source->budget, 1);
}

/* Where the next word of this number begins, counted from the one to be read; false where there are
 * not so many. */
static bool find_word(struct stored_words *words, size_t number, size_t *start)
{
    struct analyzer *analyzer = words->analyzer;
    struct word word;
    for (size_t passed = 1; number && passed; number -= passed) {
        passed = analyzer_skip(analyzer, number < WORDS_OF_BLOCK ? number : (size_t)WORDS_OF_BLOCK);
        if (!pass(words, passed))
            return false;
    }
    if (number || !pass(words, 1) || analyzer_read(analyzer, &word, 1) == 0)
        return false;
    *start = word.start;
    return true;
}

/* Whether the characters stand anywhere in the text. */
static bool holds_value(const struct stored_words *words, struct slice text)
{
    for (size_t at = 0; at < text.size; at += FOUND_OF_BLOCK) {
        size_t left = text.size - at, most = FOUND_OF_BLOCK + words->value.size;
        if (memmem(text.data + at, left < most ? left : most, words->value.data, words->value.size))
            return true;
        if (left > most && !match_budget_spend(words->source->budget, 1))
            return false;
    }
    return false;
}

/* Of the starts in this text, whose first word has this position, keeps the good ones, from the
 * front. */
static size_t keep_in(struct stored_words *words, struct slice text, uint32_t position,
                      uint32_t *starts, size_t count)
{
    size_t kept = 0, word;
    if (!holds_value(words, text))
        return 0;
    analyzer_begin(words->analyzer, text);
    for (size_t i = 0; i < count; i++) {
        uint32_t start = starts[i];
        if (!find_word(words, start - position, &word))
            break;
        position = start + 1;
        if (stands_at(words, text, word))
            starts[kept++] = start;
    }
    return kept;
}

static bool read_title(struct stored_words *words, uint32_t doc, struct slice *title)
{
    struct slice record;
    enum status status = documents_record(words->documents, doc, &record);
    if (status == STATUS_OK)
        status = fields_read_title(record, title);
    return check(words, status, CHUNK_FIELDS) && spend(words, record.size);
}

static bool read_body(struct stored_words *words, uint32_t doc, struct slice *body)
{
    struct text_piece piece;
    bytes_clear(&words->body);
    enum status status = documents_first_piece(words->documents, doc, &piece);
    while (status == STATUS_OK) {
        if (!spend(words, piece.text.size))
            return false;
        bytes_append_slice(&words->body, piece.text);
        status =
            piece.last ? STATUS_NOT_FOUND : documents_piece_after(words->documents, doc, &piece);
    }
    *body = bytes_slice(&words->body);
    return check(words, status == STATUS_NOT_FOUND ? words->body.status : status, CHUNK_TEXT);
}

static bool keep(void *context, uint32_t doc, struct bytes *starts)
{
    struct stored_words *words = context;
    uint32_t title_words, *items = (uint32_t *)(void *)starts->data;
    size_t count = starts->size / sizeof *items, in_title = 0, kept = 0;
    struct slice text;
    if (!check(words, columns_title_words(words->source->columns, doc, &title_words),
               CHUNK_TITLE_WORDS))
        return false;
    while (in_title < count && items[in_title] < title_words)
        in_title++;
    if (in_title) {
        if (!read_title(words, doc, &text))
            return false;
        kept = keep_in(words, text, 0, items, in_title);
    }
    if (in_title < count) {
        if (!read_body(words, doc, &text))
            return false;
        size_t good = keep_in(words, text, settings_body_start(title_words), items + in_title,
                              count - in_title);
        memmove(items + kept, items + in_title, good * sizeof *items);
        kept += good;
    }
    starts->size = kept * sizeof *items;
    return words->source->budget->status == STATUS_OK;
}

static void release(void *context)
{
    struct stored_words *words = context;
    bytes_release(&words->body);
}

bool stored_words_check(const struct plan_building *building, struct slice value,
                        struct match_check *made)
{
    struct stored_words *words = stored_words_new(building);
    if (!words)
        return false;
    words->value = value;
    analyzer_begin(words->analyzer, value);
    if (!find_word(words, 0, &words->lead))
        words->lead = 0;
    *made = (struct match_check){keep, release, words};
    return true;
}
