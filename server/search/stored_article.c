#include "search/stored_article.h"

void stored_article_release(struct stored_article *article)
{
    arena_release(&article->arena);
    *article = (struct stored_article){0};
}
