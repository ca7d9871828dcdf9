/* Generated articles, the model of them and a searcher over files built of them. */
#ifndef VERBATIM_TESTS_FIXTURE_H
#define VERBATIM_TESTS_FIXTURE_H

#include "model/asker.h"
#include "model/checker.h"
#include "scratch.h"

enum { FIXTURE_FILES_MOST = 4 };

struct fixture {
    struct arena arena;
    struct generator generator;
    struct model model;
    struct scratch scratch;
    struct searcher *searcher;
};

/* count articles in one file. Any failure ends the program. */
void fixture_open(struct fixture *fixture, uint64_t seed, size_t count);
/* The same in several files, where every fifth article of a later file has an id of an earlier one.
 */
void fixture_open_files(struct fixture *fixture, uint64_t seed, size_t count, size_t files);
/* Likewise with other grams: see gram_bound and gram_least_df in build/builder.h. */
struct fixture_rule {
    uint64_t bound;    /* 1: every pair has a list; 0: as users build */
    uint32_t least_df; /* 1: every longer run has one where its parts have; likewise */
};
void fixture_open_by_rule(struct fixture *fixture, uint64_t seed, size_t count, size_t files,
                          struct fixture_rule rule);
/* Likewise with articles numbered anew, and else as users build. */
void fixture_open_reordered(struct fixture *fixture, uint64_t seed, size_t count, size_t files);
void fixture_close(struct fixture *fixture);

/* Builds one file of articles. */
void fixture_build(const char *path, const struct generated *const *articles, size_t count);
void fixture_question(struct question *question, const struct bytes *text);

#endif
