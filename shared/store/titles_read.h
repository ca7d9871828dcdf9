/* Whole titles in: from the words of one to the articles that have it. Any thread.
 *
 * A word stands in a title as the least term of its class in the file's default language, or as its
 * own term where it has none: so "ports of call" and "the Port of Calls" without its article are
 * one title, and whoever looks for titles needs no stemmer. An article whose title ends with
 * something in brackets is found by what stands before them, too. */
#ifndef VERBATIM_STORE_TITLES_READ_H
#define VERBATIM_STORE_TITLES_READ_H

#include "base/slice.h"
#include "store/snapshot.h"

enum {
    TITLE_WORD_BYTES = 4,     /* a word of a title, in what is hashed */
    TITLES_FOOTER_BYTES = 16, /* the code of the language, zeros behind */
};

struct titles { /* no memory of its own; valid as long as its snapshot */
    const struct snapshot *snapshot;
    bool present; /* the file has the chunk; else nothing is found */
    uint64_t count;
    bool has_language;                  /* words stand for their classes' in this one: */
    char language[TITLES_FOOTER_BYTES]; /* its code; the file has classes of it */
};

/* A file without the chunk opens too. */
enum status titles_open(struct titles *titles, const struct snapshot *snapshot);

/* What stands in a title for the term of a number. */
enum status titles_word(const struct titles *titles, uint32_t term, uint32_t *word);
/* The hash of a title's words, or of a run of a text's: each as titles_word gives it, in
 * TITLE_WORD_BYTES, the lowest first. */
uint64_t title_hash(struct slice words);

/* Entry `at`, less than the count, in the order of hashes, then of articles. */
enum status titles_entry(const struct titles *titles, uint64_t at, uint64_t *hash, uint32_t *doc);

/* The articles of one hash, ascending. That their titles are those words is as sure as a hash of 64
 * bits is. */
struct title_docs { /* one thread; no memory of its own */
    const struct titles *titles;
    uint64_t hash, at;
    enum status status; /* sticky */
};

struct title_docs titles_find(const struct titles *titles, uint64_t hash);
/* False at the end or with a bad status. */
bool title_docs_next(struct title_docs *docs, uint32_t *doc);

struct class_language;
/* For who has classes and no titles yet: titles_word by a language, NULL where there is none. */
enum status title_word_in(const struct class_language *language, uint32_t term, uint32_t *word);

#endif
