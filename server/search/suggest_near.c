#include "search/suggest_near.h"

#include <string.h>

#include "search/collection.h"
#include "search/expand.h"
#include "search/vocabulary.h"
#include "store/key.h"
#include "store/list_layout.h"
#include "text/utf8.h"

static bool is_before(const struct near_word *left, const struct near_word *right)
{
    if (left->articles != right->articles)
        return left->articles > right->articles;
    return slice_compare(left->text, right->text) < 0;
}

/* Among the best, where it is not yet. */
static void put(struct near_word best[NEAR_WORDS], const struct near_word *found)
{
    size_t at = NEAR_WORDS;
    for (size_t i = 0; i < NEAR_WORDS; i++)
        if (slice_equal(best[i].text, found->text))
            return;
    while (at && is_before(found, &best[at - 1]))
        at--;
    for (size_t i = NEAR_WORDS - 1; i > at; i--)
        best[i] = best[i - 1];
    if (at < NEAR_WORDS)
        best[at] = *found;
}

static bool put_number(const struct near_request *request, const struct lexicon *lexicon,
                       uint32_t number, struct slice word, struct near_word best[NEAR_WORDS])
{
    struct bytes key = {0};
    struct near_word found = {0};
    enum status status = lexicon_key_at(lexicon, number, &key);
    if (status == STATUS_OK && !slice_equal(bytes_slice(&key), word)) {
        found.text = arena_copy(request->arena, bytes_slice(&key));
        if (found.text.data &&
            vocabulary_articles(request->collection, found.text, request->budget, &found.articles))
            put(best, &found);
    }
    bytes_release(&key);
    return match_budget_check(request->budget, status, CHUNK_LEXICON) &&
           request->arena->status == STATUS_OK;
}

/* Those of a file that are in the most articles; one more, since the word itself may be one. */
static bool put_frequent(const struct near_request *request, const struct lexicon *lexicon,
                         const struct expansion *expansion, struct slice word,
                         struct near_word best[NEAR_WORDS])
{
    struct lexicon_word most[NEAR_WORDS + 1] = {0};
    bool good = true;
    for (size_t i = 0; i < expansion->count; i++) {
        const struct lexicon_word *found = &expansion->words[i];
        size_t at = NEAR_WORDS + 1;
        while (at && found->df > most[at - 1].df)
            at--;
        for (size_t j = NEAR_WORDS; j > at; j--)
            most[j] = most[j - 1];
        if (at <= NEAR_WORDS)
            most[at] = *found;
    }
    for (size_t i = 0; i <= NEAR_WORDS && most[i].df && good; i++)
        good = put_number(request, lexicon, most[i].number, word, best);
    return good;
}

/* How many of a file's articles hold what is wanted: of one file alone all that hold it. */
static uint32_t least_of(const struct near_request *request)
{
    return request->collection->file_count == 1 ? request->least : 0;
}

static bool find_at(const struct near_request *request, struct slice word, uint32_t edits,
                    uint32_t same, struct near_word best[NEAR_WORDS])
{
    uint32_t c;
    size_t start = 0;
    for (uint32_t i = 0; i < same && start < word.size; i++)
        start += utf8_decode(word.data + start, word.size - start, &c);
    struct query_word sought = {
        .text = slice_from(word, start), .kind = WORD_EDITS, .edits = edits};
    for (size_t i = 0; i < request->collection->file_count; i++) {
        const struct lexicon *lexicon = &request->collection->files[i].lexicon;
        struct expansion expansion;
        match_budget_enter(request->budget, i);
        if (!expand_frequent(lexicon, least_of(request), slice_of(word.data, start), &sought,
                             request->budget, request->arena, &expansion) ||
            !put_frequent(request, lexicon, &expansion, word, best))
            return false;
    }
    return true;
}

/* --- Another first character -------------------------------------------------------------------*/

static const char FIRST[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static bool begins_plainly(struct slice word)
{
    return word.size && memchr(FIRST, word.data[0], sizeof FIRST - 1);
}

/* Whether it may stand in as many articles as are wanted. */
static bool may_be_frequent(const struct near_request *request, struct slice word)
{
    const struct collection_file *file = request->collection->files;
    uint32_t least = least_of(request);
    bool may = true;
    if (least &&
        lexicon_may_fill(&file->lexicon, word,
                         list_least_bytes(least, file->settings->article_count), &may) != STATUS_OK)
        may = true; /* who looks it up tells what is wrong */
    return may;
}

/* What begins so and goes on so, if there is such a word. */
static bool put_written(const struct near_request *request, struct slice first, struct slice rest,
                        struct near_word best[NEAR_WORDS])
{
    struct near_word found = {0};
    struct bytes text = {0};
    bytes_append_slice(&text, first);
    bytes_append_slice(&text, rest);
    bool good = match_budget_check(request->budget, text.status, CHUNK_LEXICON);
    if (good && text.size && text.size <= KEY_MAX_BYTES &&
        may_be_frequent(request, bytes_slice(&text)))
        good = vocabulary_articles(request->collection, bytes_slice(&text), request->budget,
                                   &found.articles);
    if (good && found.articles) {
        found.text = arena_copy(request->arena, bytes_slice(&text));
        put(best, &found);
    }
    bytes_release(&text);
    return good && request->arena->status == STATUS_OK;
}

/* Those one edit away that begin otherwise: all of them can be written down, so that not every word
 * of the lexicon need be looked at. */
static bool find_other_first(const struct near_request *request, struct slice word,
                             struct near_word best[NEAR_WORDS])
{
    uint32_t c;
    struct slice first = slice_of(word.data, 1), rest = slice_from(word, 1);
    struct slice second = slice_of(rest.data, utf8_decode(rest.data, rest.size, &c));
    char swapped[5];
    memcpy(swapped, second.data, second.size);
    swapped[second.size] = first.data[0];
    bool good =
        put_written(request, rest, SLICE(""), best) &&
        (slice_equal(first, second) || put_written(request, slice_of(swapped, second.size + 1),
                                                   slice_from(rest, second.size), best));
    for (const char *other = FIRST; *other && good; other++)
        good = *other == *first.data || (put_written(request, slice_of(other, 1), rest, best) &&
                                         put_written(request, slice_of(other, 1), word, best));
    return good;
}

static bool find_one_edit(const struct near_request *request, struct slice word,
                          struct near_word best[NEAR_WORDS])
{
    if (request->quick)
        return find_at(request, word, 1, 1, best);
    if (!begins_plainly(word))
        return find_at(request, word, 1, 0, best);
    return find_at(request, word, 1, 1, best) && find_other_first(request, word, best);
}

static bool is_number(struct slice word)
{
    for (size_t i = 0; i < word.size; i++)
        if ((word.data[i] < '0' || word.data[i] > '9') && word.data[i] != '.')
            return false;
    return true;
}

bool near_find(const struct near_request *request, struct slice word, uint32_t edits,
               struct near_word best[NEAR_WORDS])
{
    size_t length = utf8_length(word);
    for (size_t i = 0; i < NEAR_WORDS; i++)
        best[i] = (struct near_word){0};
    if (length < NEAR_SHORT || is_number(word))
        return true;
    if (!find_one_edit(request, word, best))
        return false;
    return best->articles || edits < 2 || length < NEAR_LONG ||
           find_at(request, word, 2, request->quick ? 2 : 1, best);
}
