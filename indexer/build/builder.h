/* The one door of the write side: articles in, one index file out.
 *
 * The file depends on the articles, their order and the options marked "in the file" alone: not on
 * the threads, the memory, the folder or the clock. An id met twice: the later article wins and
 * takes the earlier one's place. Until builder_commit returns, the target stays as it was. One
 * thread calls. */
#ifndef VERBATIM_BUILD_BUILDER_H
#define VERBATIM_BUILD_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "text/article.h"

enum {
    BUILDER_MEMORY_LEAST = 64 << 20,
    BUILDER_MEMORY_DEFAULT = 256 << 20,
    BUILDER_THREADS_MOST = 256,
};
#define BUILDER_MEMORY_MOST ((size_t)1 << 40)
#define BUILDER_GRAM_BOUND_MOST ((uint64_t)1 << 31)

struct builder_options {
    size_t memory_bytes; /* the budget; 0 is BUILDER_MEMORY_DEFAULT; outside BUILDER_MEMORY_LEAST …
                            BUILDER_MEMORY_MOST is refused */
    size_t threads;      /* 0 is as many as there are processors */
    bool no_text;        /* in the file: store no bodies */
    bool forget_bodies;  /* with no_text and no_groups, else not: keep no body aside either. Ids
                            that meet twice then make the build fail, see builder_totals: it is to
                            be made again without */
    bool no_grams;       /* in the file: no lists of runs of words; smaller, and slower to search */
    bool reorder;        /* in the file: articles that are like each other stand together */
    bool no_classes;     /* in the file: no classes of words of one stem */
    bool no_compounds;   /* in the file: nothing of spellings such as e-mail and email */
    bool no_titles;      /* in the file: no table of whole titles */
    bool no_completions;  /* in the file: nothing of what is suggested while somebody types */
    bool no_groups;       /* in the file: nothing of near-copies */
    uint64_t gram_bound;  /* in the file: what finding a pair by its words may cost before it gets a
                             list, in nanoseconds; at most BUILDER_GRAM_BOUND_MOST, and 0 is
                             GRAM_BOUND */
    uint64_t class_bound; /* in the file: what laying the lists of a class of words together may
                             cost, likewise; 0 is CLASS_BOUND */
    uint32_t gram_least_df; /* in the file: articles of the grams that a longer one is made of; 0 is
                               GRAM_LEAST_DF */
    size_t gram_text_bytes; /* the most that a text of all articles may take while pairs are made,
                               which else are made range by range; 0 is a share of the memory */
    double k1, b;           /* in the file: BM25; builder_options_init sets 1.2 and 0.6 */
    double title_weight;    /* in the file: 1 … 64; set to 3 */
    const char *lang;       /* in the file: the default language of queries, "en"; borrowed */
};

/* The defaults above, all else zeros. */
void builder_options_init(struct builder_options *options);
/* STATUS_INVALID with the cause where one is out of its range; builder_open asks it too. */
enum status builder_options_check(const struct builder_options *options, struct error *error);

struct builder_totals {
    uint64_t articles;   /* in the file */
    uint64_t replaced;   /* by a later article of the same id */
    uint64_t words;      /* in titles and bodies, replaced articles not counted */
    uint64_t text_bytes; /* of titles and bodies taken so far */
    uint64_t file_bytes; /* after builder_commit */
    bool bodies_missed;  /* builder_commit failed since it had to forget bodies, and why alone */
};

struct builder; /* owned */

/* Locks the target and makes the temporary files beside it. NULL with the cause in the error; so
 * also where a file stands at the path that is neither empty nor begins as an index does. */
struct builder *builder_open(const char *path, const struct builder_options *options,
                             struct error *error);

/* Takes a copy of the article. STATUS_INVALID with the cause, and the article left out, where it
 * has no id or one that is too long, or is over a limit of the file; every other bad status is
 * sticky. */
enum status builder_add(struct builder *builder, const struct article *article,
                        struct error *error);

/* The budget, as memory_bytes tells it. */
static inline size_t builder_memory(const struct builder_options *options)
{
    return options->memory_bytes ? options->memory_bytes : BUILDER_MEMORY_DEFAULT;
}

/* The most bytes of text that one article may have under this budget: an eighth of it. */
size_t builder_max_article_bytes(const struct builder_options *options);

/* Before the commit: articles and text_bytes of what was added so far, those that may be replaced
 * among them; the rest is 0. */
void builder_totals(const struct builder *builder, struct builder_totals *totals);

/* Builds the file and puts it in the target's place; the builder is gone whatever this returns.
 * progress, which may be NULL, is told now and then how much of the rest is done, 0 … 1. */
enum status builder_commit(struct builder *builder, struct builder_totals *totals,
                           void (*progress)(void *context, double done), void *context,
                           struct error *error);
void builder_abandon(struct builder *builder); /* NULL is allowed */

#endif
