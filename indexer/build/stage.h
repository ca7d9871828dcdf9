/* The first half of a build: articles are read by workers, their blocks and numbers laid down in
 * the order of the input, their words sorted into runs. What comes of it is the same for any
 * threads. */
#ifndef VERBATIM_BUILD_STAGE_H
#define VERBATIM_BUILD_STAGE_H

#include "base/error.h"
#include "build/builder.h"
#include "build/ids.h"
#include "build/title_log.h"
#include "store/columns_write.h"
#include "store/container_write.h"
#include "store/documents_write.h"
#include "store/fields.h"

struct stage; /* owned; one thread calls */

/* Bodies are kept also where the options have no_text, unless they are to be forgotten: where ids
 * meet twice they are read again. */
struct stage *stage_open(const struct builder_options *options, const char *beside,
                         struct error *error);
/* Takes a copy. The next article's number is the count of those added before. */
enum status stage_add(struct stage *stage, const struct fields *fields, struct slice body,
                      struct error *error);
/* Waits until all is read; afterwards what follows may be asked. */
enum status stage_finish(struct stage *stage, struct error *error);
/* Appends the runs of spellings.h; none where the options take no note of them. */
void stage_spellings(struct stage *stage, struct bytes *runs);
void stage_close(struct stage *stage); /* NULL is allowed */

struct container_writer *stage_container(struct stage *stage);
struct column_writer *stage_columns(struct stage *stage);
struct document_writer *stage_documents(struct stage *stage);
struct id_collector *stage_ids(struct stage *stage);
const struct title_log *stage_titles(const struct stage *stage); /* NULL where they are not kept */
/* Where articles stand in the input, u32 by number, where that is not their number: taken; to be
 * told before the terms are written. */
void stage_set_places(struct stage *stage, struct bytes *places);
const uint32_t *stage_places(const struct stage *stage); /* NULL where they were not told */
/* struct copy_sketch by number, and their samples; flushed by stage_finish; NULL where none are
 * made. */
const struct spool *stage_sketches(const struct stage *stage);
const struct spool *stage_samples(const struct stage *stage);
uint32_t stage_articles(const struct stage *stage);
uint64_t stage_words(const struct stage *stage);
uint64_t stage_title_words(const struct stage *stage);
/* All runs of all workers, appended as struct run. */
void stage_runs(struct stage *stage, struct bytes *runs);
void stage_drop_runs(struct stage *stage); /* nobody reads them any more */
/* Spools may hold what of the memory budget is left beside so many bytes, and some more for what
 * nobody counts. */
void stage_lend(struct stage *stage, size_t used);

#endif
