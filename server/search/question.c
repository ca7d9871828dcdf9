#include "search/question.h"

void question_init(struct question *question)
{
    *question = (struct question){.op = OP_AUTO,
                                  .sort = SORT_SCORE,
                                  .k1 = QUESTION_AS_BUILT,
                                  .b = QUESTION_AS_BUILT,
                                  .title_weight = QUESTION_AS_BUILT,
                                  .limit = QUESTION_LIMIT_DEFAULT,
                                  .snippets = QUESTION_SNIPPETS_DEFAULT,
                                  .budget_us = QUESTION_BUDGET_DEFAULT_US};
}
