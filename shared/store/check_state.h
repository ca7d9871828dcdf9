/* What the parts of store_check share. */
#ifndef VERBATIM_STORE_CHECK_STATE_H
#define VERBATIM_STORE_CHECK_STATE_H

#include "store/columns_read.h"
#include "store/impact.h"
#include "store/snapshot.h"

struct check {
    const struct snapshot *snapshot;
    const struct settings *settings;
    struct columns columns;
    struct impact_model model;
    const uint8_t *norms;
    uint32_t *words, *title_words; /* an article's, counted from the lists */
    uint64_t
        *places; /* the sum of check_place over an article's words and values, less the expected */
    uint64_t *title_starts; /* see check_titles_begin; NULL where the file has no titles */
    uint32_t *title_terms;  /* the words of all titles: an article's from its start on */
    uint32_t *order;        /* an article's place in the input; NULL where it is its number */
    uint64_t *id_hashes;    /* an article's, computed from its id */
    void (*report)(void *context, enum chunk_id chunk, const char *what);
    void *context;
    bool has_date; /* some article, by its fields */
    unsigned found;
    enum status status; /* what hindered the walk */
};

/* Reports a contradiction. */
void check_say(struct check *check, enum chunk_id chunk, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Reports a status that is not good: corrupt ones as a contradiction, others hinder. Returns
 * whether it is good. */
bool check_good(struct check *check, enum chunk_id chunk, enum status status, const char *what);
/* Whether bytes [from, to) of a chunk are zeros, as what stands between its parts has to be. */
bool check_zeros(const struct check *check, enum chunk_id chunk, uint64_t from, uint64_t to);

/* A position as a number whose sums tell apart different sets of positions. Source: the finisher of
 * splitmix64 (Steele, Lea and Flood, 2014). */
static inline uint64_t check_place(uint64_t position)
{
    uint64_t z = (position + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* What is added to the number of a value to make it a place. field is 0 … 3. */
static inline uint64_t check_value_base(int field)
{
    return (uint64_t)(field + 1) << 32;
}

void check_terms(struct check *check); /* lexicon, postings, positions; fills the counts of words */
void check_grams(struct check *check); /* the chunk of grams, by the counts of words */
void check_classes(struct check *check);      /* words of one stem, by their lists */
void check_compounds(struct check *check);    /* pairs and closed words, by the words */
void check_titles_begin(struct check *check); /* before the terms: what titles' words are put in */
void check_titles_word(struct check *check, uint32_t doc, uint32_t position, uint32_t term);
void check_titles(struct check *check);      /* whole titles, by the words that stand in them */
void check_completions(struct check *check); /* what is suggested, by words and runs of them */
void check_titles_end(struct check *check);
void check_groups(struct check *check);    /* near-copies, by themselves */
void check_documents(struct check *check); /* fields, text; fills the hashes of ids */
void check_columns(struct check *check);   /* the rest, with what was counted */

#endif
