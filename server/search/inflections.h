/* What a bare word stands for in a file: its class, the words of the file that share its stem. */
#ifndef VERBATIM_SEARCH_INFLECTIONS_H
#define VERBATIM_SEARCH_INFLECTIONS_H

#include "base/arena.h"
#include "match/budget.h"
#include "match/class.h"
#include "query/tree.h"

struct collection_file;
struct vocabulary_word;
struct word_echo;

/* The class of an inflected word in the language it names, if the file has classes of that, else in
 * the file's own; exact: the word itself, NULL where the file has it not. Then it is that of a word
 * of the same stem, which is looked for among those that begin alike, the first INFLECTIONS_LOOKED
 * of them at most. *found is NULL where the word stands for itself alone. STATUS_OK,
 * STATUS_NO_MEMORY or the budget's status. */
enum { INFLECTIONS_LOOKED = 2048 };
enum status inflections_find(const struct collection_file *file, const struct query_word *word,
                             const struct term *exact, struct match_budget *budget,
                             struct arena *arena, struct class_words **found);

/* What else than itself the word matches, the commonest first, at most WORD_FORMS_MOST; by df over
 * all files, of equal ones bytewise. None where finding out would read very much. The forms are in
 * the echo's arena. STATUS_OK, STATUS_NO_MEMORY or the budget's status. */
enum status inflections_echo(const struct vocabulary_word *word,
                             const struct collection_file *files, size_t file_count,
                             struct match_budget *budget, struct arena *arena,
                             struct word_echo *echo);

#endif
