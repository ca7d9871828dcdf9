/* Characters that fold together with their neighbours: canonical ordering, case folding, removal of
 * marks and canonical composition (The Unicode Standard 3.11, 3.13), as a stream. Inward.
 *
 * Of a run of more than NORMALIZER_MARKS marks each such part is put in order by itself. A word
 * that this can touch holds more than WORD_MAX_BYTES, so what a folded word folds to stays itself.
 */
#ifndef VERBATIM_TEXT_NORMALIZER_H
#define VERBATIM_TEXT_NORMALIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NORMALIZER_MARKS = 640, NORMALIZER_READY = 2 * NORMALIZER_MARKS + 64 };

struct folded {
    uint32_t
        code; /* 0 and of CLASS_DROPPED: a mark that was removed behind a character gone before */
    bool dropped;
    size_t start, end; /* where it comes from in the text, in bytes */
};

struct normalizer {
    bool loses_marks; /* the last character that was no mark does; set also by who goes around this
                       */

    /* A starter and the marks behind it, decomposed, not yet in order. */
    struct folded parts[NORMALIZER_MARKS + 1];
    uint8_t classes[NORMALIZER_MARKS + 1]; /* combining classes */
    size_t part_count;

    /* The last starter, still open for composition, and the marks that did not compose with it. */
    struct folded base;
    bool has_base;
    bool breve_composes; /* nothing but lower marks came between и and this place */
    uint8_t last_class;  /* of the last of marks */
    struct folded marks[NORMALIZER_MARKS + 1];
    size_t mark_count;

    /* What is done. */
    struct folded ready[NORMALIZER_READY];
    size_t ready_count, ready_at;
};

/* Empty; loses_marks is false. Cheap: the arrays stay as they are. */
void normalizer_begin(struct normalizer *n);

/* Folds the character that stands at [start, end). All that is ready must have been taken before.
 */
void normalizer_push(struct normalizer *n, uint32_t code_point, size_t start, size_t end);

/* Nothing that follows can change what was pushed. */
void normalizer_finish(struct normalizer *n);

/* The next character that is done, in order; false where there is none yet. */
static inline bool normalizer_take(struct normalizer *n, struct folded *out)
{
    if (n->ready_at < n->ready_count) {
        *out = n->ready[n->ready_at++];
        return true;
    }
    n->ready_at = n->ready_count = 0;
    return false;
}

#endif
