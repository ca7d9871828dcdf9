/* The fields of an article as they are stored and shown: all but the body. */
#ifndef VERBATIM_STORE_FIELDS_H
#define VERBATIM_STORE_FIELDS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/slice.h"

enum { FIELDS_LISTS = 4 }; /* source, author, tag, lang, in this order */

struct fields_list {
    struct slice *values;
    size_t count;
};

#define FIELDS_NO_DATE UINT64_MAX

struct fields {
    struct slice id, title, url;
    struct slice shown_title; /* where title is empty: what to show; "…" included */
    uint64_t date;            /* packed; FIELDS_NO_DATE where none */
    struct fields_list lists[FIELDS_LISTS];
    struct slice extra; /* a JSON object's text, or empty */
};

void fields_write(const struct fields *fields, struct bytes *out);
/* Slices point into record; lists are made in the arena. */
enum status fields_read(struct slice record, struct arena *arena, struct fields *fields);
/* The same of a copy in the arena. */
enum status fields_copy(struct slice record, struct arena *arena, struct fields *fields);
/* As fields_read, with the first so many values of each list; one at least. */
enum status fields_read_some(struct slice record, size_t values, struct arena *arena,
                             struct fields *fields);
/* The title of a record, alone; it points into it. */
enum status fields_read_title(struct slice record, struct slice *title);
/* The shown title likewise. */
enum status fields_read_shown_title(struct slice record, struct slice *shown_title);

/* How many bytes the shown title and the body begin with alike: they are stored once. */
size_t fields_lead(const struct fields *fields, struct slice body);

#endif
