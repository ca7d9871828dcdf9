/* The queries that an empty answer offers, while they are looked for: one file for what offers
 * one, one for phrases and words, one for what holds several, and one (relax.c) for which of them
 * a cause asks for. Inside this room only. */
#ifndef VERBATIM_SEARCH_RELAX_WORK_H
#define VERBATIM_SEARCH_RELAX_WORK_H

#include "search/why_work.h"

enum {
    RELAX_LEFT_OUT_MOST = 8, /* parts of an AND each of which is left out in turn */
    RELAX_AHEAD_MOST = 2     /* counts that are known ahead */
};

struct relax_known { /* a count that was asked for ahead */
    struct slice query;
    unsigned without;
    bool known;
    struct why_count count;
};

struct relaxing {
    struct why_work *work;
    struct arena *scratch;
    struct query_node *root;
    const struct query_node *phrase; /* to blame, as far as its words occur; NULL: no phrase is */
    unsigned without;                /* of what is offered now */
    uint64_t found;                  /* by what was counted last */
    uint64_t beyond; /* what finds no more than so many would find the same as an offer before */
    struct relax_known ahead[RELAX_AHEAD_MOST]; /* the last ones */
    size_t ahead_count;
    const struct found_docs *within; /* all that what is offered now can find; NULL: unknown */
};

/* No more offers are wanted, or can be counted. */
bool relax_is_full(const struct relaxing *relaxing);
/* All: true where it finds something and is offered now. A NULL is none. */
bool relax_offer(struct relaxing *relaxing, const struct query_node *tree);
/* The query with this in the place of what is to blame. */
bool relax_offer_instead(struct relaxing *relaxing, struct query_node *with);
/* The same of one in a chain of ever wider ones. */
bool relax_offer_wider(struct relaxing *relaxing, struct query_node *with);
/* Counts, before it is its turn, what is to be offered instead of the whole query: it will not be
 * counted again. Which articles it finds into *found; true where these are all, with how many. */
bool relax_count_ahead(struct relaxing *relaxing, struct query_node *with,
                       const struct found_docs *within, struct found_docs *found, uint64_t *total);
/* The query without this part. */
void relax_offer_dropped(struct relaxing *relaxing, const struct query_node *at);

/* What these causes offer: words and phrases; such as stand in bodies, in no title; */
void relax_blamed_phrase(struct relaxing *relaxing);
void relax_title(struct relaxing *relaxing);
/* both sides of a NEAR; the parts of an AND; what a NOT leaves out. */
void relax_near(struct relaxing *relaxing);
void relax_together(struct relaxing *relaxing);
void relax_not(struct relaxing *relaxing);

#endif
