#include "rank/mixture.h"

#include "match/budget.h"

void mixture_set_titles(struct mixture *mixture, const struct settings *settings)
{
    double k1 = settings->k1_thousandths / 1000.0, b = settings->b_thousandths / 1000.0;
    double average = (double)settings->title_word_count / settings->article_count;
    mixture->title_average = average;
    mixture->title_fixed = k1 * (1 - b);
    mixture->title_each = average > 0 ? k1 * b / average : 0;
}

static size_t step_end(size_t at, size_t count)
{
    return count - at < BUDGET_PLACES ? count : at + BUDGET_PLACES;
}

/* The positions of both as one ascending row: two neighbours of different kinds that are near each
 * other are a pair, and behind it the row begins anew. */
uint32_t mixture_near_count(const uint32_t *first, size_t first_count, const uint32_t *second,
                            size_t second_count, struct match_budget *budget)
{
    size_t i = 0, j = 0;
    uint32_t count = 0;
    while (i < first_count && j < second_count) {
        size_t first_end = step_end(i, first_count), second_end = step_end(j, second_count);
        if (i + j && !match_budget_spend(budget, 1))
            break;
        while (i < first_end && j < second_end) {
            uint32_t a = first[i], b = second[j];
            uint32_t apart = a < b ? b - a : a - b;
            if (apart > 0 && apart <= MIXTURE_NEAR_WORDS) {
                count++;
                i++;
                j++;
            } else if (a < b) {
                i++;
            } else {
                j++;
            }
        }
    }
    return count;
}

uint64_t mixture_titled_part(const struct mixture *mixture, uint32_t doc)
{
    size_t low = 0, high = mixture->titled_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mixture->titled[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < mixture->titled_count && mixture->titled[low].doc == doc;
    return found ? mixture->titled[low].part : 0;
}
