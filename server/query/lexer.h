/* A query's text as tokens. Nothing is refused here: what a token is good for, the parser decides.
 *
 * The text is valid UTF-8 and borrowed. A bare word ends at white space, at a parenthesis or at a
 * quotation mark. '+', '-' and '=' are tokens only where a word, a quotation or a parenthesis
 * follows at once and white space, an opening parenthesis or nothing stands before. Every call
 * takes time in the order of what it passes over: a whole text is read in linear time, whatever its
 * quotation marks. */
#ifndef VERBATIM_QUERY_LEXER_H
#define VERBATIM_QUERY_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,   /* text: everything between two ends, punctuation too */
    TOKEN_QUOTED, /* text: what is inside */
    TOKEN_OPEN,   /* ( */
    TOKEN_CLOSE,  /* ) */
    TOKEN_FIELD,  /* text: the letters before a colon, known as a field or not */
    TOKEN_MINUS,
    TOKEN_PLUS,
    TOKEN_EQUALS,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_NEAR,   /* NEAR/5 or ADJ/5 */
    TOKEN_SUFFIX, /* ~3, ^2 or *, one or more, at once behind a quotation or a parenthesis */
    TOKEN_STRAY,  /* a closing quotation mark where nothing is open */
};

struct token {
    enum token_kind kind;
    struct slice text;
    size_t start, end; /* bytes in the query's text, marks and colon included */
    bool glued;        /* nothing stands between it and the token before */
    bool unclosed;     /* QUOTED: the text ended first */
};

enum lexer_place { PLACE_FRESH, PLACE_GLUED, PLACE_BOUND, PLACE_FIELD };

struct lexer {
    struct slice text;
    size_t at;
    enum lexer_place place; /* what stands before: white space or '(', a token, '+' '-' '=', a
                               field's colon */
    bool after_group;       /* the token before was a quotation or ')' */
    struct slice field;     /* the name of the last one */
    uint32_t absent; /* a bit for each kind of closing mark that is known not to come any more */
};

/* Before the text's first token. */
void lexer_begin(struct lexer *lexer, struct slice text);
/* The next token; TOKEN_END again and again at the end. A lexer may be copied to look ahead. */
struct token lexer_read(struct lexer *lexer);

#endif
