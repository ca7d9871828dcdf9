/* The contract of matchers, tried: whatever the kind, against the articles that it should give. */
#ifndef VERBATIM_TESTS_CONTRACT_H
#define VERBATIM_TESTS_CONTRACT_H

#include "base/arena.h"
#include "base/error.h"
#include "match/matcher.h"
#include "match/source.h"
#include "store/columns_read.h"
#include "store/snapshot.h"
#include "store/term.h"
#include "unit/store/sample.h"

struct stage { /* a sample, written and opened */
    struct sample sample;
    struct snapshot *snapshot;
    struct columns columns;
    struct match_budget budget;
    struct arena arena;
    struct match_source source;
    struct term terms[64]; /* of the sample's words, the frequent and the rare */
    const struct sample_term *known[64];
    size_t term_count;
};

void stage_open(struct stage *stage, const struct sample_options *options);
/* rule: NULL for none. */
void stage_open_with_grams(struct stage *stage, const struct sample_options *options,
                           const struct gram_rule *rule);
/* Classes in "en": see sample_add_classes. */
void stage_open_with_classes(struct stage *stage, const struct sample_options *options,
                             const struct class_rule *rule, uint32_t modulus);
void stage_close(struct stage *stage);

/* Articles as a list of whether each matches. */
struct expected {
    const bool *holds; /* by article */
    uint32_t count;    /* of articles */
};

struct maker {
    struct matcher *(*make)(void *context);
    void *context;
};

/* Makes matchers again and again, and walks each in another way. */
void contract_try(struct stage *stage, struct maker maker, struct expected expected, uint64_t seed);

#endif
