/* From occurrences, read group by group out of the runs, to encoded lists. */
#ifndef VERBATIM_BUILD_GRAM_ENCODE_H
#define VERBATIM_BUILD_GRAM_ENCODE_H

#include "build/gram_gather.h"
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

    struct bytes raw, parts, stretches, articles;
    struct gram_gather gather;
    struct spool *spool; /* owned; NULL until needed */
};

/* Fills out, which is empty, with all lists of a group. */
enum status gram_encode_group(struct gram_encoder *encoder, uint32_t group, struct gram_lists *out);
void gram_encoder_release(struct gram_encoder *encoder); /* twice is fine */
void gram_lists_release(struct gram_lists *lists);

/* Inside: the lists of one first half's grams, which the gather has. */
enum status gram_encode_gathered(struct gram_encoder *encoder, uint32_t first,
                                 struct gram_lists *out);
/* Inside: the list of one gram. */
enum status gram_encode_list(struct gram_encoder *encoder, const uint32_t halves[2],
                             const struct gram_article *articles, uint32_t count,
                             struct gram_lists *out);

/* Inside: what a hit in a range of articles tells. */
static inline uint32_t gram_encode_second(const struct gram_runs *runs, const struct gram_hit *hit)
{
    return hit->key >> runs->doc_bits;
}

static inline uint32_t gram_encode_doc(const struct gram_runs *runs, uint32_t first_doc,
                                       const struct gram_hit *hit)
{
    if (runs->doc_bits == 0)
        return hit->place / 2;
    return first_doc + (hit->key & (((uint32_t)1 << runs->doc_bits) - 1));
}

/* Inside: a group of one first half that has more hits than can be held. */
enum status gram_encode_heavy(struct gram_encoder *encoder, uint32_t group, struct gram_lists *out);

#endif
