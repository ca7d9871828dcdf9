/* Text of any charset made UTF-8. The one place that knows iconv and uchardet.
 *
 * In this order: a byte order mark; UTF-16 without one, seen by its NULs; UTF-8, a damaged one too
 * where most of what is not ASCII is well-formed; the charset that the text declares; what uchardet
 * finds; and windows-1252. What cannot be read becomes U+FFFD. NUL is left as it is. */
#ifndef VERBATIM_INPUT_CHARSET_H
#define VERBATIM_INPUT_CHARSET_H

#include "base/bytes.h"
#include "base/slice.h"
#include "input/source.h"

/* Makes text valid UTF-8 without a byte order mark, in place. declared may be NULL or nonsense. */
void charset_to_utf8(struct bytes *text, const char *declared);

/* The charset that the start of a longer text seems to be in, as charset_to_utf8 would find it;
 * empty for UTF-8 and ASCII. */
enum { CHARSET_LABEL_BYTES = 64 };
void charset_guess(struct slice start, char out[CHARSET_LABEL_BYTES]);

/* Where a stream starts as UTF-16 or UTF-32, puts a converting source in its place, into
 * `converted`, and returns true; then `source` belongs to it. A UTF-8 byte order mark is taken. */
bool charset_open_wide(struct source *source, struct source *converted);

#endif
