#include "search/echo.h"

#include "base/bytes.h"
#include "search/answer.h"
#include "search/collection.h"
#include "search/inflections.h"
#include "search/word_echo.h"

/* A prefix ends with '*', a word with edits with '~' and their number. */
static struct slice write_word(const struct vocabulary_word *word, struct arena *arena)
{
    struct bytes text = {0};
    if (word->kind != WORD_PREFIX && word->kind != WORD_EDITS)
        return word->text;
    bytes_append_slice(&text, word->text);
    if (word->kind == WORD_PREFIX)
        bytes_append_string(&text, "*");
    else
        bytes_format(&text, "~%u", word->edits);
    if (text.status != STATUS_OK)
        arena->status = text.status;
    struct slice copy = arena_copy(arena, bytes_slice(&text));
    bytes_release(&text);
    return copy;
}

static void echo_word(const struct echo_request *request, const struct vocabulary_word *word,
                      struct answer *answer)
{
    const struct collection *collection = request->plan->collection;
    struct word_echo *echo = &answer->words[answer->word_count++];
    *echo = (struct word_echo){.word = write_word(word, &answer->arena),
                               .articles = word->unions ? word->articles : word->df,
                               .stands_for = word->stands_for,
                               .is_pattern = word->kind != WORD_ITSELF};
    if (!request->brief)
        inflections_echo(word, collection->files, collection->file_count, request->budget,
                         &answer->arena, echo);
}

static void echo_ignored(const struct echo_request *request, const struct query_word *word,
                         struct answer *answer)
{
    const struct collection *collection = request->plan->collection;
    struct word_echo *echo = &answer->words[answer->word_count++];
    const struct term *term;
    *echo = (struct word_echo){.word = word->text, .ignored = true};
    for (size_t i = 0; i < collection->file_count && !request->brief; i++) {
        match_budget_enter(request->budget, i);
        if (vocabulary_look_up(&collection->files[i], word->text, request->budget, request->scratch,
                               &term) == STATUS_OK)
            echo->articles += term ? term->all.df : 0;
    }
}

static bool is_told(const struct answer *answer, struct slice word)
{
    for (size_t i = 0; i < answer->word_count; i++)
        if (answer->words[i].ignored && slice_equal(answer->words[i].word, word))
            return true;
    return false;
}

enum status echo_words(const struct echo_request *request, struct answer *answer)
{
    const struct vocabulary *vocabulary = &request->plan->written;
    const struct bare_words *bare = request->bare;
    size_t most = vocabulary->count + bare->ignored_count, ignored = 0;
    answer->words = arena_allocate(&answer->arena, most, sizeof *answer->words);
    for (size_t i = 0; answer->words && i + ignored < most;) {
        const struct query_word *next =
            ignored < bare->ignored_count ? bare->ignored[ignored] : NULL;
        if (!next || (i < vocabulary->count && vocabulary->words[i].start < next->start))
            echo_word(request, &vocabulary->words[i++], answer);
        else if (ignored++, !is_told(answer, next->text))
            echo_ignored(request, next, answer);
    }
    if (answer->arena.status != STATUS_OK || request->scratch->status != STATUS_OK)
        return STATUS_NO_MEMORY;
    return request->budget->status == STATUS_DEADLINE ? STATUS_OK : request->budget->status;
}
