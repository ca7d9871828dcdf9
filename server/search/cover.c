#include "search/cover.h"

#include "base/arena.h"

enum { PAIRS_AHEAD = 8 }; /* that are looked for at once */

struct finder {
    const struct match_source *source;
    const struct grams *grams;
    uint32_t article_count;
    const struct term *const *terms;
    size_t count;
    uint32_t *codes;                   /* of the terms; NULL: not asked for yet */
    uint32_t pair_blocks[PAIRS_AHEAD]; /* where the next pairs stand, if they do */
    struct cover_grams grams_found;
    bool absent;
};

static bool refuse(const struct finder *finder)
{
    return match_budget_check(finder->source->budget, STATUS_NO_MEMORY, CHUNK_GRAMS);
}

/* Most words are in several of the grams looked for. */
static enum status find_codes(struct finder *finder)
{
    if (finder->codes)
        return STATUS_OK;
    finder->codes = arena_allocate(finder->source->arena, finder->count, sizeof *finder->codes);
    if (!finder->codes)
        return STATUS_NO_MEMORY;
    return grams_codes(finder->grams, finder->terms, finder->count, finder->codes);
}

static enum status look_up(const struct finder *finder, size_t first, uint32_t words,
                           struct gram *gram)
{
    const struct term *const *terms = finder->terms + first;
    const uint32_t *codes = finder->codes + first;
    if (words > 2)
        return grams_find_coded(finder->grams, terms, codes, words, gram);
    return grams_find_placed(finder->grams, terms, codes, finder->pair_blocks[first % PAIRS_AHEAD],
                             gram);
}

/* Looks up so many words from the first on, which have a list by the rule. */
static bool find(struct finder *finder, size_t first, uint32_t words)
{
    struct match_budget *budget = finder->source->budget;
    struct gram *gram = arena_allocate(finder->source->arena, 1, sizeof *gram);
    if (!gram)
        return refuse(finder);
    if (!match_budget_spend(budget, 1))
        return false;
    enum status status = find_codes(finder);
    if (status == STATUS_OK)
        status = look_up(finder, first, words, gram);
    finder->absent = status == STATUS_NOT_FOUND;
    if (finder->absent)
        return true;
    finder->grams_found.by_words[words][first] = gram;
    finder->grams_found.longest = words;
    return match_budget_check(budget, status, CHUNK_GRAMS);
}

static bool has_list(const struct finder *finder, size_t first, uint32_t words)
{
    const struct gram_rule *rule = &finder->grams->rule;
    const struct term *const *terms = finder->terms + first;
    if (words == 2)
        return gram_rule_pair(rule, finder->article_count, terms[0]->all.df, terms[1]->all.df);
    const struct gram *left = finder->grams_found.by_words[words - 1][first];
    const struct gram *right = finder->grams_found.by_words[words - 1][first + 1];
    return left && right && gram_rule_longer(rule, left->all.df, right->all.df);
}

/* The next pairs, of so many that are left, before the first of them is looked up. */
static bool place_pairs(struct finder *finder, size_t first, size_t left)
{
    size_t count = left < PAIRS_AHEAD ? left : PAIRS_AHEAD;
    bool wanted[PAIRS_AHEAD], any = false;
    for (size_t i = 0; i < count; i++) {
        wanted[i] = has_list(finder, first + i, 2);
        any = any || wanted[i];
    }
    if (!any)
        return true;
    enum status status = find_codes(finder);
    if (status == STATUS_OK)
        status = grams_place_pairs(finder->grams, finder->codes + first, wanted, count,
                                   finder->pair_blocks);
    return match_budget_check(finder->source->budget, status, CHUNK_GRAMS);
}

/* All grams of so many words, until one is absent. */
static bool find_of_words(struct finder *finder, uint32_t words)
{
    size_t places = finder->count - words + 1;
    const struct gram **found =
        arena_allocate(finder->source->arena, places, sizeof(struct gram *));
    finder->grams_found.by_words[words] = found;
    if (!found)
        return refuse(finder);
    for (size_t i = 0; i < places && !finder->absent; i++) {
        if (words == 2 && i % PAIRS_AHEAD == 0 && !place_pairs(finder, i, places - i))
            return false;
        if (has_list(finder, i, words) && !find(finder, i, words))
            return false;
    }
    return true;
}

static bool find_all(struct finder *finder)
{
    uint32_t most = finder->grams->rule.words_most;
    if (most > finder->count)
        most = (uint32_t)finder->count;
    finder->grams_found.longest = 1;
    for (uint32_t words = 2; words <= most && !finder->absent; words++) {
        if (finder->grams_found.longest < words - 1)
            break;
        if (!find_of_words(finder, words))
            return false;
    }
    return true;
}

/* The longest run with a list from a word on. */
static struct phrase_part longest_from(const struct cover_grams *grams, size_t first, size_t end)
{
    struct phrase_part part = {.first = (uint32_t)first, .count = 1};
    for (uint32_t words = 2; words <= grams->longest && first + words <= end; words++) {
        if (!grams->by_words[words][first])
            continue;
        part.gram = grams->by_words[words][first];
        part.count = words;
    }
    return part;
}

/* The gram that a part shares with the one before, whose end it is to begin before. */
static const struct gram *shared_with(const struct cover_grams *grams,
                                      const struct phrase_part *part,
                                      const struct phrase_part *before)
{
    uint32_t end = before->first + before->count;
    uint32_t words = end > part->first ? end - part->first : 0;
    return words >= 2 ? grams->by_words[words][part->first] : NULL;
}

bool cover_choose(const struct match_source *source, const struct cover_grams *grams, size_t first,
                  size_t count, struct cover *cover)
{
    *cover = (struct cover){.parts = arena_allocate(source->arena, count, sizeof *cover->parts)};
    if (!cover->parts)
        return match_budget_check(source->budget, STATUS_NO_MEMORY, CHUNK_GRAMS);
    size_t covered = first, end = first + count;
    for (size_t i = first; i < end; i++) {
        struct phrase_part part = longest_from(grams, i, end);
        if (i + part.count <= covered)
            continue;
        covered = i + part.count;
        if (cover->part_count)
            part.shared = shared_with(grams, &part, &cover->parts[cover->part_count - 1]);
        cover->parts[cover->part_count++] = part;
    }
    for (size_t i = 0; i < cover->part_count; i++)
        cover->parts[i].first -= (uint32_t)first;
    return true;
}

bool cover_find(const struct match_source *source, const struct grams *grams,
                uint32_t article_count, const struct term *const *terms, size_t count,
                struct cover *cover)
{
    struct finder finder = {.source = source,
                            .grams = grams,
                            .article_count = article_count,
                            .terms = terms,
                            .count = count};
    *cover = (struct cover){0};
    if (!find_all(&finder))
        return false;
    cover->absent = finder.absent;
    if (cover->absent)
        return true;
    return cover_choose(source, &finder.grams_found, 0, count, cover);
}
