/* The part of BM25 that one article's counts make: tf / (tf + k1 (1 − b + b · length / average)),
 * where tf counts a title's words with their weight. Free of idf. Builder (bounds) and ranking
 * share it. Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond
 * (2009). */
#ifndef VERBATIM_STORE_IMPACT_H
#define VERBATIM_STORE_IMPACT_H

#include <stdint.h>

#include "store/settings.h"

struct impact_model {
    double saturation[256]; /* by norm: k1 (1 − b + b · length / average) */
    double title_extra;     /* the title's weight − 1 */
    uint32_t articles;      /* of the file */
};

void impact_model_init(struct impact_model *model, const struct settings *settings);

/* Occurrences with those in the title by their weight. */
static inline double impact_weight(const struct impact_model *model, uint32_t tf, uint32_t title_tf)
{
    return tf + model->title_extra * title_tf;
}

static inline double impact_of_weight(const struct impact_model *model, double weight, uint8_t norm)
{
    return weight / (weight + model->saturation[norm]);
}

static inline double impact_of(const struct impact_model *model, uint32_t tf, uint32_t title_tf,
                               uint8_t norm)
{
    return impact_of_weight(model, impact_weight(model, tf, title_tf), norm);
}

/* The least 16-bit number q with q / 65535 ≥ impact. */
uint16_t impact_ceiling(double impact);
/* The greatest 16-bit number q with q / 65535 ≤ impact. */
uint16_t impact_floor(double impact);

#endif
