#include "search/quote_chain.h"

#include "match/budget.h"
#include "search/quote_find.h"

enum { NONE = UINT32_MAX, PAIRS_OF_BLOCK = 128 };

struct step {                 /* the best passage that ends with a match */
    uint32_t covered, before; /* before: the match in front of it; NONE */
};

void quote_chainer_release(struct quote_chainer *chainer)
{
    bytes_release(&chainer->steps);
    bytes_release(&chainer->links);
}

static uint32_t end_of(const struct quote_match *match)
{
    return (uint32_t)match->start + match->words;
}

/* The first word that a match adds behind another one; its end or more where it adds none. */
static int64_t adds_from(const struct quote_match *before, const struct quote_match *match)
{
    int64_t back = ((int64_t)before->at - before->start) - ((int64_t)match->at - match->start);
    int64_t from = (int64_t)end_of(before) + (back > 0 ? back : 0);
    return from > match->start ? from : match->start;
}

static void find_step(struct step *steps, const struct quote_match *matches, size_t at)
{
    struct step best = {matches[at].words, NONE};
    int64_t end = end_of(&matches[at]);
    for (size_t i = 0; i < at; i++) {
        int64_t gain = end - adds_from(&matches[i], &matches[at]);
        if (gain > 0 && steps[i].covered + (uint32_t)gain > best.covered)
            best = (struct step){steps[i].covered + (uint32_t)gain, (uint32_t)i};
    }
    steps[at] = best;
}

static bool put_links(struct quote_chainer *chainer, const struct quote_match *matches, size_t last)
{
    const struct step *steps = bytes_items(&chainer->steps);
    size_t count = 1;
    for (size_t at = last; steps[at].before != NONE; at = steps[at].before)
        count++;
    bytes_clear(&chainer->links);
    struct quote_link *links = bytes_extend(&chainer->links, count * sizeof *links);
    for (size_t at = last; links; at = steps[at].before) {
        const struct quote_match *match = &matches[at];
        uint32_t before = steps[at].before;
        uint32_t start =
            before == NONE ? match->start : (uint32_t)adds_from(&matches[before], match);
        links[--count] = (struct quote_link){(uint32_t)at, start, end_of(match),
                                             match->at + (start - match->start)};
        if (before == NONE)
            break;
    }
    return links != NULL;
}

/* At the budget's end every match is a passage of its own. */
static void find_steps(struct step *steps, const struct quote_match *matches, size_t count,
                       struct match_budget *budget)
{
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = good && match_budget_spend(budget, i / PAIRS_OF_BLOCK);
        if (good)
            find_step(steps, matches, i);
        else
            steps[i] = (struct step){matches[i].words, NONE};
    }
}

bool quote_chain(struct quote_chainer *chainer, const struct quote_match *matches, size_t count,
                 struct match_budget *budget, bool links, uint32_t *covered)
{
    size_t best = 0;
    *covered = matches[0].words;
    if (count == 1 && !links)
        return true;
    bytes_clear(&chainer->steps);
    struct step *steps = bytes_extend(&chainer->steps, count * sizeof *steps);
    if (!steps)
        return false;
    find_steps(steps, matches, count, budget);
    for (size_t i = 0; i < count; i++)
        if (steps[i].covered > steps[best].covered)
            best = i;
    *covered = steps[best].covered;
    return !links || put_links(chainer, matches, best);
}
