/* What a worker keeps of a body to find its near-copies by: of the hashes of its runs of COPY_WORDS
 * words the least, about an eighth of them.
 *
 * Of two texts with the share J of all their different runs in common, each of the least hashes of
 * both together is in both with the probability J; and of the hashes below a bound the share that
 * both have is about that of all: Broder, On the resemblance and containment of documents, 1997. */
#ifndef VERBATIM_BUILD_COPY_SKETCH_H
#define VERBATIM_BUILD_COPY_SKETCH_H

#include <stddef.h>

#include "build/copy_hashes.h"
#include "text/analyzer.h"

enum { COPY_KEYS = 8 };

struct copy_sketch {          /* of an article; zeroed where it has no run */
    uint64_t keys[COPY_KEYS]; /* the least hashes, ascending, each once */
    uint64_t sum;             /* of the hashes of all its runs, repeated ones too */
    uint64_t title;           /* a hash of its title's words */
    uint64_t samples_at;      /* in the spool of samples: u32, the higher halves, ascending */
    uint32_t sample_count;
    uint32_t bound; /* every hash whose higher half is less is among the samples; UINT32_MAX: all */
    uint32_t runs;  /* repeated ones too */
    uint32_t kept;  /* of keys */
};

struct copy_sketcher; /* owned; one thread */

struct copy_sketcher *copy_sketcher_open(void); /* NULL where memory ends */
void copy_sketcher_begin(struct copy_sketcher *sketcher);
/* Words of its title, in front of those of the body; keys are the words', packed. */
void copy_sketcher_title(struct copy_sketcher *sketcher, const struct word *words,
                         const struct short_key *keys, size_t count);
/* The next words of the body. */
void copy_sketcher_words(struct copy_sketcher *sketcher, const struct word *words,
                         const struct short_key *keys, size_t count);
/* Appends the sketch, samples_at counting from the samples appended to, and the samples. */
enum status copy_sketcher_end(struct copy_sketcher *sketcher, struct bytes *sketches,
                              struct bytes *samples);
void copy_sketcher_close(struct copy_sketcher *sketcher); /* NULL is allowed */

/* What two sketches tell: of short bodies, whose samples are all hashes, the whole truth; of others
 * COPY_NO where they are surely no near-copies. Of pairs that are, 999 in 1000 are not taken for
 * such. */
enum copy_verdict { COPY_NO, COPY_YES, COPY_OPEN };
enum copy_verdict copy_sketches_compare(const struct copy_sketch *a, const uint32_t *a_samples,
                                        const struct copy_sketch *b, const uint32_t *b_samples);

#endif
