#include "build/gram_turns.h"

#include <string.h>

#include "base/memory.h"
#include "build/gram_encode.h"
#include "store/grams_write.h"

void gram_turns_open(struct gram_turns *turns)
{
    pthread_mutex_init(&turns->lock, NULL);
    pthread_cond_init(&turns->changed, NULL);
}

static void fail(struct gram_turns *turns, enum status status)
{
    if (turns->status == STATUS_OK)
        turns->status = status;
}

struct gram_lists *gram_turns_take(struct gram_turns *turns)
{
    struct gram_lists *lists = NULL;
    pthread_mutex_lock(&turns->lock);
    while (turns->status == STATUS_OK && turns->next < turns->group_count &&
           turns->next - turns->turn > turns->lead)
        pthread_cond_wait(&turns->changed, &turns->lock);
    if (turns->status == STATUS_OK && turns->next < turns->group_count) {
        lists = memory_allocate_zeroed(1, sizeof *lists);
        if (lists)
            lists->group = turns->next++;
        else
            fail(turns, STATUS_NO_MEMORY);
    }
    pthread_mutex_unlock(&turns->lock);
    return lists;
}

/* --- Laying down, under the lock ---------------------------------------------------------------*/

static void lay_gram(struct gram_turns *turns, const struct gram_made *made, struct slice lists)
{
    const struct gram_level *below = turns->below;
    struct gram_level *above = turns->above;
    uint32_t terms[GRAM_WORDS_MOST], length = below->length + 1;
    memcpy(terms, gram_level_terms(below, made->first), below->length * sizeof *terms);
    terms[length - 1] = gram_level_terms(below, made->second)[below->length - 1];
    grams_writer_add(turns->writer, terms, length, &made->gram, lists);
    if (made->gram.all.df >= turns->rule->least_df)
        gram_level_add(above, terms, made->gram.all.cf, made->first, made->second);
}

static void lay_down(struct gram_turns *turns, const struct gram_lists *lists)
{
    const struct gram_made *made = (const struct gram_made *)(const void *)lists->made.data;
    struct slice rest = bytes_slice(&lists->lists);
    for (size_t i = 0; i < lists->made.size / sizeof *made; i++) {
        const struct gram *gram = &made[i].gram;
        size_t size = (size_t)(gram->all.postings_bytes + gram->titles.postings_bytes);
        lay_gram(turns, &made[i], slice_of(rest.data, size));
        if (size)
            rest = slice_from(rest, size);
    }
}

static void free_lists(struct gram_lists *lists)
{
    gram_lists_release(lists);
    memory_free(lists);
}

static void enlist(struct gram_turns *turns, struct gram_lists *lists)
{
    struct gram_lists **at = &turns->waiting;
    while (*at && (*at)->group < lists->group)
        at = &(*at)->next;
    lists->next = *at;
    *at = lists;
}

void gram_turns_give(struct gram_turns *turns, struct gram_lists *lists, enum status status)
{
    pthread_mutex_lock(&turns->lock);
    if (status != STATUS_OK)
        fail(turns, status);
    enlist(turns, lists);
    while (turns->waiting && turns->waiting->group == turns->turn) {
        struct gram_lists *first = turns->waiting;
        turns->waiting = first->next;
        if (turns->status == STATUS_OK)
            lay_down(turns, first);
        free_lists(first);
        turns->turn++;
    }
    pthread_cond_broadcast(&turns->changed);
    pthread_mutex_unlock(&turns->lock);
}

void gram_turns_close(struct gram_turns *turns)
{
    while (turns->waiting) {
        struct gram_lists *first = turns->waiting;
        turns->waiting = first->next;
        free_lists(first);
    }
    pthread_cond_destroy(&turns->changed);
    pthread_mutex_destroy(&turns->lock);
}
