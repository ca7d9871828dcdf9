/* The chunk "grams", made of the words' lists when all of them are written: so it follows from the
 * file's words alone, whichever way those came together.
 *
 * All articles are laid out word by word again, and what stands behind each word gathered and
 * encoded. Where there is no memory for that, ranges of articles are, and each leaves its pairs in
 * a run; the runs are read by groups of first words, sorted by the second, and encoded: the same
 * lists. Grams of one word more follow
 * from chains of those frequent enough, length by length (Agrawal and Srikant, Fast algorithms for
 * mining association rules, VLDB 1994). */
#ifndef VERBATIM_BUILD_GRAM_CHUNK_H
#define VERBATIM_BUILD_GRAM_CHUNK_H

#include "base/error.h"
#include "build/gram_ranges.h"
#include "store/container_write.h"
#include "store/gram_rule.h"
#include "store/settings.h"

struct gram_task {                      /* all borrowed */
    struct container_writer *container; /* lexicon, postings and positions are whole */
    const struct settings *settings;
    struct gram_articles articles;
    struct gram_rule rule;
    size_t memory, threads; /* bytes to be taken; at least 1 */
    size_t text_bytes;      /* of the memory, for a text of all articles; 0: a share of it */
};

/* What it takes of the memory at most, without what spools hold. */
size_t gram_chunk_memory(const struct gram_task *task);
enum status gram_chunk_write(const struct gram_task *task, struct error *error);

#endif
