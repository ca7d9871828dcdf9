/* What every reader of a format is: a row of the table in readers.c. */
#ifndef VERBATIM_INPUT_READER_H
#define VERBATIM_INPUT_READER_H

#include "input/intake.h"
#include "input/source.h"

/* One file, or member of an archive, being read as articles. All borrowed. */
struct reading {
    struct intake *intake;
    struct source *source;
    const char *name; /* for places, as the user knows it */
    struct slice id;  /* of the article, where the whole file is one */
    const char *hint; /* its name without folders and without .gz and the like */
};

/* The start of a file, at most READER_PEEK_BYTES of it, in UTF-8 or a charset that holds ASCII. */
enum { READER_PEEK_BYTES = 64 * 1024 };

struct reader {
    const char *name; /* as --kind has it */
    /* How sure it is that the file is of its format, from 0, not at all. What the content says
     * stands above what the name says: see RECOGNISED_…. */
    int (*recognise)(struct slice start, const char *hint);
    /* Reads to the end and hands every article on. Not STATUS_OK ends the whole reading. */
    enum status (*read)(struct reading *reading);
};

enum {
    RECOGNISED_ANY = 1,      /* whatever is text */
    RECOGNISED_LIKELY = 40,  /* content that could well be something else */
    RECOGNISED_NAME = 60,    /* the name says so */
    RECOGNISED_CONTENT = 80, /* content that is hardly anything else */
};

/* NULL where there is none of that name. */
const struct reader *reader_of_kind(const char *kind);
/* The surest; NULL where none is. */
const struct reader *reader_of_content(struct slice start, const char *hint);

/* Whether a name ends so, letter case aside. */
bool reader_name_ends(const char *name, const char *ending);

/* For readers: the draft, emptied for the next article. */
struct draft *reading_draft(struct reading *reading);
/* Hands the draft on. number is 0 where the file is one article, else which of them it is, from 1.
 */
enum status reading_article(struct reading *reading, uint64_t line, uint64_t number);
#define reading_skip(reading, line, ...) \
    intake_skip((reading)->intake, (reading)->name, line, __VA_ARGS__)
/* Reports an article of more bytes than are allowed. */
enum status reading_too_large(struct reading *reading, uint64_t line, uint64_t size);
/* At the end: reports what kept the source from being read whole, if anything did. */
enum status reading_end(struct reading *reading, uint64_t line);
/* The whole file into out (empty before), if it is not too large and arrived whole: else reported,
 * and out is empty. */
enum status reading_whole(struct reading *reading, struct bytes *out);

#endif
