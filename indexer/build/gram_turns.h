/* Groups are encoded in any order, and their lists laid down in the groups' own. */
#ifndef VERBATIM_BUILD_GRAM_TURNS_H
#define VERBATIM_BUILD_GRAM_TURNS_H

#include <pthread.h>
#include <stdint.h>

#include "base/status.h"

struct gram_level;
struct gram_lists;
struct gram_rule;
struct grams_writer;

struct gram_turns {
    struct grams_writer *writer;    /* borrowed, as the next three */
    const struct gram_level *below; /* what the groups' grams are made of */
    struct gram_level *above;       /* takes those that longer ones may be made of */
    const struct gram_rule *rule;

    uint32_t group_count, lead; /* so many groups may be ahead of the one whose turn it is */
    pthread_mutex_t lock;       /* for all below */
    pthread_cond_t changed;
    uint32_t next, turn;        /* the group to be encoded, and to be laid down, next */
    struct gram_lists *waiting; /* by group */
    enum status status;         /* sticky */
};

void gram_turns_open(struct gram_turns *turns);
/* The next group to encode, with room for its lists; NULL where there is none or something failed.
 * Any thread. */
struct gram_lists *gram_turns_take(struct gram_turns *turns);
/* Its lists, encoded with this status; taken. */
void gram_turns_give(struct gram_turns *turns, struct gram_lists *lists, enum status status);
void gram_turns_close(struct gram_turns *turns);

#endif
