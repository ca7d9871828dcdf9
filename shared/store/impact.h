/* The part of BM25 that one article's counts make: tf / (tf + k1 (1 − b + b · length / average)),
 * where tf counts a title's words with their weight. Free of idf. Builder (bounds) and ranking
 * share it. Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond
 * (2009). */
#ifndef VERBATIM_STORE_IMPACT_H
#define VERBATIM_STORE_IMPACT_H

#include <stdbool.h>
#include <stdint.h>

#include "store/settings.h"

struct impact_model {
    double saturation[256]; /* by norm: k1 (1 − b + b · length / average) */
    double title_extra;     /* the title's weight − 1 */
    uint32_t articles;      /* of the file */
    const uint32_t *places; /* of articles in the input, borrowed; NULL: their numbers. Only
                               whoever writes or checks lists sets it. */
    const struct impact_table *table; /* borrowed; NULL but where many are asked for */
};

enum { IMPACT_TABLE_TFS = 8 };

struct impact_table { /* the commonest impacts: of few occurrences, none of them in the title */
    double impacts[IMPACT_TABLE_TFS][256]; /* by tf − 1 and norm */
    uint32_t codes[IMPACT_TABLE_TFS][256]; /* impact_code of each */
};

void impact_model_init(struct impact_model *model, const struct settings *settings);
/* Fills a table and gives it to the model. */
void impact_table_init(struct impact_table *table, struct impact_model *model);

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

static inline uint32_t impact_place(const struct impact_model *model, uint32_t doc)
{
    return model->places ? model->places[doc] : doc;
}

/* The least 16-bit number q with q / 65535 ≥ impact. */
uint16_t impact_ceiling(double impact);
/* The greatest 16-bit number q with q / 65535 ≤ impact. */
uint16_t impact_floor(double impact);

/* Both in one number, the ceiling in the higher half: no less for a greater impact. */
static inline uint32_t impact_code(double impact)
{
    return (uint32_t)impact_ceiling(impact) << 16 | impact_floor(impact);
}

/* By the table where there is one. */
static inline bool impact_in_table(const struct impact_model *model, uint32_t tf, uint32_t title_tf)
{
    return model->table && title_tf == 0 && tf - 1 < IMPACT_TABLE_TFS;
}

static inline double impact_by_table(const struct impact_model *model, uint32_t tf,
                                     uint32_t title_tf, uint8_t norm)
{
    if (impact_in_table(model, tf, title_tf))
        return model->table->impacts[tf - 1][norm];
    return impact_of(model, tf, title_tf, norm);
}

static inline uint32_t impact_code_by_table(const struct impact_model *model, uint32_t tf,
                                            uint32_t title_tf, uint8_t norm)
{
    if (impact_in_table(model, tf, title_tf))
        return model->table->codes[tf - 1][norm];
    return impact_code(impact_of(model, tf, title_tf, norm));
}

#endif
