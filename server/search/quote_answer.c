#include "search/quote_answer.h"

void quote_answer_release(struct quote_answer *answer)
{
    arena_release(&answer->arena);
    *answer = (struct quote_answer){0};
}
