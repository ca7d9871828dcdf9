/* From occurrences, read group by group out of the runs, to encoded lists. */
#ifndef VERBATIM_BUILD_GRAM_ENCODE_H
#define VERBATIM_BUILD_GRAM_ENCODE_H

#include "build/gram_runs.h"
#include "build/gram_words.h"
#include "store/container_write.h"
#include "store/gram_list_write.h"

struct gram_lists { /* of one group, in the order of the grams; release when done */
    uint32_t group;
    struct bytes made;  /* struct gram_made */
    struct bytes lists; /* one behind the other */
    struct gram_lists *next;
};

struct gram_made {
    uint32_t first, second; /* numbers of the grams one word shorter */
    struct gram gram;
};

struct gram_encoder { /* one thread's; reusable; zeroed, then the borrowed ones set */
    struct container_writer *container; /* for a spool */
    const struct gram_runs *runs;
    const struct gram_level *below;
    const struct gram_words *words; /* where below is words: for the leaders; else NULL */
    const struct impact_model *model;
    const uint8_t *norms;
    uint64_t hits_most; /* to be held at once */

    struct bytes raw, parts, hits, spare, articles;
    struct spool *spool; /* owned; NULL until needed */
};

/* Fills out, which is empty, with all lists of a group. */
enum status gram_encode_group(struct gram_encoder *encoder, uint32_t group, struct gram_lists *out);
void gram_encoder_release(struct gram_encoder *encoder); /* twice is fine */
void gram_lists_release(struct gram_lists *lists);

/* Inside: the lists of hits of one first half, sorted by the second. */
enum status gram_encode_sorted(struct gram_encoder *encoder, uint32_t first,
                               const struct gram_hit *hits, size_t count, struct gram_lists *out);
/* Inside: the articles of one gram, whose hits are added in one call or several. */
void gram_encode_add(struct gram_encoder *encoder, const struct gram_hit *hits, size_t count);
enum status gram_encode_end(struct gram_encoder *encoder, uint32_t first, uint32_t second,
                            struct gram_lists *out);
/* Inside: a group of one first half that has more hits than can be held. */
enum status gram_encode_heavy(struct gram_encoder *encoder, uint32_t group, struct gram_lists *out);

#endif
