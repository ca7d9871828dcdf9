/* The articles that hold any word of a class, in title or body or in the title alone: a word and
 * its inflections. A leaf: its counts are the sums of the words', its occurrences those of all of
 * them. It knows the word that was asked for, so that who ranks can tell how often that stands in
 * an article.
 *
 * A class that has a list of its own in the file is read from that. Of one that has none the list
 * of its most frequent word is read, and the lists of the others, of few articles together by the
 * rule of classes (store/class_rule.h), are laid together in memory. */
#ifndef VERBATIM_MATCH_CLASS_H
#define VERBATIM_MATCH_CLASS_H

#include "match/leaf.h"
#include "match/source.h"
#include "store/classes_read.h"
#include "store/lexicon_read.h"

struct match_cursor;

/* Articles that hold any of some words, ascending, and how often. */
struct class_rest {
    const uint32_t *docs, *tfs;  /* tfs: the sums of the words' */
    const uint32_t *title_tfs;   /* of them in the title; NULL: none of any */
    uint32_t count, title_count; /* title_count: articles with any in the title */
};

struct class_words {     /* of one file; one thread */
    struct arena *arena; /* of what is read; it lives as long as this does */
    const struct lexicon *lexicon;
    const struct term *exact; /* the word that was asked for; NULL: the file has not that one */
    struct word_class class;
    const struct term **terms; /* of all its words, by number; NULL: not read yet */
    const struct term *most;   /* where it has no list: whose list is read; NULL: no one's */
    struct class_rest rest;    /* where it has no list: of all words but `most` */
    bool laid;                 /* most and rest are made */
};

/* For a class and the one of its words that was asked for, or NULL; all borrowed. Nothing is read
 * yet. */
void class_words_init(struct class_words *words, struct arena *arena, const struct lexicon *lexicon,
                      const struct term *exact, const struct word_class *class);
/* A class of one word alone, for what was asked for by another, which the file has not; terms: that
 * word, borrowed. */
void class_words_of_one(struct class_words *words, struct arena *arena,
                        const struct lexicon *lexicon, const struct term **terms);
/* Fills terms, once. False with the budget's status bad. */
bool class_words_read(struct class_words *words, const struct match_source *source);

/* words is borrowed, and read on when that is needed. */
struct match_leaf *match_class(const struct match_source *source, struct class_words *words,
                               bool titles, uint32_t number);

/* What a class is ranked by. An article's tf is that of `all` where that has it, and that of `rest`
 * where that has it, together; title_tf likewise. */
struct class_lists {
    struct match_cursor *all;    /* NULL: the rest is all there is */
    struct match_cursor *titles; /* NULL: none of `all` stands in a title */
    struct class_rest rest;      /* count 0: `all` is all there is */
};

/* Of a matcher that is a class over title and body, not yet begun; its lists are to be moved by the
 * caller alone. False where it is another kind, or with the budget's status bad. */
bool match_class_lists(struct matcher *matcher, struct class_lists *lists);
/* The words of a leaf that is a class; NULL where it is another kind. */
struct class_words *match_class_words(const struct match_leaf *leaf);
/* How often the very word that was asked for stands in the leaf's current article, and how often of
 * that in its title: 0 where it does not. False with the budget's status bad. */
bool match_class_exact(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf);

/* The occurrences in an article of a class over title and body that has not the very word that was
 * asked for: those of the others. The leaf itself does not move, nor need it stand anywhere.
 * Articles ascend from call to call. False with the budget's status bad. */
bool match_class_others(struct match_leaf *leaf, uint32_t doc, struct bytes *out);
/* From here on articles ascend anew. The budget's status is good. */
void match_class_others_again(struct match_leaf *leaf);

/* The list of a matcher that is a class over title and body and has all in one list: as
 * match_term_cursor and match_term_titles (match/term.h). NULL where it is another kind. */
struct match_cursor *match_class_cursor(struct matcher *matcher);
struct match_cursor *match_class_titles(struct matcher *matcher);

#endif
