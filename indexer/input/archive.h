/* Compressed files and archives as streams. The one place that knows libarchive. gzip_source.h
 * unpacks gzip. */
#ifndef VERBATIM_INPUT_ARCHIVE_H
#define VERBATIM_INPUT_ARCHIVE_H

#include <locale.h>

#include "input/intake.h"
#include "input/source.h"

enum archive_kind {
    ARCHIVE_NONE,
    ARCHIVE_GZIP,
    ARCHIVE_BZIP2,
    ARCHIVE_XZ,
    ARCHIVE_ZSTD,
    ARCHIVE_MEMBERS, /* tar or zip */
};

enum { ARCHIVE_PEEK_BYTES = 512 };

/* The names in archives are read by the thread's locale, so it is one of UTF-8 between these two,
 * whatever the user's is. */
locale_t archive_locale_enter(void);
void archive_locale_leave(locale_t before);

/* By the first bytes alone; names lie. */
enum archive_kind archive_recognise(struct slice start);

/* What a source compressed otherwise than by gzip (borrowed, and it must outlast it) unpacks to.
 * What is unpacked is counted in intake, and past all measure (intake_is_bomb) the stream fails. */
bool archive_open_filter(struct intake *intake, struct source *packed, enum archive_kind kind,
                         struct source *out, struct error *error);

struct archive_reader; /* owned; one thread at a time */

struct archive_member {
    const char *name; /* valid UTF-8 as far as the archive's is; until the next archive_next */
    const char *left_because; /* why it holds nothing to read, such as being a link; else NULL */
    struct source source;     /* to be closed before the next archive_next */
};

/* NULL with the cause in the error. */
struct archive_reader *archive_open(struct intake *intake, struct source *packed,
                                    struct error *error);
void archive_close(struct archive_reader *archive); /* NULL is allowed */
/* The next member that is no folder; false at the end or where archive_error says what is wrong. */
bool archive_next(struct archive_reader *archive, struct archive_member *member);
const struct error *archive_error(const struct archive_reader *archive);

#endif
