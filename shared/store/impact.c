#include "store/impact.h"

#include "store/norm.h"

void impact_model_init(struct impact_model *model, const struct settings *settings)
{
    double k1 = settings->k1_thousandths / 1000.0, b = settings->b_thousandths / 1000.0;
    double average = 1;
    if (settings->length_sum)
        average = (double)settings->length_sum / settings->article_count;
    for (int norm = 0; norm < 256; norm++)
        model->saturation[norm] = k1 * ((1.0 - b) + b * norm_length((uint8_t)norm) / average);
    model->articles = settings->article_count;
    model->title_extra = settings->title_weight_thousandths / 1000.0 - 1.0;
}

uint16_t impact_ceiling(double impact)
{
    if (!(impact < 1))
        return UINT16_MAX;
    uint16_t q = (uint16_t)(impact * UINT16_MAX);
    return q / 65535.0 < impact ? (uint16_t)(q + 1) : q;
}

uint16_t impact_floor(double impact)
{
    if (!(impact < 1))
        return UINT16_MAX;
    uint16_t q = (uint16_t)(impact * UINT16_MAX);
    return q / 65535.0 > impact ? (uint16_t)(q - 1) : q;
}
