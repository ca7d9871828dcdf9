/* An article being put together from named values, whatever the format they come from. */
#ifndef VERBATIM_INPUT_DRAFT_H
#define VERBATIM_INPUT_DRAFT_H

#include "base/arena.h"
#include "base/json_read.h"
#include "input/field_names.h"
#include "text/article.h"

/* A value by the name that the input gives it. What it points at must last until the article is
 * handed on. */
struct draft_value {
    struct slice name;
    const struct slice *texts;     /* what it says, in one text or several */
    size_t count;                  /* 0 where it is no text: then json says what it is */
    const struct json_value *json; /* NULL: a string, or an array of strings, of the texts */
};

struct draft {
    struct arena arena; /* what the article is made of, but for what it borrows */
    const struct input_options *options;
    struct article article;
    struct draft_value
        singles[FIELD_SINGLES]; /* the best so far; name.data is NULL where there is none */
    unsigned ranks[FIELD_SINGLES];
    size_t list_capacity[ARTICLE_LISTS];
    size_t extra_capacity;
    bool undated;  /* its date is none that is understood, so it is an extra field */
    bool overfull; /* there were more values than DRAFT_MAX_VALUES */
};

enum { DRAFT_MAX_VALUES = 10000 }; /* of a list, and fields that are not known */

void draft_release(struct draft *draft); /* twice is fine */

/* Empties it for the next article. */
void draft_begin(struct draft *draft, const struct input_options *options);

/* Puts a value where its name says; an unknown one among the extra fields, as one that is of no use
 * in its field: a date that is none, a second title. Texts of white space alone count as none. */
void draft_put(struct draft *draft, const struct draft_value *value);
void draft_put_text(struct draft *draft, struct slice name, struct slice text);

/* A copy in the draft's memory. */
struct slice draft_copy(struct draft *draft, struct slice text);

/* The article, ready to hand on, with default_id where it names none. NULL where it is good, else
 * what is wrong with it. Out of memory shows in arena.status. */
const char *draft_finish(struct draft *draft, struct slice default_id);

#endif
