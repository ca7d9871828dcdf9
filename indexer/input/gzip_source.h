/* What a gzip file holds, every checksum compared: libarchive does not compare them. */
#ifndef VERBATIM_INPUT_GZIP_SOURCE_H
#define VERBATIM_INPUT_GZIP_SOURCE_H

#include "input/intake.h"
#include "input/source.h"

/* What a source compressed by gzip (borrowed, and it must outlast it) unpacks to: all members, one
 * behind the other. Zeros behind the last one are padding; anything else there is damage. What is
 * unpacked is counted in intake, and past all measure (intake_is_bomb) the stream fails. */
bool gzip_source_open(struct intake *intake, struct source *packed, struct source *out,
                      struct error *error);

#endif
