#include <stdlib.h>

#include "base/bytes.h"
#include "search/answer.h"
#include "search/collect.h"
#include "search/collection.h"
#include "search/plan.h"
#include "search/spelling_echo.h"
#include "search/spelling_table.h"
#include "search/spelling_tell.h"
#include "search/workspace.h"

struct search_for { /* other spellings */
    const struct also_request *request;
    struct answer *answer;
    struct spelling_table table;
    struct also_written found[ALSO_WRITTEN_TRIED];
    size_t found_count, tried;
    enum status status;
};

/* --- One spelling ------------------------------------------------------------------------------*/

static bool goes_on(const struct search_for *search)
{
    return search->status == STATUS_OK && search->request->budget->status == STATUS_OK &&
           search->tried < ALSO_WRITTEN_TRIED;
}

/* In how many articles a phrase stands; false where that was not found out. */
static bool count_articles(struct search_for *search, struct query_node *phrase, uint64_t *articles)
{
    const struct also_request *request = search->request;
    struct plan plan;
    struct collected collected;
    search->tried++;
    if (phrase->word_count == 1 && request->collection->hidden_count == 0)
        return spelling_table_articles(&search->table, phrase->words[0].text, articles);
    enum status status = plan_init_knowing(&plan, request->collection, request->vocabulary, phrase,
                                           request->budget, request->scratch);
    if (status == STATUS_OK)
        collect(&plan, &(struct collect_options){.sort = SORT_SCORE}, request->workspace,
                request->budget, request->scratch, &collected);
    if (status == STATUS_NO_MEMORY)
        search->status = status;
    if (status != STATUS_OK || request->budget->status != STATUS_OK)
        return false;
    *articles = collected.total;
    return true;
}

static struct slice write_words(struct search_for *search, const struct query_node *phrase)
{
    struct bytes text = {0};
    for (size_t i = 0; i < phrase->word_count; i++) {
        bytes_append_string(&text, i ? " " : "");
        bytes_append_slice(&text, phrase->words[i].text);
    }
    struct slice copy = arena_copy(&search->answer->arena, bytes_slice(&text));
    if (text.status != STATUS_OK)
        search->status = text.status;
    bytes_release(&text);
    return copy;
}

/* Whether it was searched, or found before. */
static bool is_known(const struct search_for *search, struct slice text)
{
    const struct answer *answer = search->answer;
    for (size_t i = 0; i < search->found_count; i++)
        if (slice_equal(search->found[i].text, text))
            return true;
    for (size_t i = 0; i < answer->spelling_count; i++)
        for (size_t j = 0; j < answer->spellings[i].searched_count; j++)
            if (slice_equal(answer->spellings[i].searched[j], text))
                return true;
    return false;
}

/* The phrase with some of its words, from `at` on, as others: if it stands in so many articles. */
static void try_words(struct search_for *search, const struct query_node *phrase, size_t at,
                      size_t instead_of, const struct slice *words, size_t count, uint64_t least)
{
    struct query_node other = {.kind = QUERY_PHRASE, .quoted = true};
    uint64_t articles;
    other.word_count = phrase->word_count - instead_of + count;
    other.words = arena_allocate(search->request->scratch, other.word_count, sizeof *other.words);
    if (!other.words) {
        search->status = STATUS_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < other.word_count; i++)
        other.words[i].text = i < at           ? phrase->words[i].text
                              : i - at < count ? words[i - at]
                                               : phrase->words[i - count + instead_of].text;
    struct slice text = write_words(search, &other);
    struct query_node *copy = arena_allocate(search->request->scratch, 1, sizeof *copy);
    if (search->status != STATUS_OK || !copy || is_known(search, text))
        return;
    *copy = other;
    if (count_articles(search, copy, &articles) && articles && articles >= least)
        search->found[search->found_count++] = (struct also_written){text, articles};
}

/* --- Where to look -----------------------------------------------------------------------------*/

static bool count_word(struct search_for *search, struct slice word, uint64_t *articles)
{
    return spelling_table_articles(&search->table, word, articles);
}

/* A word of the query itself: the plan has looked most of them up. */
static bool count_own(struct search_for *search, const struct query_word *word, uint64_t *articles)
{
    const struct vocabulary *known = search->request->vocabulary;
    struct query_word itself = {.text = word->text, .inflected = word->inflected};
    const struct vocabulary_word *found = known ? vocabulary_find(known, &itself) : NULL;
    if (!found)
        return count_word(search, word->text, articles);
    *articles = 0;
    for (size_t i = 0; i < search->request->collection->file_count; i++)
        *articles += found->terms[i] ? found->terms[i]->all.df : 0;
    return true;
}

static bool is_in(struct search_for *search, struct slice word, uint64_t least)
{
    uint64_t articles;
    return count_word(search, word, &articles) && articles && articles >= least;
}

/* In at least one article for each so many in which the phrase stands: who asks for "on the" does
 * not mean the "onthe" that somebody mistyped. */
static bool is_common(struct search_for *search, const struct query_node *phrase, uint64_t articles)
{
    uint64_t apart;
    struct query_node *copy = arena_allocate(search->request->scratch, 1, sizeof *copy);
    if (!copy)
        search->status = STATUS_NO_MEMORY;
    else
        *copy = *phrase;
    return copy && count_articles(search, copy, &apart) && articles >= apart / ALSO_WRITTEN_SHARE;
}

/* Where nobody said that the two belong together, only what is common. */
static void try_closed(struct search_for *search, const struct query_node *phrase, size_t at,
                       bool common)
{
    struct slice left = phrase->words[at].text, right = phrase->words[at + 1].text;
    uint64_t articles;
    if (!goes_on(search) || !spelling_may_close(left, right))
        return;
    char *joined = arena_allocate(search->request->scratch, left.size + right.size, 1);
    if (!joined) {
        search->status = STATUS_NO_MEMORY;
        return;
    }
    memcpy(joined, left.data, left.size);
    memcpy(joined + left.size, right.data, right.size);
    struct slice closed = slice_of(joined, left.size + right.size);
    if (count_word(search, closed, &articles) && articles &&
        (!common || is_common(search, phrase, articles)))
        try_words(search, phrase, at, 2, &closed, 1, 1);
}

static size_t letters_before(struct slice word, size_t end)
{
    size_t letters = 0;
    for (size_t i = 0; i < end; i++)
        letters += ((unsigned char)word.data[i] & 0xC0) != 0x80;
    return letters;
}

static void try_parts(struct search_for *search, const struct query_node *phrase, size_t at)
{
    struct slice word = phrase->words[at].text;
    size_t letters = letters_before(word, word.size);
    uint64_t whole;
    if (word.size > ALSO_WRITTEN_BYTES || letters < 2 * ALSO_WRITTEN_PART ||
        !count_own(search, &phrase->words[at], &whole))
        return;
    uint64_t least = whole / ALSO_WRITTEN_SHARE;
    for (size_t i = 1; i < word.size && goes_on(search); i++) {
        struct slice parts[2] = {slice_of(word.data, i), slice_from(word, i)};
        size_t before = letters_before(word, i);
        if (letters_before(word, i + 1) == before || before < ALSO_WRITTEN_PART ||
            letters - before < ALSO_WRITTEN_PART)
            continue;
        size_t longer = parts[1].size > parts[0].size; /* likelier to be no word */
        if (is_in(search, parts[longer], least) && is_in(search, parts[!longer], least))
            try_words(search, phrase, at, 1, parts, 2, phrase->word_count > 1 ? 1 : least);
    }
}

static bool is_plain(const struct query_node *node)
{
    bool plain = node->kind == QUERY_PHRASE && node->field == FIELD_ANY && node->slop == 0 &&
                 node->word_count <= ALSO_WRITTEN_WORDS;
    for (size_t i = 0; plain && i < node->word_count; i++)
        plain = spelling_is_plain(&node->words[i]);
    return plain;
}

static void look_at_phrase(struct search_for *search, const struct query_node *phrase)
{
    for (size_t i = 0; i + 1 < phrase->word_count; i++)
        try_closed(search, phrase, i, false);
    for (size_t i = 0; i < phrase->word_count && goes_on(search); i++)
        try_parts(search, phrase, i);
}

static bool is_bare(const struct query_node *node)
{
    return is_plain(node) && !node->quoted && node->word_count == 1;
}

/* Two bare words that stand side by side. */
static void look_at_neighbours(struct search_for *search, const struct query_node *all)
{
    for (size_t i = 0; i + 1 < all->child_count; i++) {
        const struct query_node *left = all->children[i], *right = all->children[i + 1];
        if (!is_bare(left) || !is_bare(right))
            continue;
        struct query_word words[2] = {left->words[0], right->words[0]};
        const struct query_node both = {.kind = QUERY_PHRASE, .words = words, .word_count = 2};
        try_closed(search, &both, 0, true);
    }
}

static void look_at(struct search_for *search, const struct query_node *node)
{
    if (is_plain(node))
        look_at_phrase(search, node);
    if (node->kind == QUERY_AND)
        look_at_neighbours(search, node);
    for (size_t i = 0; i < node->child_count && goes_on(search); i++)
        if (node->kind != QUERY_CHARACTERS && !(node->kind == QUERY_NOT && i))
            look_at(search, node->children[i]);
}

static int by_articles(const void *a, const void *b)
{
    const struct also_written *left = a, *right = b;
    if (left->articles != right->articles)
        return left->articles > right->articles ? -1 : 1;
    return slice_compare(left->text, right->text);
}

enum status also_written_tell(const struct also_request *request, struct answer *answer)
{
    struct search_for search = {.request = request, .answer = answer};
    search.table = (struct spelling_table){
        .collection = request->collection, .budget = request->budget, .arena = request->scratch};
    look_at(&search, request->root);
    size_t count = search.found_count < ALSO_WRITTEN_MOST ? search.found_count : ALSO_WRITTEN_MOST;
    if (search.found_count)
        qsort(search.found, search.found_count, sizeof *search.found, by_articles);
    if (count)
        answer->also_written =
            arena_regrow(&answer->arena, search.found, count, count, sizeof *search.found);
    answer->also_written_count = answer->also_written ? count : 0;
    if (search.status != STATUS_OK || answer->arena.status != STATUS_OK)
        return STATUS_NO_MEMORY;
    return request->budget->status == STATUS_DEADLINE ? STATUS_OK : request->budget->status;
}
