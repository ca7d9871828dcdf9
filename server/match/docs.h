/* The articles of a list in memory: those of an id, or none at all. */
#ifndef VERBATIM_MATCH_DOCS_H
#define VERBATIM_MATCH_DOCS_H

#include "match/matcher.h"
#include "match/source.h"

/* docs ascend and are borrowed. NULL where memory ends. */
struct matcher *match_docs(const struct match_source *source, const uint32_t *docs, size_t count);

#endif
