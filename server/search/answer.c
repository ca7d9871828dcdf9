#include "search/answer.h"

void answer_release(struct answer *answer)
{
    arena_release(&answer->arena);
    *answer = (struct answer){0};
}
