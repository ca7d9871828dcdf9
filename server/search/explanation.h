/* The parts of a hit's score, as an answer tells them. */
#ifndef VERBATIM_SEARCH_EXPLANATION_H
#define VERBATIM_SEARCH_EXPLANATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct explanation {     /* one part of a score: they add up to it exactly */
    const char *part;    /* "term", "form", "title", "near" or "whole title" (rank/mixture.h) */
    struct slice term;   /* as it is written, folded; of "near" both; of "whole title" empty */
    double idf;          /* by what a share below 1 is multiplied: boost and bonus are in it */
    double tf, title_tf; /* occurrences, those in the title; of "near" pairs in tf */
    double length, average_length; /* in words, of the article; of "title" its title's; else 0 */
    double score;
    uint64_t articles; /* that hold the term; 0 of "near" and "whole title". Of a pattern those by
                        * which it is as rare as it is (search/vocabulary.h) */
    bool has_edits;    /* the term is a word with edits alone, */
    uint32_t edits;    /* and the word that counts is so many away */
};

#endif
