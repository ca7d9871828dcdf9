#include "search/quotation.h"

#include "search/question.h"

void quotation_init(struct quotation *quotation)
{
    *quotation = (struct quotation){.min = QUOTE_MIN_DEFAULT,
                                    .articles = QUOTE_ARTICLES_DEFAULT,
                                    .runs = QUOTE_RUNS_DEFAULT,
                                    .budget_us = QUESTION_BUDGET_DEFAULT_US};
}
