#include "store/impact.h"

#include <stddef.h>

#include "store/norm.h"

void impact_model_init(struct impact_model *model, const struct settings *settings)
{
    double k1 = settings->k1_thousandths / 1000.0, b = settings->b_thousandths / 1000.0;
    double average = 1;
    if (settings->length_sum)
        average = (double)settings->length_sum / settings->article_count;
    model->places = NULL;
    for (int norm = 0; norm < 256; norm++)
        model->saturation[norm] = k1 * ((1.0 - b) + b * norm_length((uint8_t)norm) / average);
    model->articles = settings->article_count;
    model->table = NULL;
    model->title_extra = settings->title_weight_thousandths / 1000.0 - 1.0;
}

void impact_table_init(struct impact_table *table, struct impact_model *model)
{
    for (uint32_t i = 0; i < IMPACT_TABLE_TFS; i++)
        for (int norm = 0; norm < 256; norm++)
            table->impacts[i][norm] = impact_of(model, i + 1, 0, (uint8_t)norm);
    for (uint32_t i = 0; i < IMPACT_TABLE_TFS; i++)
        for (int norm = 0; norm < 256; norm++)
            table->codes[i][norm] = impact_code(table->impacts[i][norm]);
    model->table = table;
}

/* Whether a product is so far from the number below that rounding did not make it what it is: then
 * nothing is to be divided. */
static bool is_between(double product, uint16_t below)
{
    return product - below > 1e-6 && product - below < 1 - 1e-6;
}

uint16_t impact_ceiling(double impact)
{
    if (!(impact < 1))
        return UINT16_MAX;
    double product = impact * UINT16_MAX;
    uint16_t q = (uint16_t)product;
    if (is_between(product, q))
        return (uint16_t)(q + 1);
    return q / 65535.0 < impact ? (uint16_t)(q + 1) : q;
}

uint16_t impact_floor(double impact)
{
    if (!(impact < 1))
        return UINT16_MAX;
    double product = impact * UINT16_MAX;
    uint16_t q = (uint16_t)product;
    if (is_between(product, q))
        return q;
    return q / 65535.0 > impact ? (uint16_t)(q - 1) : q;
}
