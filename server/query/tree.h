/* A query as a tree. Built by the parser in the arena of a request; immutable afterwards. */
#ifndef VERBATIM_QUERY_TREE_H
#define VERBATIM_QUERY_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum query_kind {
    QUERY_NOTHING, /* an empty query: no article */
    QUERY_ALL, /* every article, adding nothing to a score: the left side of a lone -word, a lone *,
                * and the OR beside a required word: +a OR b is AND(a, OR(b, ALL)) */
    QUERY_PHRASE,      /* words side by side, one or more; a bare word is a phrase of one */
    QUERY_AND,         /* all children */
    QUERY_OR,          /* any child */
    QUERY_NOT,         /* the first child without the second */
    QUERY_FIELD_VALUE, /* an article whose column `field` holds the folded value, or its words as a
                          phrase; source:bbc* has an empty value: its words alone, of their kinds */
    QUERY_DATE,        /* an article whose date's span meets [first, last] */
    QUERY_ID,          /* the article of this id; with `copies` its near-copies too */
    QUERY_NEAR,        /* the two children, at most `distance` positions from the end of one to the
                          start of the other; `ordered`: the first child first. Children are PHRASE
                          nodes of one field, or ORs of such: with words of any kind and slop, but
                          neither boost nor required */
    QUERY_SPELLINGS,   /* any child, as one thing to be found: a PHRASE as it is written first, then
                          other spellings of it, or else SEQUENCEs of such. The parser makes none */
    QUERY_SEQUENCE,    /* all children side by side, in this order: PHRASEs and SPELLINGS. The
                          parser makes none */
    QUERY_CHARACTERS,  /* exact:"…": the one child, a quoted PHRASE of words that are themselves,
                          where the stored text has these very characters (`value`); a boost is the
                          child's */
};

/* What a place in a phrase may be. */
enum query_word_kind {
    WORD_ITSELF,
    WORD_ANY,      /* any one word; its text is empty. Also first or last; never alone */
    WORD_PREFIX,   /* every word that begins so, this one too */
    WORD_WILDCARD, /* every word of this pattern: '?' is one character of it, '*' any number, none
                      too; less than WORD_MAX_BYTES bytes, never two '*' side by side, and always
                      something else as well */
    WORD_EDITS,    /* every word at most `edits` edits away, this one too */
};

enum { QUERY_GAP_MOST = 1000, QUERY_EDITS_MOST = 2 };

/* A span without a first or a last end; what has no date lies in neither. */
#define DATE_OPEN_FIRST ((uint64_t)0)
#define DATE_OPEN_LAST (UINT64_MAX - 1)

enum query_field {
    FIELD_ANY,
    FIELD_TITLE,
    FIELD_SOURCE,
    FIELD_AUTHOR,
    FIELD_TAG,
    FIELD_LANG,
    FIELD_ID, /* of no node, as the next: what asks for them is of a kind of its own */
    FIELD_DATE,
};

struct query_word {
    struct slice text; /* folded, in the request's arena; of a WILDCARD with its '?' and '*' */
    enum query_word_kind kind;
    uint8_t joint;        /* enum word_joint: how it hangs together with the word before it */
    bool glued;           /* at once behind the word before it, whatever the slop of the phrase */
    uint32_t edits;       /* EDITS: 1 … QUERY_EDITS_MOST; a neighbouring pair swapped is one */
    bool inflected;       /* ITSELF: it stands for its inflections too; set by who asks, as: */
    const char *language; /* whose they are, by its code; NULL: those of each file's own language */
    size_t start, end;    /* where it stands in the query's text, in bytes; of a value's words, the
                             whole value */
};

struct query_node {
    enum query_kind kind;
    enum query_field field; /* PHRASE: ANY or TITLE; FIELD_VALUE: which */
    bool quoted;   /* PHRASE: in quotes, or more than one word: each word matches only itself */
    bool exact;    /* PHRASE: =word, itself alone, no inflections */
    bool required; /* +word, or a + before any other node: asked for by name, never left out */
    struct query_word *words; /* PHRASE, and FIELD_VALUE for the value's words; may be none there */
    size_t word_count;
    uint32_t slop;      /* PHRASE: so many other words in between, all gaps together, in this order;
                           0 … QUERY_GAP_MOST */
    uint32_t distance;  /* NEAR: 1 … QUERY_GAP_MOST; NEAR/1 of two words: side by side */
    bool ordered;       /* NEAR: written ADJ */
    double boost;       /* PHRASE and NEAR: word^2; what it adds to a score is multiplied by it;
                           0: not written, which is 1; else 0.001 … 1000 */
    struct slice value; /* FIELD_VALUE: the folded whole value; ID: the id as written; CHARACTERS:
                           as written */
    uint64_t first, last; /* DATE: packed dates as date_span makes them, or DATE_OPEN_… */
    struct query_node **children;
    size_t child_count;
    bool cut;    /* SPELLINGS: there are more than the children */
    bool copies; /* ID: and all its near-copies */
};

#endif
