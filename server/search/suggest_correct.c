#include "search/suggest_correct.h"

#include <string.h>

#include "base/bytes.h"
#include "search/inside.h"
#include "search/suggest_near.h"
#include "search/vocabulary.h"

struct wrong_word {
    const struct query_word *word;
    struct near_word near[NEAR_WORDS]; /* what may be meant; of 0 articles: nothing */
};

struct correcting {
    const struct correct_request *request;
    struct near_request near;
    struct arena *arena;
    struct wrong_word words[CORRECT_WORDS_MOST]; /* in their order */
    size_t word_count;
    struct correction *out;
    size_t count;
    uint64_t quick_left; /* blocks of the lexicon, for all words */
    size_t offers_left;
};

static bool is_plain(const struct query_word *word)
{
    return word->kind == WORD_ITSELF && word->end > word->start && word->text.size;
}

/* The words of phrases; each place of the text once. */
static void gather(struct correcting *correcting, const struct query_node *node)
{
    for (size_t i = 0; node->kind == QUERY_PHRASE && !node->exact && i < node->word_count; i++) {
        const struct query_word *word = &node->words[i];
        size_t at = correcting->word_count;
        bool known = !is_plain(word) || word->start >= correcting->request->skip_from;
        for (size_t j = 0; j < correcting->word_count; j++)
            known = known || correcting->words[j].word->start == word->start;
        if (known || at == CORRECT_WORDS_MOST)
            continue;
        for (; at && correcting->words[at - 1].word->start > word->start; at--)
            correcting->words[at] = correcting->words[at - 1];
        correcting->words[at] = (struct wrong_word){.word = word};
        correcting->word_count++;
    }
    for (size_t i = 0; i < node->child_count && node->kind != QUERY_CHARACTERS; i++)
        gather(correcting, node->children[i]);
}

/* Of what all words may cost while somebody types; a word that takes more than is left stays as it
 * is, so that none is corrected by a part of what is near. */
static bool find_quickly(struct correcting *correcting, struct wrong_word *wrong, uint32_t edits)
{
    struct match_budget budget, *outer = correcting->request->budget;
    struct near_request near = correcting->near;
    if (correcting->quick_left == 0)
        return true;
    match_budget_init(&budget, 0, correcting->quick_left);
    near.budget = &budget;
    bool good = near_find(&near, wrong->word->text, edits, wrong->near);
    correcting->quick_left -= budget.blocks;
    if (budget.cut || budget.status == STATUS_DEADLINE) {
        correcting->quick_left = 0;
        memset(wrong->near, 0, sizeof wrong->near);
        return true;
    }
    match_budget_enter(outer, budget.file);
    return match_budget_check(outer, budget.status, budget.chunk) && good;
}

/* What may be meant by a word that is nowhere, or that is rare beside it. */
static bool look_at(struct correcting *correcting, struct wrong_word *wrong)
{
    struct near_request *near = &correcting->near;
    uint64_t articles, all = near->collection->article_count;
    if (!vocabulary_articles(near->collection, wrong->word->text, near->budget, &articles))
        return false;
    if (articles > all / CORRECT_SHARE) /* nothing is so many times as frequent */
        return true;
    uint32_t edits = articles ? 1 : 2; /* what is so far from a word that is used is another */
    near->least = correcting->request->quick ? 0 : (uint32_t)(articles * CORRECT_SHARE);
    if (!(correcting->request->quick ? find_quickly(correcting, wrong, edits)
                                     : near_find(near, wrong->word->text, edits, wrong->near)))
        return false;
    for (size_t i = 0; i < NEAR_WORDS && articles; i++)
        if (wrong->near[i].articles / CORRECT_SHARE < articles)
            wrong->near[i].articles = 0;
    return true;
}

/* The text with these words corrected, NULL for those that stay, if it finds anything. */
static bool offer(struct correcting *correcting,
                  const struct near_word *const instead[CORRECT_WORDS_MOST])
{
    const struct correct_request *request = correcting->request;
    struct slice text = request->query->text;
    struct bytes out = {0};
    uint64_t articles = 0;
    size_t at = 0, last = 0;
    for (size_t i = 0; i < correcting->word_count; i++) {
        const struct query_word *word = correcting->words[i].word;
        if (!instead[i])
            continue;
        bytes_append(&out, text.data + at, word->start - at);
        bytes_append_slice(&out, instead[i]->text);
        at = word->end;
        last = i;
    }
    bytes_append(&out, text.data + at, text.size - at);
    bool good = out.status == STATUS_OK;
    correcting->offers_left--;
    if (good && request->count(request->context, bytes_slice(&out), &articles) && articles) {
        const struct query_word *word = correcting->words[last].word;
        correcting->out[correcting->count++] = (struct correction){
            .text = arena_copy(correcting->arena, bytes_slice(&out)),
            .word = arena_copy(correcting->arena,
                               slice_of(text.data + word->start, word->end - word->start)),
            .instead = arena_copy(correcting->arena, instead[last]->text),
            .articles = articles};
    }
    bytes_release(&out);
    return good && correcting->arena->status == STATUS_OK;
}

static void put_most_first(struct correcting *correcting)
{
    struct correction *out = correcting->out;
    for (size_t i = 1; i < correcting->count; i++)
        for (size_t j = i; j && out[j].articles > out[j - 1].articles; j--) {
            struct correction swap = out[j];
            out[j] = out[j - 1];
            out[j - 1] = swap;
        }
}

/* With so many wrong words: all by the likeliest, one by its second, and both of two. */
static bool offer_together(struct correcting *correcting, const struct near_word *instead[],
                           size_t wrong)
{
    bool good = offer(correcting, instead);
    for (size_t i = 0; wrong > 1 && i < correcting->word_count && good; i++) {
        const struct near_word *likeliest = instead[i], *second = &correcting->words[i].near[1];
        if (!likeliest || !second->articles || !correcting->offers_left)
            continue;
        instead[i] = second;
        good = offer(correcting, instead);
        for (size_t j = 0; wrong == 2 && j < i && good && correcting->offers_left; j++) {
            const struct near_word *other = &correcting->words[j].near[1];
            if (!instead[j] || !other->articles)
                continue;
            const struct near_word *kept = instead[j];
            instead[j] = other;
            good = offer(correcting, instead);
            instead[j] = kept;
        }
        instead[i] = likeliest;
    }
    return good;
}

/* All at once, then each alone, by the likeliest; then by the second one. */
static bool offer_all(struct correcting *correcting)
{
    const struct near_word *instead[CORRECT_WORDS_MOST] = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < correcting->word_count; i++)
        if (correcting->words[i].near->articles) {
            instead[i] = correcting->words[i].near;
            wrong++;
        }
    bool good = wrong == 0 || offer_together(correcting, instead, wrong);
    for (size_t rank = wrong > 1 ? 0 : 1; rank < NEAR_WORDS && wrong; rank++)
        for (size_t i = 0; i < correcting->word_count && good && correcting->offers_left; i++) {
            memset(instead, 0, sizeof instead);
            instead[i] = &correcting->words[i].near[rank];
            if (instead[i]->articles)
                good = offer(correcting, instead);
        }
    return good;
}

bool correct_query(const struct correct_request *request, struct arena *arena,
                   struct correction **corrections, size_t *count)
{
    struct correcting correcting = {.request = request,
                                    .arena = arena,
                                    .quick_left = CORRECT_QUICK_BLOCKS,
                                    .offers_left = request->quick ? CORRECT_QUICK_OFFERS
                                                                  : CORRECT_OFFERS_MOST};
    correcting.near = (struct near_request){&request->searcher->collection, request->budget,
                                            request->scratch, request->quick, 0};
    *count = 0;
    gather(&correcting, request->query->root);
    for (size_t i = 0; i < correcting.word_count; i++)
        if (!look_at(&correcting, &correcting.words[i]))
            return false;
    correcting.out = arena_allocate(arena, CORRECT_OFFERS_MOST, sizeof *correcting.out);
    if (!correcting.out || !offer_all(&correcting))
        return false;
    put_most_first(&correcting);
    *corrections = correcting.out;
    *count =
        correcting.count < SUGGEST_CORRECTIONS_MOST ? correcting.count : SUGGEST_CORRECTIONS_MOST;
    return true;
}
