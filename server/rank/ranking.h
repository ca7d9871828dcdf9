/* A search for the best articles of one file, as whoever runs one of its ways sees it. */
#ifndef VERBATIM_RANK_RANKING_H
#define VERBATIM_RANK_RANKING_H

#include "match/budget.h"
#include "rank/top.h"
#include "store/impact.h"

struct columns;
struct match_source;

struct ranking { /* all borrowed; one thread */
    const struct match_source *source;
    struct match_budget *budget;      /* the source's */
    const struct impact_model *model; /* of the file */
    const double *idf;                /* by the leaves' numbers */
    const uint8_t *norms;             /* of all articles; NULL: each is looked up */
    const uint8_t *hidden;            /* a bit an article; NULL: none is */
    struct top *top;
    const struct columns *places; /* what tells an article's place; NULL: its number is its place */
    uint32_t file;                /* of the collection */
    const uint32_t *apart; /* articles offered before, ascending: rank_leaf passes them over */
    size_t apart_count;
    bool counted;   /* every article that matches is wanted in found */
    bool pruned;    /* some that match may be missing in found */
    uint64_t found; /* articles that match, not hidden, of those looked at */
};

static inline bool ranking_hides(const struct ranking *ranking, uint32_t doc)
{
    return ranking->hidden && (ranking->hidden[doc / 8] >> doc % 8 & 1);
}

static inline bool ranking_goes_on(const struct ranking *ranking)
{
    return ranking->budget->status == STATUS_OK;
}

/* The least score with which this article, or one behind it, could still come in. Where numbers are
 * no places, one behind it may be earlier than any. */
static inline uint64_t ranking_least(const struct ranking *ranking, uint32_t doc)
{
    return top_least(ranking->top, ranking->file, ranking->places ? 0 : doc);
}

bool ranking_find_apart(const struct ranking *ranking, uint32_t doc);
/* Whether it was offered before, by itself. */
static inline bool ranking_is_apart(const struct ranking *ranking, uint32_t doc)
{
    return ranking->apart_count && ranking_find_apart(ranking, doc);
}

/* Its place in the input. False with the budget's status bad. */
bool ranking_find_place(const struct ranking *ranking, uint32_t doc, uint32_t *place);
static inline bool ranking_place(const struct ranking *ranking, uint32_t doc, uint32_t *place)
{
    *place = doc;
    return !ranking->places || ranking_find_place(ranking, doc, place);
}

/* The least score with which this very article could still come in: no less than the above, which
 * does not look a place up. False with the budget's status bad. */
static inline bool ranking_least_of(const struct ranking *ranking, uint32_t doc, uint64_t *least)
{
    uint32_t place;
    if (!ranking_place(ranking, doc, &place))
        return false;
    *least = top_least(ranking->top, ranking->file, place);
    return true;
}

/* Looks its place up; nothing is offered where that makes the budget's status bad. */
void ranking_offer_placed(struct ranking *ranking, struct top_entry entry);
/* told: as top_entry has it. */
static inline void ranking_offer_told(struct ranking *ranking, uint32_t doc, uint64_t score,
                                      uint32_t told)
{
    struct top_entry entry = {score, ranking->file, doc, doc, told};
    if (ranking->places)
        ranking_offer_placed(ranking, entry);
    else
        top_offer(ranking->top, entry);
}
static inline void ranking_offer(struct ranking *ranking, uint32_t doc, uint64_t score)
{
    ranking_offer_told(ranking, doc, score, 0);
}

/* False with the budget's status bad. */
bool ranking_find_norm(const struct ranking *ranking, uint32_t doc, uint8_t *norm);
static inline bool ranking_norm(const struct ranking *ranking, uint32_t doc, uint8_t *norm)
{
    if (!ranking->norms)
        return ranking_find_norm(ranking, doc, norm);
    *norm = ranking->norms[doc];
    return true;
}

#endif
