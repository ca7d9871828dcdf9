/* What a question's scores are made of beyond plain BM25, and by which settings: from its plan and
 * its words to what server/rank goes by (rank/mixture.h). */
#ifndef VERBATIM_SEARCH_MIXING_H
#define VERBATIM_SEARCH_MIXING_H

#include "rank/mixture.h"

struct answer;
struct arena;
struct impact_model;
struct match_budget;
struct plan;
struct query_node;
struct question;
struct vocabulary_word;

struct mixing {                      /* of one question; in an arena; one thread */
    const struct plan *plan;         /* borrowed */
    const struct query_node *root;   /* borrowed: the question's words in their order */
    struct arena *arena;             /* borrowed */
    const struct question *question; /* borrowed */
    struct mixture all;              /* the same in every file */
    struct mixture **files;          /* by file; NULL: not made yet */
    struct impact_model **models;    /* by file, of settings that the question gives; likewise */
    bool best;                       /* with all bonuses; else plain BM25 */
};

/* Tells in the answer by which settings its first file was ranked, where the question gives any. */
void mixing_tell(const struct question *question, const struct plan *plan, struct answer *answer);

/* What is made of a plan that stands; the root is that of the question as it was asked. NULL where
 * scores are plain BM25 by the files' own settings, or with the arena's status bad. */
struct mixing *mixing_new(const struct question *question, const struct plan *plan,
                          const struct query_node *root, struct arena *arena);

/* The bonuses in one file; *mixture is NULL where there are none. mixing may be NULL. False with
 * the budget's status bad. */
bool mixing_of_file(struct mixing *mixing, size_t file, struct match_budget *budget,
                    const struct mixture **mixture);
/* The settings in one file. NULL with the budget's status bad. */
const struct impact_model *mixing_model(struct mixing *mixing, const struct plan *plan, size_t file,
                                        struct match_budget *budget);

/* Articles of all files that hold the very word, whatever inflections it stands for. */
uint64_t mixing_word_df(const struct plan *plan, const struct vocabulary_word *word);

#endif
