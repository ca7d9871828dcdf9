/* The one door of the read side: a question in, an answer out.
 *
 * A searcher is a collection: one index file or several as one, opened, checked and immutable. It
 * may be used by any number of threads at once and lives until its last reference is given back.
 * Questions and answers are plain structs that know nothing of files, so that the same door could
 * stand before a cluster. */
#ifndef VERBATIM_SEARCH_SEARCHER_H
#define VERBATIM_SEARCH_SEARCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"
#include "search/explanation.h"
#include "search/facets.h"
#include "search/hit.h"
#include "search/lines.h"
#include "search/spelling_echo.h"
#include "search/timeline.h"
#include "search/why.h"
#include "search/word_echo.h"

struct searcher;
struct correction; /* search/suggest.h */

/* Opens the files as one collection; df and article counts are summed, an id in a later file hides
 * earlier ones. NULL with the cause in the error. One file takes less than 10 ms at any size. */
struct searcher *searcher_open(const char *name, const char *const *paths, size_t count,
                               struct error *error);
struct searcher *searcher_ref(struct searcher *searcher);
void searcher_unref(struct searcher *searcher); /* NULL is allowed */

struct searcher_info {
    const char *name;
    char checksum[17];  /* 16 hexadecimal digits: which bytes answer; zero-terminated */
    uint64_t articles;  /* hidden ones not counted */
    uint64_t words, file_bytes, files;
    bool has_text;      /* bodies are stored: snippets can be made */
};
void searcher_info(const struct searcher *searcher, struct searcher_info *info);
/* Whether a path now names another file than the one that is open. */
bool searcher_replaced(const struct searcher *searcher);
/* Reads every page and compares its checksum; the first damaged place in the error. Any thread. */
enum status searcher_verify(const struct searcher *searcher, struct error *error);

enum question_sort { SORT_SCORE, SORT_NEWEST, SORT_OLDEST };
/* BEST: with the bonuses of rank/mixture.h; BM25: without any. */
enum question_ranking { RANKING_BEST, RANKING_BM25 };
/* AUTO: all words, and any of them where no article has all. */
enum question_op { OP_AUTO, OP_AND, OP_OR };

enum {
    QUESTION_LIMIT_DEFAULT = 10,
    QUESTION_LIMIT_MOST = 1000,      /* hits of one answer */
    QUESTION_WINDOW_MOST = 100000,   /* offset + limit */
    QUESTION_SNIPPETS_DEFAULT = 1, QUESTION_SNIPPETS_MOST = 10,
    QUESTION_ALSO_IN = 10,           /* near-copies of a hit that are named */
    QUESTION_K1_MOST = 100000, QUESTION_B_MOST = 1000, /* thousandths, as these: */
    QUESTION_TITLE_WEIGHT_LEAST = 1000, QUESTION_TITLE_WEIGHT_MOST = 64000,
    QUESTION_BUDGET_DEFAULT_US = 250000, QUESTION_BUDGET_MOST_US = 2000000,
};
#define QUESTION_AS_BUILT UINT32_MAX
struct question {
    struct slice text;      /* borrowed for the call */
    bool phrase, strict;    /* mode=phrase; strict=1 */
    enum question_op op;
    enum question_sort sort;
    uint32_t offset, limit; /* limit 0: the total alone */
    uint32_t snippets;      /* most per hit; 0: none */
    bool explain, kwic;     /* kwic: lines, which offset and limit count, instead of hits */
    enum question_ranking ranking;
    uint32_t k1, b, title_weight; /* in thousandths, up to the QUESTION_…_MOST above; all matches
                                     are scored then. QUESTION_AS_BUILT: the files' own */
    uint32_t facets;        /* a bit of each enum facet_kind that is to be counted */
    enum timeline_unit timeline;
    bool collapse; /* of near-copies the best alone; offset and limit count them as one */
    bool uncounted;         /* the total may stop at what was looked at: TOTAL_GTE then */
    bool as_written;        /* variants=0: no other spelling of a compound than the written one */
    bool corrections;       /* where no article has all words, offer others for the rare ones */
    bool also_written;      /* tell of spellings that were not searched: it takes time */
    bool why;               /* where nothing matches, say why */
    bool bare;              /* of the hits only rank, score, file and article: no stored field */
    struct slice from, to;  /* dates as written; empty: open */
    struct slice source, lang; /* filters; empty: none */
    struct slice group;     /* likewise: an article's id, for it and its near-copies */
    uint64_t budget_us;     /* time for this question; 0: none but budget_blocks */
    uint64_t budget_blocks; /* to be decoded, for equal bytes on any machine; 0: no limit */
};

void question_init(struct question *question); /* the defaults above */

enum total_relation { TOTAL_EQ, TOTAL_GTE };
struct answer {
    struct arena arena;  /* owns all below */
    struct slice text, parsed; /* the question's text as valid UTF-8; what was understood */
    struct slice *repairs;
    size_t repair_count;
    struct word_echo *words; /* every word of the query, in its order, each once */
    size_t word_count;
    struct spelling_echo *spellings; /* of what was searched in more than its written spelling */
    size_t spelling_count;
    struct also_written *also_written; /* asked for: spellings that were not, most articles first */
    size_t also_written_count;   /* at most ALSO_WRITTEN_MOST */
    bool any_words;      /* no article holds all words: those with any were ranked */
    bool own_settings;   /* ranked by settings that the question gives, all matches scored: */
    double k1, b, title_weight; /* of the first file; 0 where not own_settings */
    struct slice partial; /* why the answer is not whole; empty where it is */
    uint64_t total;
    enum total_relation relation;
    struct hit *hits;
    size_t hit_count;
    struct correction *corrections; /* asked for; those that find the most first */
    size_t correction_count;
    struct why *why;     /* where that was asked for and nothing matches; else NULL */
    struct facet *facets; /* those asked for, in the order of their kinds */
    size_t facet_count, line_count;
    struct timeline timeline;
    struct kwic_line *lines; /* where kwic was asked for: has_lines */
    bool has_lines;
    uint64_t occurrences; /* kwic: the sum of all phrase_counts; at least so many if partial */
    size_t strict_at;    /* after strict's STATUS_INVALID: the code point of the query */
    uint64_t took_us;
};

/* STATUS_OK, also where the budget ended (then partial says so). STATUS_INVALID: it cannot be
 * answered, as a bad date. STATUS_LIMIT: over a documented cap. STATUS_CORRUPT: a page fails its
 * checksum: nothing of it was answered from. The answer is to be released whatever comes. */
enum status searcher_ask(const struct searcher *searcher, const struct question *question,
                         struct answer *answer, struct error *error);
void answer_release(struct answer *answer); /* twice is fine */

struct stored_article {
    struct arena arena;  /* owns all below */
    struct hit fields; /* rank, score, snippets and phrase_count are 0; title_highlights as there */
    struct slice body;   /* empty where has_text is false */
    bool has_text, partial; /* partial: the budget ended before every match was marked */
    struct range *highlights; /* in body, of the question; the first at most 10,000 */
    size_t highlight_count;
};

/* The article of this id, whole; marked for a question if given. STATUS_NOT_FOUND: none has it. */
enum status searcher_article(const struct searcher *searcher, struct slice id,
                             const struct question *question, struct stored_article *article,
                             struct error *error);
void stored_article_release(struct stored_article *article);

#endif
