/* Where a body is cut to be stored in blocks: only where the analyzer's state is empty. */
#ifndef VERBATIM_BUILD_PIECES_H
#define VERBATIM_BUILD_PIECES_H

#include "base/slice.h"

/* The size of the next piece of a body: the first cut at or behind `room` bytes, or all that is
 * left. A cut is before an ASCII white space or behind an ideographic full stop or comma. */
size_t piece_size(struct slice body, size_t room);

#endif
