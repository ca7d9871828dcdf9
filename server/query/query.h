/* What is asked, as it is typed: any string is a query. docs/query-language.md tells the language.
 *
 * Lenient, the parser never fails: unclosed quotes close at the end, stray operators are words, and
 * what was mended is listed. Strict, the first thing that would have been mended is an error at its
 * place. Caps, over which both refuse with STATUS_LIMIT: QUERY_MAX_BYTES, QUERY_MAX_WORDS,
 * QUERY_MAX_DEPTH. */
#ifndef VERBATIM_QUERY_QUERY_H
#define VERBATIM_QUERY_QUERY_H

#include "base/arena.h"
#include "base/error.h"
#include "query/tree.h"
#include "text/analyzer.h"

enum { QUERY_MAX_BYTES = 65536, QUERY_MAX_WORDS = 1024, QUERY_MAX_DEPTH = 64 };

struct query_options {
    bool phrase; /* mode=phrase: the whole input is one literal phrase */
    bool strict; /* strict=1 */
    bool any;    /* op=or: words side by side are an OR; source:, date: and the like still have to
                    hold */
};

struct query {
    struct slice text;       /* the input, made valid UTF-8 */
    struct query_node *root; /* never NULL after STATUS_OK */
    struct slice *repairs;   /* sentences, such as: a quotation is not closed; closed it at the end.
                              * At most 21, each once; the last says so where there were more */
    size_t repair_count;
    size_t error_at; /* after strict's STATUS_INVALID: the code point, 0 the first */
};

/* Everything in the query lives in the arena. The analyzer is borrowed for the call. */
enum status query_parse(struct slice text, const struct query_options *options,
                        struct analyzer *analyzer, struct arena *arena, struct query *query,
                        struct error *error);

/* The query written out in one canonical form: the answer's query.parsed, and part of the ETag.
 * Parsed again, with op=or or without, it gives an equal tree; nothing is written for
 * QUERY_NOTHING. Words are folded; AND and OR are written out where they bind. Empty also where
 * memory ends. */
struct slice query_write(const struct query *query, struct arena *arena);

#endif
