/* Quotation marks: which open, and what closes them.
 *
 * A mark is closed by its own partner ("…", “…”, „…“, «…», »…«, 「…」). Where no partner comes any
 * more, any of the double marks closes any other, as pasted text mixes them; else the quotation
 * runs to the end of the text. Single marks are quotation marks only where they clearly quote: the
 * first stands where a word can begin, the last where one ends, and white space is between; all
 * others are apostrophes. */
#ifndef VERBATIM_QUERY_QUOTES_H
#define VERBATIM_QUERY_QUOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* Whether this is a quotation mark wherever it stands: it ends the word before it. */
bool quote_is_mark(uint32_t code_point);
/* Whether this may begin a quotation in single marks. */
bool quote_is_single(uint32_t code_point);
/* Whether a mark begins a quotation where `fresh` says that nothing stands before it. */
bool quote_opens(uint32_t mark, bool fresh);

struct quote_end {
    size_t at, behind; /* the closing mark, in bytes; both the text's end where there is none */
    bool found;
};

/* The end of the quotation that `mark` opened before byte `from`. `absent`, 0 at first, remembers
 * from call to call over one text, with rising `from`, which marks do not come any more, so that
 * many calls stay linear. */
void quote_find(struct slice text, size_t from, uint32_t mark, uint32_t *absent,
                struct quote_end *end);
/* The same for a single mark; false where it does not clearly quote. */
bool quote_find_single(struct slice text, size_t from, uint32_t mark, uint32_t *absent,
                       struct quote_end *end);

/* Appends s in the first kind of marks that does not stand in it: the canonical form of a
 * quotation. */
struct bytes;
void quote_write(struct bytes *out, struct slice s);

#endif
