/* What a phrase matcher holds: shared by the files that make it, count for it and move it. */
#ifndef VERBATIM_MATCH_PHRASE_STATE_H
#define VERBATIM_MATCH_PHRASE_STATE_H

#include "base/bytes.h"
#include "match/pair.h"
#include "match/phrase.h"

struct phrase_list { /* the articles of a run of the words */
    struct match_cursor cursor;
    const struct gram *gram; /* NULL: of a word */
    uint32_t first, count;   /* where the run comes first */
    uint32_t df;
    uint32_t times;       /* the run comes in the phrase */
    uint32_t bound_block; /* where the last bound was found */
};

struct phrase_word { /* a word of the phrase, each once */
    const struct term *term;
    struct match_cursor *cursor; /* of its list, or its own; NULL: not opened yet */
    uint32_t *offsets;           /* where it stands in the phrase, ascending */
    size_t offset_count;
    struct bytes positions; /* in the article that is being looked at */
};

struct phrase_link { /* a part, and how it hangs on the one before */
    struct phrase_list *list;
    const struct phrase_part *part;
    struct match_cursor *shared; /* of part->shared; NULL: not opened yet */
    bool implied; /* here it stands wherever one of its words does whose positions were read */
};

struct match_phrase {
    struct match_leaf leaf;
    const struct match_source *source;
    const struct term *const *terms;
    bool only_titles;
    bool may_be_in_title;       /* every word and gram is in some title */
    bool chained;               /* every part but the first shares a gram with the one before */
    struct phrase_list **lists; /* the rarest first */
    size_t list_count;
    struct match_pair pair;     /* of the first two lists */
    struct phrase_word **words; /* that of the fewest occurrences first */
    size_t word_count;
    struct phrase_link *links; /* the parts, in order */
    size_t link_count;
    uint32_t *last_links; /* by place in the phrase: the last link that begins there or before; NULL
                             where no part is a gram */
    /* Of the current article: */
    uint32_t least;      /* so often it stands there by counts alone */
    bool has_starts;     /* starts are its own */
    struct bytes starts; /* of the occurrences */
};

extern const struct matcher_kind phrase_kind;
extern const struct match_leaf_kind phrase_leaf_kind;

static inline uint32_t phrase_doc(const struct match_phrase *phrase)
{
    return phrase->lists[0]->cursor.doc;
}

/* The file says of this article what cannot be: false. */
static inline bool phrase_contradicts(struct match_phrase *phrase)
{
    match_budget_check(phrase->source->budget, STATUS_CORRUPT, CHUNK_GRAMS);
    return false;
}

/* Of the current article, by counts alone. All but the last: false with the budget's status bad. */
/* Occurrences there can be at most. */
bool phrase_count_most(struct match_phrase *phrase, uint32_t *most);
/* Of so many those that can be in the title at most. */
bool phrase_count_most_in_title(struct match_phrase *phrase, uint32_t most, uint32_t *in_title);
/* Occurrences there must be, into phrase->least. */
bool phrase_count_least(struct match_phrase *phrase);
/* Finds which parts the word, whose positions were read, implies. */
bool phrase_count_implied(struct match_phrase *phrase, const struct phrase_word *word);
/* Whether the word stands where it must for every start that those read so far leave. */
bool phrase_implies(const struct match_phrase *phrase, const struct phrase_word *word);

#endif
