/* Articles in: whatever a person names, read one article at a time and handed on.
 *
 * A source is a file, a named pipe, a folder (files in bytewise order of their paths), or "-" for
 * standard input. Each may be compressed or an archive, any depth up to INPUT_MAX_NESTING, in the
 * order in which the archive has its members. The kind is found from content first, then from the
 * name; the readers and how they are recognised are one table in readers.c.
 *
 * In a folder, symbolic links are not followed, names that begin with a dot are not read, nor is
 * what is no file: all of them are reported and counted as skipped, the hidden ones once a folder,
 * but are nothing that --strict stops at. A link that is named itself is followed.
 *
 * Text of any charset becomes UTF-8, see charset.h; what cannot be read, and NUL, is U+FFFD. Line
 * ends of text and Markdown become line feeds; other formats keep what their values hold. A value
 * that is of no use where its name says (a second title, a date that is none) stays as an extra
 * field. A file that unpacks to more than 256 MiB and a thousand times its size is given up. */
#ifndef VERBATIM_INPUT_INPUT_H
#define VERBATIM_INPUT_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "text/article.h"

enum { INPUT_MAX_NESTING = 8 }; /* archives in archives; JSON has its own limit */

struct input_field {   /* --field title=headline */
    const char *field; /* one of ours: id title body url source author date lang tag */
    const char *name;  /* what the input calls it */
};

struct input_options {
    const struct input_field *fields; /* borrowed; asked before the built-in names */
    size_t field_count;
    const char *kind;         /* NULL to find it out, else a name of the table, such as "jsonl" */
    bool html_whole;          /* --html whole: leave nothing out but script and style */
    bool strict;              /* stop at the first bad article */
    size_t max_article_bytes; /* an article larger than this is bad: measured before it is parsed */
};

/* Where an article or its damage stands. */
struct input_place {
    const char *name; /* the file as the user named it, "outer.zip!/inner" inside an archive */
    uint64_t line;    /* 1 is the first; 0 where lines mean nothing */
};

/* What the reader of input does with what it meets. Called on the thread of input_read. */
struct input_sink {
    void *context;
    /* Takes an article, valid until it returns. Not STATUS_OK ends the reading with that status. */
    enum status (*article)(void *context, const struct article *article,
                           const struct input_place *place);
    /* A bad article, line or file was skipped, for this reason. Not called for those that --strict
     * stops at. */
    void (*skipped)(void *context, const struct input_place *place, const char *reason);
    /* Now and then: bytes of the sources read so far, as they lie on the disk. May be NULL. */
    void (*progress)(void *context, uint64_t bytes_read);
};

struct input_totals {
    uint64_t files; /* read as articles; archives count by their members */
    uint64_t articles;
    uint64_t skipped;           /* articles, lines and files */
    uint64_t bytes;             /* as they lie on the disk */
    uint64_t html_dropped;      /* elements that HTML left out as not part of the article */
    uint64_t undated;           /* articles whose date is none that is understood */
    struct error first_undated; /* "NAME:LINE: 'yesterday'" */
};

/* Bytes of all the sources on the disk, for a progress line; 0 where one has no size (standard
 * input). */
uint64_t input_size(const char *const *sources, size_t count);

/* Reads all sources in the order given. Returns STATUS_OK when every source was read to its end,
 * however many articles were skipped; else the sink's status, or the cause in the error: a source
 * that does not exist, or with options->strict the first bad article as "NAME:LINE: reason". */
enum status input_read(const char *const *sources, size_t count,
                       const struct input_options *options, const struct input_sink *sink,
                       struct input_totals *totals, struct error *error);

/* The names of the kinds, for --help and --kind; NULL ends them. */
const char *const *input_kinds(void);

#endif
