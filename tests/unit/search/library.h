/* A few articles written for one test, built and opened. */
#ifndef VERBATIM_TESTS_LIBRARY_H
#define VERBATIM_TESTS_LIBRARY_H

#include "scratch.h"
#include "search/searcher.h"
#include "text/article.h"

struct library {
    struct scratch scratch;
    struct searcher *searcher;
    struct answer answer; /* of the last question */
    struct error error;
};

enum { LIBRARY_FILES_MOST = 4 };

void library_open(struct library *library);
/* Builds a file of this name; then library_search opens those named. */
void library_build(struct library *library, const char *name, const struct article *articles,
                   size_t count, bool no_text);
void library_search(struct library *library, const char *const *names, size_t count);
void library_close(struct library *library);

/* Asks; the answer before it is released. */
enum status library_ask(struct library *library, const struct question *question);
/* With all defaults but no time limit. */
void library_ask_text(struct library *library, const char *text);
void library_question(struct question *question, const char *text);

/* Whether the hits are these ids, in this order, separated by spaces. */
bool library_hits(const struct library *library, const char *ids);
/* The snippet with its marks in square brackets, good until the next call. */
const char *library_marked(struct slice text, const struct range *ranges, size_t count);

#endif
